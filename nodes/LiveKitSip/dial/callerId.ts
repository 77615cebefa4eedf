import { shownBy } from '../../../livekit/callees/callers';
import { normalizedNumber } from '../../../livekit/callees/normalized';
import { isSameNumber } from '../../../livekit/callees/stored';
import { isObject } from '../../../livekit/json';
import { plainLine } from '../../../livekit/plain';
import { storedObjects } from '../../../livekit/schema/rpc';
import { type RowResult, inputFailure } from '../rows/failure';
import { storedOnce } from '../request/storedLists';
import type { Call } from './call';
import { type Verdict, skipped } from './item';
import type { Plan } from './plan';

/** A caller ID as the trunk has it, undefined if the trunk does not have it. */
function ownSpelling(numbers: unknown, callerId: string): string | undefined {
	const own = Array.isArray(numbers) ? numbers.map(String) : [];
	const spelled = own.find(
		(number) => number === callerId || normalizedNumber(number) === normalizedNumber(callerId),
	);
	if (spelled !== undefined) return own.includes(callerId) ? callerId : spelled;
	const alike = [...new Set(own.filter((number) => isSameNumber(number, callerId)))];
	// Of two that it can mean, none is taken. A trunk with the star may show any number.
	if (alike.length === 1) return alike[0];
	return own.includes('*') ? callerId : undefined;
}

/** The plan with its caller ID as the trunk has it: carriers know a number only in the spelling that they gave out. */
function withOwnSpelling(plan: Plan, numbers: unknown): Plan {
	const callerId = plan.body.sip_number;
	if (typeof callerId !== 'string' || callerId === '') return plan;
	const own = ownSpelling(numbers, callerId) ?? callerId;
	return {
		...plan,
		body: { ...plan.body, sip_number: own },
		facts: { ...plan.facts, caller_number: own },
	};
}

/** The number that the callee saw, as the attributes of the call's participant tell it. Null if they do not. */
export function callerIn(attributes: unknown): string | null {
	const number = isObject(attributes) ? attributes['sip.trunkPhoneNumber'] : undefined;
	return typeof number === 'string' && number !== '' ? plainLine(number) : null;
}

/** A plan that shows a caller ID of the trunk, or why its row is not called. */
export type Shown = { readonly plan: Plan } | { readonly verdict: Verdict };

/**
 * Brings the caller ID to the spelling of the stored trunk, and refuses a call that shows itself as somebody who is not among
 * the numbers of that trunk: carriers drop such calls or show them as spam. Besides the numbers the trunk's own user name will do, which some carriers want in the From header.
 * The trunk is read once per run. If it cannot be read, the row fails.
 */
export async function showOwnNumber({ row, plan, settings }: Call): Promise<RowResult<Shown>> {
	const { body, facts } = plan;
	const { sip_trunk_id: id } = facts;
	const { numbers: shown, faults } = shownBy(body);
	if (settings.allowForeignCallerId || id === null) return { value: { plan } };
	if (faults.length > 0) return inputFailure(row, faults);
	if (shown.length === 0) return { value: { plan } };
	const trunk = await storedOnce(row, storedObjects.outboundTrunk, id);
	if ('failure' in trunk) return trunk;
	const { numbers, auth_username: userName } = trunk.value;
	const foreign = shown.find(
		({ number }) => number !== userName && ownSpelling(numbers, number) === undefined,
	);
	if (!foreign) return { value: { plan: withOwnSpelling(plan, numbers) } };
	const verdict = skipped(
		'caller_id_not_owned',
		`${foreign.name} (${foreign.number}) is not among the numbers of the trunk. Nobody was called. Add it to the trunk, or turn on Unlock Other Caller IDs`,
	);
	return { value: { verdict } };
}
