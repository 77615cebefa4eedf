import { numberKey } from '../../../livekit/callees/text';
import { storedObjects } from '../../../livekit/schema/rpc';
import type { RowResult } from '../rows/failure';
import { getStored } from '../request/storedObjects';
import type { Call } from './call';
import { type Verdict, skipped } from './item';

function owns(numbers: unknown, callerId: string): boolean {
	if (!Array.isArray(numbers)) return false;
	return (
		numbers.includes('*') ||
		numbers.some((number) => numberKey(String(number)) === numberKey(callerId))
	);
}

/**
 * Refuses a caller ID that is not among the numbers of the stored trunk: carriers drop such calls or show them as spam.
 * The trunk is read once per run. If it cannot be read, the row fails.
 */
export async function foreignCallerId({
	row,
	plan,
	settings,
	state,
}: Call): Promise<RowResult<Verdict | undefined>> {
	const { body, facts } = plan;
	const { sip_trunk_id: id } = facts;
	if (settings.allowForeignCallerId || id === null || facts.caller_number === null)
		return { value: undefined };
	const known = state.trunks.get(id) ?? getStored(row, storedObjects.outboundTrunk, id);
	state.trunks.set(id, known);
	const trunk = await known;
	if ('failure' in trunk) {
		// The next try asks again.
		state.trunks.delete(id);
		return trunk;
	}
	if (owns(trunk.value.numbers, String(body.sip_number))) return { value: undefined };
	return {
		value: skipped(
			'caller_id_not_owned',
			`The caller ID ${facts.caller_number} is not among the numbers of the trunk. Nobody was called. Add it to the trunk, or turn on Allow Other Caller IDs`,
		),
	};
}
