import { calledBy, subscribersOf } from '../../../livekit/callees/called';
import { isAllowed, readPrefixes } from '../../../livekit/callees/destinations';
import { type Forbidden, readDoNotCall } from '../../../livekit/callees/doNotCall';
import { isEmergency } from '../../../livekit/callees/emergency';
import type { Fault } from '../../../livekit/json';
import type { LabelFault } from '../../shared/labels';
import { isNothing } from '../../shared/nothingFound';
import { type RowResult, inputFailure } from '../rows/failure';
import { byFailureRate } from './byFailureRate';
import type { Call } from './call';
import { byTries } from './callAgain';
import { byHours } from './callingHours';
import type { Claim } from './claims';
import { type Verdict, skipped } from './item';
import type { Plan } from './plan';
import { type RunState, countedCalls, countedFailures } from './state';
import type { NumberRules } from './settings';

/** A call or a transfer, as far as the rules about numbers look at it. */
export interface Ruled extends Pick<Call, 'row' | 'doNotCall'> {
	readonly plan: Pick<Plan, 'body'>;
	readonly settings: NumberRules;
	readonly state: Pick<RunState, 'doNotCall'>;
	/** The numbers of its do-not-call list, once they were read. */
	readonly forbidden?: Forbidden;
}

type Finding = Verdict | Fault | LabelFault;

type Check<On = Call> = (call: On) => Finding | undefined;

function isFault(found: Finding): found is Fault | LabelFault {
	return !('outcome' in found);
}

/** An address that cannot be read could be anybody's. It is not called while a rule looks at numbers. */
const byAddress: Check<Ruled> = ({ plan, settings, doNotCall }) =>
	settings.allowEmergency && settings.allowedDestinations === undefined && !doNotCall
		? undefined
		: calledBy(plan.body).faults[0];

const byEmergency: Check<Ruled> = ({ plan, settings }) => {
	const found = settings.allowEmergency
		? undefined
		: calledBy(plan.body).numbers.find(({ number }) => isEmergency(number, settings));
	return (
		found &&
		skipped(
			'emergency_number',
			`${found.name} is an emergency number. Nobody was called. Turn on Unlock Emergency Numbers under Who May Be Called if you mean it`,
		)
	);
};

const byDestination: Check<Ruled> = ({ plan, settings }) => {
	if (settings.allowedDestinations === undefined) return undefined;
	const prefixes = readPrefixes(settings.allowedDestinations, settings.internalExtensions);
	if ('fault' in prefixes) return { label: 'Allowed Destinations', message: prefixes.fault };
	const found = calledBy(plan.body).numbers.find(
		({ number }) => !isAllowed(number, prefixes.value),
	);
	return (
		found &&
		skipped(
			'destination_not_allowed',
			`${found.name} is not among the Allowed Destinations. Nobody was called`,
		)
	);
};

/** The numbers of a row's do-not-call list, undefined if it has none. A long list is read in steps. */
async function forbiddenTo({
	row,
	settings,
	state,
	doNotCall,
}: Ruled): Promise<RowResult<Forbidden | undefined>> {
	if (!doNotCall) return { value: undefined };
	// These decide how the numbers are read.
	const { defaultCountry, allowUserNames, allowUnusual, internalExtensions } = settings;
	const key = JSON.stringify([defaultCountry, allowUserNames, allowUnusual, internalExtensions]);
	const known = doNotCall.byRow ? undefined : state.doNotCall.get(key);
	if (known) return { value: known };
	const given = doNotCall.read();
	// Only a list says by being empty that nobody has opted out.
	const list = !Array.isArray(given) && isNothing(given) ? undefined : given;
	const steps = readDoNotCall(list, settings);
	let step = steps.next();
	for (; !step.done; step = steps.next()) await row.shared.eventLoop.giveWay();
	if ('fault' in step.value)
		return inputFailure(row, [{ label: 'Do Not Call', message: step.value.fault }]);
	if (!doNotCall.byRow) state.doNotCall.set(key, step.value.value);
	return step.value;
}

const byDoNotCall: Check<Ruled> = ({ plan, settings, forbidden }) => {
	const found =
		forbidden &&
		calledBy(plan.body).numbers.find(({ number }) =>
			subscribersOf(number, settings).some((subscriber) => forbidden.find({ number: subscriber })),
		);
	return (
		found && skipped('do_not_call', `${found.name} is on the do-not-call list. Nobody was called`)
	);
};

/** What a row claims by its call. */
function claimOf({ row, plan, settings }: Call): Claim {
	const called = calledBy(plan.body).numbers;
	const numbers = called.flatMap(({ number }) => subscribersOf(number, settings));
	return { row: row.itemIndex, keys: plan.keys, numbers: [...new Set(numbers)] };
}

const byDuplicate: Check = (call) => {
	if (call.settings.allowDuplicates) return undefined;
	const claim = claimOf(call);
	for (const number of claim.numbers) {
		const earlier = call.state.claims.other(number, claim);
		if (earlier)
			return skipped(
				'duplicate',
				`Row ${earlier.row + 1} of this run calls the same number${number === call.plan.body.sip_call_to ? '' : `, ${number}`}. Turn on Unlock Repeated Numbers to call it again`,
			);
	}
	return undefined;
};

const byRoom: Check = ({ row, plan, settings, state }) => {
	const earlier = state.rooms.get(String(plan.body.room_name));
	if (settings.sameRoom || earlier === undefined || earlier === row.itemIndex) return undefined;
	return skipped(
		'shared_room',
		`Row ${earlier + 1} of this run calls into the same room, where the two callees would hear each other. Leave Room under Options empty, or turn on Same Room`,
	);
};

const byLimit: Check = ({ row, settings }) => {
	const calls = countedCalls(row.shared.context());
	if (settings.maxCalls === null || calls < settings.maxCalls) return undefined;
	return skipped(
		'call_limit',
		`This execution has made its ${settings.maxCalls} calls (Maximum Calls per Execution)`,
		{ retryable: true },
	);
};

const byCircuit: Check = ({ row, settings }) => {
	const failures = countedFailures(row.shared.context());
	if (settings.circuitBreaker === 0 || failures < settings.circuitBreaker) return undefined;
	return skipped(
		'circuit_open',
		`${failures} calls in a row failed at the carrier or LiveKit. The remaining rows were not called`,
		{ retryable: true },
	);
};

const addressChecks: ReadonlyArray<Check<Ruled>> = [byAddress, byEmergency, byDestination];
const checks: readonly Check[] = [
	byTries,
	byRoom,
	byDuplicate,
	byHours,
	byLimit,
	byCircuit,
	byFailureRate,
];
// What other rows may have changed while this one waited for its turn.
const lateChecks: readonly Check[] = [byHours, byLimit, byCircuit, byFailureRate];

function first<On extends Ruled>(
	call: On,
	among: ReadonlyArray<Check<On>>,
): RowResult<Verdict | undefined> {
	for (const check of among) {
		const found = check(call);
		if (found) return isFault(found) ? inputFailure(call.row, [found]) : { value: found };
	}
	return { value: undefined };
}

/** The first rule that excludes a number which a request calls, or undefined. Place and Transfer both ask it. */
export async function refusedNumber(call: Ruled): Promise<RowResult<Verdict | undefined>> {
	const early = first(call, addressChecks);
	if ('failure' in early || early.value) return early;
	const forbidden = await forbiddenTo(call);
	if ('failure' in forbidden) return forbidden;
	return first({ ...call, forbidden: forbidden.value }, [byDoNotCall]);
}

/**
 * The first reason why a row is not to be called, or undefined. A row that may be called is noted as the one that calls
 * its number and room.
 */
export async function refusedBefore(call: Call): Promise<RowResult<Verdict | undefined>> {
	if (call.plan.verdict) return { value: call.plan.verdict };
	const early = await refusedNumber(call);
	if ('failure' in early || early.value) return early;
	// Nothing is awaited from here to the note: of two tries of Retry On Fail only one may find the number free.
	const found = first(call, checks);
	if ('failure' in found || found.value) return found;
	const { row, plan, state } = call;
	state.claims.add(claimOf(call));
	state.rooms.set(String(plan.body.room_name), row.itemIndex);
	return found;
}

/** Frees number and room of a row that was not called after all. */
export function forgetCall({ row, plan, state }: Call): void {
	state.claims.free(row.itemIndex);
	const room = String(plan.body.room_name);
	if (state.rooms.get(room) === row.itemIndex) state.rooms.delete(room);
}

/** The checks that time can change, once more at the moment of the call. */
export function refusedNow(call: Call): RowResult<Verdict | undefined> {
	return first(call, lateChecks);
}
