import type { IExecuteFunctions } from 'n8n-workflow';
import { showHint } from '../../shared/errors';
import type { RunState } from './state';

const nobody = 'Nobody was called';

/** What all rows of a run have in common if none of them was called, and for the same reason. Undefined otherwise. */
function commonReason({ uncalled }: Pick<RunState, 'uncalled'>, count: number): string | undefined {
	const [one, ...others] = uncalled.values();
	if (one === undefined || uncalled.size < count) return undefined;
	if (others.some(({ reason }) => reason !== one.reason)) return undefined;
	if (count === 1) return one.message.includes(nobody) ? one.message : `${nobody}. ${one.message}`;
	return `None of the ${count} rows was called, all for the same reason. The first one says: ${one.message}`;
}

/**
 * Says above the output that no row was called, where all have the same reason: then it is the setup, and not a contact.
 */
export function hintIfNobodyWasCalled(
	functions: IExecuteFunctions,
	state: Pick<RunState, 'uncalled'>,
	count: number,
): void {
	const message = commonReason(state, count);
	if (message !== undefined) showHint(functions, message);
}
