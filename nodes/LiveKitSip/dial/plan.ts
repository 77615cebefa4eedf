import type { IDataObject } from 'n8n-workflow';
import { readCountry } from '../../../livekit/callees/countries';
import { calleeOf } from '../../../livekit/callees/number';
import { encode } from '../../../livekit/codec/encode';
import { fieldNamed } from '../../../livekit/codec/spellings';
import { type Fault, type JsonObject, isObject, sameJson } from '../../../livekit/json';
import { callRpcs } from '../../../livekit/schema/rpc';
import { messageOf } from '../../../livekit/schema';
import { unwrapFlat } from '../../../livekit/codec/unwrap';
import { type Outcome, inputFailure } from '../rows/failure';
import { fromJsonOrForm, prepare } from '../request/body';
import type { Row } from '../rows/row';
import type { CallFacts, Verdict } from './item';
import { callOrigin, contactNames, contactTurn, freshRoom } from './identity';
import type { CallSettings, WaitFor } from './settings';
import { withLabels } from '../../shared/labels';

/** What a row was given, read before anything is sent. */
export interface CallInput {
	readonly raw: JsonObject;
	readonly settings: CallSettings;
	readonly faults: readonly Fault[];
	readonly doNotCall?: DoNotCall;
	/** The input item, where it is to be in the output. */
	readonly json?: IDataObject;
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
	/** Of the number, as it was given; empty where there is none. */
	readonly extension: string;
	/** What identifies this call, see `requestId`. */
	readonly origin: string;
	/** Set where the row is not to be called, which is data and no failure. */
	readonly verdict?: Verdict;
}

/** The numbers to show in turn, of a text with commas or a list. */
function callerIds(given: unknown): unknown[] {
	if (Array.isArray(given)) return given;
	return typeof given === 'string' && given.includes(',')
		? given
				.split(',')
				.map((number) => number.trim())
				.filter((number) => number !== '')
		: [given];
}

/** The form's values, with the caller ID whose turn it is. */
function formOf(raw: JsonObject, turn: number): JsonObject {
	const numbers = callerIds(raw.sip_number);
	return numbers.length > 0 && raw.sip_number !== undefined
		? { ...raw, sip_number: numbers[turn % numbers.length] as string }
		: raw;
}

/** Whether the JSON says to wait or not to; a plain `false` is left out of the request, like every default. */
function askedToWait(row: Row, given: unknown): unknown {
	if (!row.settings.fromJson) return undefined;
	return encode(callRpcs.place.request, given, '', { keepEmpty: true }).body.wait_until_answered;
}

function waitOf(settings: CallSettings, given: unknown): WaitFor {
	// The JSON's own word counts; Wait For has a default that nobody may have chosen.
	if (given === false) return 'nothing';
	return given === true && settings.waitFor === 'nothing' ? 'answer' : settings.waitFor;
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** Puts the extension, which is dialled as keys after the answer, before the user's own keys. */
function withExtension(dtmf: unknown, extension: string | undefined): JsonObject {
	if (extension === undefined) return {};
	return { dtmf: `ww${extension}${textOf(dtmf) ?? ''}` };
}

function notANumber(fault: string): Verdict {
	return {
		outcome: 'invalid_number',
		reason: 'not_a_number',
		message: `Number to Call ${withLabels(fault)}. Nobody was called`,
	};
}

/** What is known of a row whose input could not be read. */
export function baseFacts({ raw, settings, json }: CallInput): CallFacts {
	return {
		called_number: shown(raw.sip_call_to),
		caller_number: textOf(raw.sip_number),
		room_name: textOf(raw.room_name),
		participant_identity: textOf(raw.participant_identity),
		sip_trunk_id: textOf(raw.sip_trunk_id),
		attempt: settings.attempt,
		contact_key: settings.contactKey || null,
		warnings: [],
		...(json ? { input: json } : {}),
	};
}

/** Whom the row calls, as it was given, and the request's values with something readable in its place. */
function calleeIn(value: unknown): { readonly given: unknown; readonly rest: unknown } {
	if (!isObject(value)) return { given: undefined, rest: value };
	const request = messageOf(callRpcs.place.request);
	const names = Object.keys(value).filter(
		(name) => fieldNamed(request, name)?.name === 'sip_call_to',
	);
	const given = names
		.map((name) => value[name] ?? undefined)
		.find((callee) => callee !== undefined);
	// Another number under another spelling stays, and is a fault.
	const replaced = names.filter((name) => sameJson(value[name] ?? given, given));
	return { given, rest: { ...value, ...Object.fromEntries(replaced.map((name) => [name, '+0'])) } };
}

/** Reads whom a row calls, from where and into which room. A number that is none is the row's outcome, no failure. */
export function planCall(row: Row, input: CallInput): Outcome<Plan> {
	const { raw, settings } = input;
	const turn =
		settings.contactKey === '' ? input.turn : contactTurn(settings.contactKey, settings.attempt);
	const read = fromJsonOrForm(row, raw, unwrapFlat, () => formOf(raw, turn));
	if ('failure' in read) return read;
	const country = readCountry(settings.defaultCountry);
	if ('fault' in country)
		return inputFailure(row, [{ path: 'Default Country', message: country.fault }]);
	const { given, rest } = calleeIn(read.value.value);
	const callee = calleeOf(given, settings);
	// JSON without a number is a fault of the setup; a cell without one is that contact's outcome.
	const missing = 'fault' in callee && callee.missing === true && row.settings.fromJson;
	const prepared = prepare(
		row,
		callRpcs.place.request,
		missing ? read.value.value : rest,
		read.value.warnings,
	);
	if ('failure' in prepared) return prepared;
	const { body } = prepared.value;
	const asked = askedToWait(row, read.value.value);
	if (asked === false && settings.waitFor === 'end') {
		return inputFailure(row, [
			{
				path: 'wait_until_answered',
				message: 'is false in the JSON, but Wait For is End of Call. Remove one of them',
			},
		]);
	}
	const number = 'fault' in callee ? '' : callee.number;
	const names =
		settings.contactKey === ''
			? undefined
			: contactNames(row.home, settings.contactKey, settings.attempt);
	const waitFor = waitOf(settings, asked);
	const whole: JsonObject = {
		...body,
		sip_call_to: number,
		room_name: textOf(body.room_name) ?? names?.room ?? freshRoom(row),
		...(textOf(body.participant_identity) === null && names
			? { participant_identity: names.identity }
			: {}),
		...('fault' in callee ? {} : withExtension(body.dtmf, callee.extension)),
		// Without a ringing timeout the bridge rings for 3 minutes and the server gives up after 80 seconds.
		ringing_timeout: body.ringing_timeout ?? '30s',
		// LiveKit would let a call run for 24 hours.
		max_call_duration: body.max_call_duration ?? '3600s',
		...(waitFor === 'nothing' ? {} : { wait_until_answered: true }),
	};
	const facts: CallFacts = {
		...baseFacts(input),
		called_number: 'fault' in callee ? shown(given) : number,
		caller_number: textOf(whole.sip_number),
		room_name: textOf(whole.room_name),
		participant_identity:
			textOf(whole.participant_identity) ?? (number === '' ? null : `sip_${number}`),
		sip_trunk_id: textOf(whole.sip_trunk_id),
		warnings: [...prepared.value.warnings, ...('fault' in callee ? [] : callee.warnings)],
	};
	const verdict = 'fault' in callee ? notANumber(callee.fault) : undefined;
	const extension = 'fault' in callee ? undefined : callee.extension;
	return {
		value: {
			body: whole,
			facts,
			waitFor,
			extension: extension ?? '',
			origin: callOrigin(row, settings),
			...(verdict ? { verdict } : {}),
		},
	};
}

/** What stood in the place of a number, as text. */
function shown(given: unknown): string | null {
	return typeof given === 'string' || typeof given === 'number' ? String(given) : null;
}
