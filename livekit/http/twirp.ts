import { type JsonObject, isDeep, isJsonObject, isObject } from '../json';
import type { Result } from '../result';
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
	/** Twirp code, or `foreign` if the answer is not LiveKit's, or `no_answer` if there is none. */
	readonly code: string;
	/** LiveKit's message, without the "twirp error unknown:" in front and without tokens. */
	readonly message: string;
	readonly meta: Readonly<Record<string, string>>;
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

/**
 * Reads a Twirp answer. Success is HTTP 200 with a JSON object; anything else is a refusal, such as the 200 of a proxy.
 * LiveKit's middleware and router answer in plain text, reverse proxies in HTML.
 */
export function readAnswer({ status, body }: HttpAnswer): Answer {
	const text =
		typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString('utf8') : undefined;
	if (isDeep(body))
		return {
			refusal: {
				status,
				code: 'foreign',
				message: 'an answer that is nested too deeply',
				meta: {},
			},
		};
	if (status === 200 && isJsonObject(body) && text === undefined) return { value: body };
	if (isObject(body) && typeof body.code === 'string' && typeof body.msg === 'string') {
		return {
			refusal: {
				status,
				code: body.code,
				message: cleanMessage(body.msg),
				meta: textsOf(body.meta),
			},
		};
	}
	const plain = begin(text ?? '').trim();
	const own = plainTexts.some((pattern) => pattern.test(plain)) || status === 451;
	const code = own ? plainCode(status) : 'foreign';
	return {
		refusal: { status, code, message: own ? cleanMessage(plain) : shortened(plain), meta: {} },
	};
}

// The time that the patterns here take grows with the square of a text's length, which is up to whoever answers.
const mostRead = 5000;

function begin(text: string): string {
	return text.slice(0, mostRead);
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
	return Object.fromEntries(texts.map(([name, text]) => [name, scrub(begin(text))]));
}

// Errors of LiveKit's inner bus carry this placeholder in front (livekit/protocol utils/xtwirp/errors.go).
function cleanMessage(text: string): string {
	return scrub(begin(text).replace(/^(twirp error \w+: )+/, ''));
}

function shortened(text: string): string {
	// JSON that broke off may hold a password.
	if (/^[{[]/.test(text)) return "JSON that broke off, or that is not LiveKit's";
	const words = scrub(text.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' '))
		.replace(/\s+/g, ' ')
		.trim();
	return words.length > 160 ? `${words.slice(0, 157)}...` : words;
}
