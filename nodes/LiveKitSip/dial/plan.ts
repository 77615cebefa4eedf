import { readCountry } from '../../../livekit/callees/countries';
import { readNumber } from '../../../livekit/callees/number';
import type { Refusal } from '../../../livekit/callees/reading';
import { unwrapFlat } from '../../../livekit/codec/unwrap';
import { contactAttributes } from '../../../livekit/events/contact';
import { type JsonObject, isJsonObject } from '../../../livekit/json';
import { callRpcs } from '../../../livekit/schema/rpc';
import { type LabelFault, labels, withLabels } from '../../shared/labels';
import { callSeconds, ringingSeconds } from '../fields/callShared';
import { formOrJson, prepare } from '../request/body';
import { type RowResult, inputFailure } from '../rows/failure';
import { type Row, isTool } from '../rows/row';
import { askedToWait, besideJson, given, withNumber } from './asked';
import { clashOf, waitOf } from './clash';
import { objectOf } from './formReader';
import { callOrigin, contactNames, contactTurn, freshRoom } from './identity';
import type { CallFacts, Verdict } from './item';
import { type CallSettings, type WaitFor, differsByRow, readCallSettings } from './settings';

const rpc = callRpcs.place;

/** What a row was given, read before anything is sent. */
export interface CallInput {
	readonly raw: JsonObject;
	readonly settings: CallSettings;
	readonly faults: readonly LabelFault[];
	readonly doNotCall?: DoNotCall;
	/** Whose turn it is among several caller IDs. */
	readonly turn: number;
}

/** The do-not-call list of a row. */
export interface DoNotCall {
	readonly read: () => unknown;
	/** Whether it can differ from row to row. */
	readonly byRow: boolean;
}

/** A row that is ready to be called. */
export interface Plan {
	readonly body: JsonObject;
	readonly facts: CallFacts;
	readonly waitFor: WaitFor;
	/** What follows the number as DTMF, such as an extension; empty if nothing does. */
	readonly keys: string;
	/** What identifies this call, see `requestId`. */
	readonly origin: string;
	/** Set if the row is not to be called, which is data and no failure. */
	readonly verdict?: Verdict;
}

/** Reads all that a row says about its call besides LiveKit's request, see `readCallSettings`. */
export function readCallInput(row: Row, raw: JsonObject): CallInput {
	const { node, read, shared, itemIndex } = row;
	const given = (collection: string) => objectOf(node.parameters[collection]);
	const added = (collection: string) => Object.keys(given(collection));
	const { value: settings, faults } = readCallSettings(read, added, isTool(node));
	return {
		raw,
		settings,
		faults,
		turn: shared.runIndex + itemIndex,
		...readDoNotCallField(row),
	};
}

/** The do-not-call list of a row, if its form has one. */
export function readDoNotCallField({ node, read }: Row): { readonly doNotCall?: DoNotCall } {
	const { doNotCall } = objectOf(node.parameters.guards);
	if (doNotCall === undefined) return {};
	return {
		doNotCall: { read: () => read('guards.doNotCall', ''), byRow: differsByRow(doNotCall) },
	};
}

/** The numbers to show in turn, from a text with commas or a list. */
function callerIds(given: unknown): unknown[] {
	if (Array.isArray(given)) return given;
	if (typeof given !== 'string' || !given.includes(',')) return [given];
	const numbers = given.split(',').map((number) => number.trim());
	return numbers.filter((number) => number !== '');
}

/** The form's values, with the caller ID whose turn it is. */
function formOf(raw: JsonObject, turn: number): JsonObject {
	const numbers = callerIds(raw.sip_number);
	if (numbers.length === 0 || raw.sip_number === undefined) return raw;
	return { ...raw, sip_number: numbers[turn % numbers.length] as string };
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** What was given as a number, as text. */
function shownNumber(value: unknown): string | null {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Puts the extension or other keys of the number before the user's own. */
function withKeys(dtmf: unknown, keys: string | undefined): JsonObject {
	return keys === undefined ? {} : { dtmf: `${keys}${textOrNull(dtmf) ?? ''}` };
}

function notANumber({ reason, fault }: Refusal): Verdict {
	return {
		outcome: 'invalid_number',
		reason: reason === 'missing' ? 'not_a_number' : reason,
		message: `Number to Call ${withLabels(fault)}. Nobody was called`,
	};
}

/** The facts of a row whose input could not be read. */
export function baseFacts({ raw, settings }: CallInput): CallFacts {
	return {
		called_number: shownNumber(raw.sip_call_to),
		caller_number: textOrNull(raw.sip_number),
		room_name: textOrNull(raw.room_name),
		participant_identity: textOrNull(raw.participant_identity),
		sip_trunk_id: textOrNull(raw.sip_trunk_id),
		attempt: settings.attempt,
		contact_key: settings.contactKey || null,
		warnings: [],
	};
}

/** The attributes by which the end of the call finds its contact. What the user gave under these names counts. */
function withContact(attributes: unknown, settings: CallSettings): JsonObject {
	const { contactKey, attempt, markContact } = settings;
	if (contactKey === '' || !markContact) return {};
	const marks = {
		[contactAttributes.key]: contactKey,
		...(attempt === null ? {} : { [contactAttributes.attempt]: String(attempt) }),
	};
	return { participant_attributes: { ...marks, ...(isJsonObject(attributes) ? attributes : {}) } };
}

/** Completes the request with what the user may leave out: room, identity, times, waiting, marks of the contact. */
function completed(
	row: Row,
	body: JsonObject,
	number: string,
	settings: CallSettings,
	waitFor: WaitFor,
): JsonObject {
	const names = settings.contact === '' ? undefined : contactNames(row.home, settings);
	const identity = textOrNull(body.participant_identity) ?? names?.identity;
	return {
		...body,
		sip_call_to: number,
		room_name: textOrNull(body.room_name) ?? names?.room ?? freshRoom(row),
		...(identity === undefined ? {} : { participant_identity: identity }),
		...withContact(body.participant_attributes, settings),
		// Without a ringing timeout the bridge rings for 3 minutes and the server gives up after 80 seconds.
		ringing_timeout: body.ringing_timeout ?? `${ringingSeconds}s`,
		max_call_duration: body.max_call_duration ?? `${callSeconds}s`,
		...(waitFor === 'nothing' ? {} : { wait_until_answered: true }),
	};
}

/** What a completed request says of a call. */
function factsOf(input: CallInput, body: JsonObject, number: string): CallFacts {
	return {
		...baseFacts(input),
		caller_number: textOrNull(body.sip_number),
		room_name: textOrNull(body.room_name),
		participant_identity:
			textOrNull(body.participant_identity) ?? (number === '' ? null : `sip_${number}`),
		sip_trunk_id: textOrNull(body.sip_trunk_id),
	};
}

/** How many caller IDs a row has to choose among. */
export function callerCount({ raw }: CallInput): number {
	return callerIds(raw.sip_number).length;
}

/**
 * Reads whom a row calls, from where and into which room. A number that is none is the row's outcome, not its failure.
 *
 * @param further how many caller IDs to pass over from the one whose turn it is
 */
export function planCall(row: Row, input: CallInput, further = 0): RowResult<Plan> {
	const { raw, settings } = input;
	const turn = settings.contact === '' ? input.turn : contactTurn(settings);
	const read = formOrJson(row, raw, unwrapFlat, formOf(raw, turn + further));
	if ('failure' in read) return read;
	const { warnings } = read.value;
	const { value, faults: twice } = besideJson(row, read.value.value, raw);
	if (twice.length > 0) return inputFailure(row, twice);
	const country = readCountry(settings.defaultCountry);
	if ('fault' in country)
		return inputFailure(row, [{ label: labels.default_country, message: country.fault }]);
	const to = given(value, 'sip_call_to');
	const callee = readNumber(to, settings);
	const number = 'fault' in callee ? '' : callee.number;
	// JSON without a number is a fault of the setup; a cell without a number is that contact's outcome.
	const missing = 'fault' in callee && callee.reason === 'missing' && row.settings.fromJson;
	const faults = missing
		? [{ path: 'sip_call_to', message: 'is required: the number to call' }]
		: [];
	const prepared = prepare(row, rpc, withNumber(value, to, number), { warnings, faults });
	if ('failure' in prepared) return prepared;
	const asked = askedToWait(row, value);
	const clash = clashOf(settings, asked, prepared.value.body);
	if (clash) return inputFailure(row, [clash]);
	const waitFor = waitOf(settings, asked);
	const body = completed(row, prepared.value.body, number, settings, waitFor);
	const facts = {
		...factsOf(input, body, number),
		called_number: 'fault' in callee ? shownNumber(to) : number,
		warnings: [
			...prepared.value.warnings,
			...('fault' in callee ? [] : callee.warnings.map(withLabels)),
		],
	};
	const plan = { facts, waitFor, origin: callOrigin(row, settings) };
	if ('fault' in callee) {
		return { value: { ...plan, body, keys: '', verdict: notANumber(callee) } };
	}
	const { keys } = callee;
	const whole = { ...body, ...withKeys(body.dtmf, keys) };
	return { value: { ...plan, body: whole, keys: keys ?? '' } };
}
