import { Refusal } from './twirp';

const TOKEN_CHARACTER = /[\w.!%*+`'~-]/;
const VALUE_CHARACTER = /[\t\x20-\x7e\u0080-\u{10ffff}]/u;

/** Headers that SIP itself fills in, with their one-letter forms (`protocol/livekit/sip_validation.go`, v1.9.4 and newer). */
const RESERVED = new Set(
	[
		'accept accept-encoding accept-language allow allow-events call-id contact content-encoding content-length',
		'content-type cseq event expires from max-forwards record-route refer-to reply-to k l m o r t u v',
	].flatMap((names) => names.split(' ')),
);

/** LiveKit's complaint about the first character that `allowed` does not match, or undefined. */
function badCharacter(text: string, allowed: RegExp): string | undefined {
	for (const character of text) {
		if (allowed.test(character)) continue;
		const code = character.codePointAt(0) ?? 0;
		return code < 128
			? `char ${code} not allowed`
			: `char ${code} out of range, consider explicilty adding utf8 characters`;
	}
	return undefined;
}

/** Complaint about a text that must be a SIP token, or undefined. */
export const badTokenCharacter = (text: string) => badCharacter(text, TOKEN_CHARACTER);

function checkName(name: string, refuseReserved: boolean): void {
	const refuse = (why: string) => {
		throw new Refusal(`invalid header name: ${why}`);
	};
	if (!name) refuse('header name cannot be empty');
	if (Buffer.byteLength(name) > 255) refuse('header name too long (max 255 characters)');
	const complaint = badTokenCharacter(name);
	if (complaint) refuse(`header name ${name} contains invalid characters: ${complaint}`);
	if (refuseReserved && RESERVED.has(name.toLowerCase()))
		refuse(`header name ${name} not supported`);
}

/** Checks headers that are sent as they are. */
export function checkHeaders(headers: Record<string, string>): void {
	for (const [name, value] of Object.entries(headers)) {
		checkName(name, true);
		const complaint =
			Buffer.byteLength(value) > 1024
				? `header ${name}: value too long (max 1024 characters)`
				: badCharacter(value, VALUE_CHARACTER)?.replace(/^/, `header ${name}: value: `);
		if (complaint) throw new Refusal(`invalid header value for ${name}: ${complaint}`);
	}
}

/** Checks the two maps between headers and participant attributes: only the names of the headers matter. */
export function checkHeaderMaps(maps: {
	attributes_to_headers: Record<string, string>;
	headers_to_attributes: Record<string, string>;
}): void {
	for (const name of Object.values(maps.attributes_to_headers)) checkName(name, false);
	for (const name of Object.keys(maps.headers_to_attributes)) checkName(name, false);
}

/** Checks a host name that must not be a SIP URI. An empty one passes. */
export function checkHost(host: string, field: string): void {
	if (host.includes('transport='))
		throw new Refusal(`${field} should not contain transport parameter`);
	if (/[@;]|^sips?:/.test(host))
		throw new Refusal(`${field} should be a hostname or IP, not SIP URI`);
}
