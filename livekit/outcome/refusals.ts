import type { Refusal } from '../http/twirp';
import { callTexts } from './callTexts';
import { codes } from './codes';
import type { Entry } from './entry';
import { type Ending, ending } from './reasons';
import { serverTexts } from './serverTexts';
import { type SipStatus, meaningOf, saidByCarrier, sipPhrase, sipStatusOf } from './sipStatuses';

/** A refusal for a person: what LiveKit said, and what to do about it. */
export interface Explanation {
	readonly message: string;
	readonly advice: string;
}

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

/** An entry that fits, and where in the message its text begins. */
interface Fit {
	readonly entry: Entry;
	readonly at: number;
}

function fit(entry: Entry, { status, code, message }: Refusal): Fit | undefined {
	if (entry.codes && !entry.codes.includes(code)) return undefined;
	if (entry.status && !entry.status.test(String(status))) return undefined;
	if (!entry.says) return { entry, at: 0 };
	// The words of n8n's own refusals, and of other servers, are not LiveKit's texts.
	if (status === 0 || code === 'foreign') return undefined;
	const at = message.search(entry.says);
	return at < 0 ? undefined : { entry, at };
}

function callOf(fits: readonly Fit[], code: string): Ending {
	const found = fits.find(({ entry }) => entry.call && (entry.callCodes?.includes(code) ?? true));
	// What proves nothing is unknown: the phone may be ringing.
	return found?.entry.call ?? ending('unknown', 'no_clear_answer');
}

function explanationOf(fits: readonly Fit[], { status, code, message }: Refusal): Explanation {
	const found = fits.find(
		({ entry, at }) =>
			entry.words && (entry.wordsCodes?.includes(code) ?? true) && (!entry.wordsFirst || at === 0),
	);
	const said = message || `HTTP status ${status} without a message`;
	const words = found?.entry.words;
	if (!words)
		return { message: said, advice: `LiveKit answered with HTTP status ${status}, code ${code}.` };
	return words.message === undefined
		? { message: said, advice: words.advice }
		: {
				message: words.message,
				advice: `${words.advice} The server said: ${said} (HTTP ${status})`,
			};
}

function readSip(sipStatus: SipStatus, refusal: Refusal): Reading {
	const { call, words, advice } = meaningOf(sipStatus);
	const said = saidByCarrier(sipStatus);
	return {
		call: said?.call ?? call,
		message: `${words} ${sipPhrase(sipStatus)}`,
		advice: `${advice} LiveKit's message: ${refusal.message}`,
		sipStatus,
		...(said ? { carrierSays: `${said.words} ${sipPhrase(sipStatus)}` } : {}),
	};
}

/**
 * Reads what a refusal means, all of it at once.
 *
 * A SIP status wins over everything else: it is what the callee or the carrier said, whatever HTTP status it came with.
 * One busy line is 429, 412 or 503 depending on the age of the bridge (livekit/protocol livekit/sip.go).
 */
export function read(refusal: Refusal): Reading {
	const sipStatus = sipStatusOf(refusal);
	if (sipStatus) return readSip(sipStatus, refusal);
	const fits = refusals.flatMap((entry) => fit(entry, refusal) ?? []);
	const first = <Key extends keyof Entry>(key: Key): Entry[Key] =>
		fits.find(({ entry }) => entry[key] !== undefined)?.entry[key];
	return {
		...explanationOf(fits, refusal),
		call: callOf(fits, refusal.code),
		transfer: first('transfer'),
		setup: first('setup'),
		ofDispatch: first('ofDispatch'),
	};
}

/** What to tell the user about a refused request. Fields of the form stand in it by name: `{room}`. */
export function explain(refusal: Refusal): Explanation {
	const { message, advice } = read(refusal);
	return { message, advice };
}
