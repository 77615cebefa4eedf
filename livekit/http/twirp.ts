import { type JsonObject, isDeep, isJsonObject, isObject } from '../json';
import type { Result } from '../result';
import { firstWords } from './page';
import { scrub } from './token';

/** The part of an HTTP response that matters here. */
export interface HttpAnswer {
	readonly status: number;
	readonly body: unknown;
}

/** A request that LiveKit refused or that got no answer of LiveKit. */
export interface Refusal {
	/** HTTP status, 0 if no answer came. */
	readonly status: number;
	/** One of Twirp's codes, or `foreign` if the answer is not LiveKit's, or `no_answer` if there is none. */
	readonly code: string;
	/** LiveKit's message, without the "twirp error unknown:" in front and without tokens. */
	readonly message: string;
	/** What to do about it, if whoever made the refusal knows more than its code tells. */
	readonly advice?: string;
	readonly meta: Readonly<Record<string, string>>;
	/** The IDs and names that the request asked for, by their wire names. */
	readonly asked?: Readonly<Record<string, string>>;
}

/** Something that was read from LiveKit's answer, or the refusal. */
export type Answered<T> = Result<T, 'refusal', Refusal>;

/** LiveKit's answer, or the refusal. */
export type Answer = Answered<JsonObject>;

// What LiveKit's middleware and router answer in plain text (livekit/livekit pkg/service/auth.go, server.go).
const plainTexts = [
	/^invalid (authorization|API key|token)/i,
	/^404 page not found/,
	/^request body too large/,
];

// Twirp's own codes (twitchtv.github.io/twirp/docs/spec_v7.html). Codes that are not among them are no LiveKit's, and might
// pass for those that this package gives to answers outside of Twirp.
const twirpCodes = new Set([
	'aborted',
	'already_exists',
	'bad_route',
	'canceled',
	'data_loss',
	'deadline_exceeded',
	'failed_precondition',
	'internal',
	'invalid_argument',
	'malformed',
	'not_found',
	'out_of_range',
	'permission_denied',
	'resource_exhausted',
	'unauthenticated',
	'unavailable',
	'unimplemented',
	'unknown',
]);

/** What an answer holds: a JSON object, whether it came as text or parsed, or other text. */
function contentOf(body: unknown): { readonly json?: JsonObject; readonly text: string } {
	const text =
		typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString('utf8') : undefined;
	if (text === undefined) return isJsonObject(body) ? { json: body, text: '' } : { text: '' };
	const json = jsonOf(text);
	return json ? { json, text } : { text };
}

function jsonOf(text: string): JsonObject | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isJsonObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Reads a Twirp answer. Success is HTTP 200 with a JSON object; anything else is a refusal, such as the 200 of a proxy.
 * LiveKit's middleware and router answer in plain text, reverse proxies in HTML. What a refusal keeps of the answer is
 * bounded, and holds no tokens.
 */
export function readAnswer({ status, body }: HttpAnswer): Answer {
	const { json, text } = contentOf(body);
	if (isDeep(json)) return refused(status, 'foreign', 'an answer that is nested too deeply');
	if (json && typeof json.code === 'string' && typeof json.msg === 'string' && status !== 200) {
		const code = twirpCodes.has(json.code) ? json.code : 'foreign';
		return refused(status, code, cleanMessage(json.msg), textsOf(json.meta));
	}
	if (json && status === 200) return { value: json };
	const plain = begin(text).trim();
	const own = plainTexts.some((pattern) => pattern.test(plain)) || status === 451;
	return own
		? refused(status, plainCode(status), cleanMessage(plain))
		: refused(status, 'foreign', firstWords(plain));
}

function refused(
	status: number,
	code: string,
	message: string,
	meta: Refusal['meta'] = {},
): { refusal: Refusal } {
	return { refusal: { status, code, message, meta } };
}

// How much of a text that somebody else wrote is looked at by patterns, and how much of it is kept.
const mostRead = 5000;
const longestMessage = 1000;
const longestName = 60;
const mostTexts = 20;

function begin(text: string): string {
	return text.slice(0, mostRead);
}

/** The beginning of a text without tokens; if something is missing, it says how long the text was. */
function kept(text: string, most: number): string {
	const shown = scrub(begin(text));
	return shown.length > most || text.length > mostRead
		? `${shown.slice(0, most)}... (${text.length} characters)`
		: shown;
}

function plainCode(status: number): string {
	if (status === 401) return 'unauthenticated';
	if (status === 404) return 'no_service';
	return status === 451 ? 'wrong_region' : status === 413 ? 'too_large' : 'foreign';
}

function textsOf(meta: unknown): Record<string, string> {
	if (!isObject(meta)) return {};
	const texts = Object.entries(meta).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	);
	const first = texts
		.slice(0, mostTexts)
		.map(([name, text]) => [kept(name, longestName), kept(text, longestMessage)]);
	const more = texts.length - mostTexts;
	return Object.fromEntries(more > 0 ? [...first, ['...', `and ${more} more`]] : first);
}

// Errors of LiveKit's inner bus carry this placeholder in front (livekit/protocol utils/xtwirp/errors.go).
function cleanMessage(text: string): string {
	return kept(text.replace(/^(twirp error \w{1,20}: )+/, ''), longestMessage);
}
