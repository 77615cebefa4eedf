import { shownBy } from '../../../livekit/callees/callers';
import { isSameNumber } from '../../../livekit/callees/stored';
import { storedObjects } from '../../../livekit/schema/rpc';
import { type RowResult, inputFailure } from '../rows/failure';
import { getStored } from '../request/storedObjects';
import type { Call } from './call';
import { type Verdict, skipped } from './item';

function owns(numbers: unknown, callerId: string): boolean {
	return (
		Array.isArray(numbers) &&
		(numbers.includes('*') || numbers.some((number) => isSameNumber(String(number), callerId)))
	);
}

/**
 * Refuses a call that shows itself as somebody who is not among the numbers of the stored trunk: carriers drop such calls or
 * show them as spam. Besides the numbers the trunk's own user name will do, which some carriers want in the From header.
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
	const { numbers: shown, faults } = shownBy(body);
	if (settings.allowForeignCallerId || id === null) return { value: undefined };
	if (faults.length > 0) return inputFailure(row, faults);
	if (shown.length === 0) return { value: undefined };
	const known = state.trunks.get(id) ?? getStored(row, storedObjects.outboundTrunk, id);
	state.trunks.set(id, known);
	const trunk = await known;
	if ('failure' in trunk) {
		// The next try asks again.
		state.trunks.delete(id);
		return trunk;
	}
	const { numbers, auth_username: userName } = trunk.value;
	const foreign = shown.find(({ number }) => number !== userName && !owns(numbers, number));
	return {
		value:
			foreign &&
			skipped(
				'caller_id_not_owned',
				`${foreign.name} (${foreign.number}) is not among the numbers of the trunk. Nobody was called. Add it to the trunk, or turn on Allow Other Caller IDs`,
			),
	};
}
