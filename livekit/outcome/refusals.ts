import type { Refusal } from '../http/twirp';
import { plainLine } from '../plain';
import { entryOf } from '../json';
import { callTexts } from './callTexts';
import { codes } from './codes';
import type { Entry, Explanation } from './entry';
import { type Ending, ending } from './reasons';
import { serverTexts } from './serverTexts';
import { type SipStatus, meaningOf, saidByCarrier, sipPhrase, sipStatusOf } from './sipStatuses';

/** What a refusal means. */
export interface Reading extends Explanation, Pick<Entry, 'transfer' | 'setup' | 'ofDispatch'> {
	/** What became of a call; of a transfer too, unless `transfer` says otherwise. */
	readonly call: Ending;
	/** Set if the callee's side answered. */
	readonly sipStatus?: SipStatus;
	/** What the carrier's own words mean, if they say more than its status. */
	readonly carrierSays?: string;
}

/** All entries without a SIP status. For each thing that they tell, the first that fits and tells it counts. */
const refusals: readonly Entry[] = [...serverTexts, ...callTexts, ...codes];

function fits({ says, codes: of, status }: Entry, refusal: Refusal): boolean {
	if (of && !of.includes(refusal.code)) return false;
	if (status && !status.test(String(refusal.status))) return false;
	if (!says) return true;
	// The words of n8n's own refusals, and of other servers, are not LiveKit's texts.
	return refusal.status !== 0 && refusal.code !== 'foreign' && says.test(refusal.message);
}

function explained(found: Entry['explanation'], refusal: Refusal): Explanation {
	const { status, code, message } = refusal;
	const said = plainLine(message) || `HTTP status ${status} without a message`;
	if (!found) {
		return {
			message: said,
			advice: `LiveKit answered with HTTP status ${status}, code ${plainLine(code)}.`,
		};
	}
	if (found.message === undefined) {
		return { message: said, advice: refusal.advice ?? found.advice };
	}
	const advice = `${found.advice} The server said: ${said} (HTTP ${status})`;
	return { message: found.message, advice };
}

const longestShown = 80;

/** What was not found, behind a message: `: ST_abc`, or `: caller in room-1`. */
function namesOf(missing: readonly string[], { asked = {} }: Refusal): string {
	const values = missing
		.map((name) => entryOf(asked, name))
		.filter((value) => value !== undefined && value !== '')
		.map((value) => plainLine(String(value), longestShown));
	return values.length > 0 ? `: ${values.join(' in ')}` : '';
}

function readSip(sipStatus: SipStatus, refusal: Refusal): Reading {
	const { call, message, advice } = meaningOf(sipStatus);
	const said = saidByCarrier(sipStatus);
	return {
		call: said?.call ?? call,
		message: `${message} ${sipPhrase(sipStatus)}`,
		advice: `${advice} LiveKit's message: ${plainLine(refusal.message)}`,
		sipStatus,
		...(said ? { carrierSays: `${said.message} ${sipPhrase(sipStatus)}` } : {}),
	};
}

/**
 * Reads what a refusal means, all of it at once.
 *
 * A SIP status wins over everything else: it is what the callee or the carrier said, whatever HTTP status it came with.
 * One busy line is 429, 412 or 503 depending on the age of the bridge (livekit/protocol livekit/sip.go).
 */
export function readRefusal(refusal: Refusal): Reading {
	const sipStatus = sipStatusOf(refusal);
	if (sipStatus) return readSip(sipStatus, refusal);
	const found = refusals.filter((entry) => fits(entry, refusal));
	const first = <Key extends keyof Entry>(key: Key): Entry[Key] =>
		found.find((entry) => entry[key] !== undefined)?.[key];
	const words = explained(first('explanation'), refusal);
	const withNames = { ...words, message: words.message + namesOf(first('missing') ?? [], refusal) };
	return {
		...withNames,
		// What proves nothing is unknown: the phone may be ringing.
		call: first('call') ?? ending('unknown', 'no_clear_answer'),
		transfer: first('transfer'),
		setup: first('setup'),
		ofDispatch: first('ofDispatch'),
	};
}
