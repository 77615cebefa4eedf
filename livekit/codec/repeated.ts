import type { Refusal } from '../http/twirp';
import { type JsonObject, type JsonValue, isJsonObject } from '../json';
import { type MessageName, messageOf } from '../schema';
import { MASK } from './secrets';
import { isUrlField, secretsOfUrl } from './urlSecrets';

function secretsIn(message: MessageName, body: JsonObject): string[] {
	return messageOf(message).fields.flatMap((field) => {
		const values: JsonValue[] = [body[field.name] ?? []].flat();
		if (field.kind === 'message')
			return values.filter(isJsonObject).flatMap((inner) => secretsIn(field.type, inner));
		const texts = values.filter((value): value is string => typeof value === 'string');
		if (field.secret) return texts;
		return isUrlField(field.name) ? texts.flatMap(secretsOfUrl) : [];
	});
}

/** Shorter secrets, such as PINs, are masked only as a word of their own: 12 would also stand in each 2012. */
const longEnough = 8;

function without(text: string, secret: string): string {
	if (secret.length >= longEnough) return text.replaceAll(secret, MASK);
	return text
		.split(secret)
		.reduce((before, after) =>
			/\w$/.test(before) || /^\w/.test(after) ? before + secret + after : before + MASK + after,
		);
}

// A long text was cut (`kept` in http/twirp.ts), perhaps in the middle of a secret.
const cut = /\.\.\. \(\d{1,12} characters\)$/;
const fewestOfCut = 4;

/** A text whose end was cut off, without the beginning of a secret that stands there. */
function withoutBegun(text: string, secret: string): string {
	const end = cut.exec(text);
	if (!end) return text;
	const left = text.slice(0, end.index);
	for (let length = secret.length - 1; length >= fewestOfCut; length--) {
		if (left.endsWith(secret.slice(0, length)))
			return left.slice(0, left.length - length) + MASK + end[0];
	}
	return text;
}

// What a call came to is read from this, and a PIN may be the same three digits.
const ofLiveKit = new Set(['sip_status_code']);

/**
 * A refusal without the secrets of its request, which some servers repeat in their texts.
 *
 * @param message of the request
 * @param body as it was sent
 */
export function withoutRepeated(refusal: Refusal, message: MessageName, body: JsonObject): Refusal {
	const secrets = secretsIn(message, body)
		.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
		.filter((secret) => secret.trim() !== '' && secret !== MASK)
		.sort((left, right) => right.length - left.length);
	if (secrets.length === 0) return refusal;
	const clean = (text: string) => secrets.reduce(withoutBegun, secrets.reduce(without, text));
	const meta = Object.entries(refusal.meta).map(([name, value]) =>
		ofLiveKit.has(name) ? [name, value] : [clean(name), clean(value)],
	);
	return { ...refusal, message: clean(refusal.message), meta: Object.fromEntries(meta) };
}
