import type { Result } from '../result';
import { cleaned } from './text';

const unreadable =
	'cannot be read as an address, so that the rules under {guards} cannot be kept. Write it like sip:+14155550123@sip.example.com';

/** Longer than any address with all its parameters. Patterns take long for longer texts. */
const longestUri = 1000;

/** Decodes percent signs. Undefined if that leaves others, or characters that no address holds. */
function decoded(text: string): string | undefined {
	try {
		const plain = cleaned(decodeURIComponent(text));
		return /["<>\\%]/.test(plain) || [...plain].some((character) => character < ' ')
			? undefined
			: plain;
	} catch {
		return undefined;
	}
}

/** Whether a URI without a user certainly names a host. Some carriers call 911 for `sip:911`. */
function isHost(host: string): boolean {
	return (
		/^\[[\da-f:.]+\]/i.test(host) ||
		/^(?:\d{1,3}\.){3}\d{1,3}(?=[:;?]|$)/.test(host) ||
		/^[\w-]+\.(?=[\d.-]*[a-z])/i.test(host)
	);
}

/**
 * Finds whom a SIP or tel URI calls, as the bridge and carriers read it. Brackets around it, slashes after the scheme, a
 * password and parameters do not matter (RFC 3261, 19.1.1; emiago/sipgo sip/parse_uri.go). A URI that can be read in two ways
 * is a fault, never a guess.
 *
 * @returns the user, empty if the URI names only a host, or what is wrong: the rest of a sentence that begins with the field
 */
export function userOfUri(given: string): Result<string> {
	const text = given.length > longestUri ? '' : cleaned(given);
	const uri = /^<([^<>]*)>$/.exec(text)?.[1] ?? text;
	const [, scheme, slashless] = /^(sips?|tel):(?:\/\/)?(.*)$/is.exec(uri) ?? [];
	const rest = slashless ?? uri;
	const [before, ...behind] = rest.split('@');
	// Some versions of the bridge accept an address without a scheme. Then "a:b@c" could hold a scheme or a password.
	const strange =
		behind.length > 1 || (scheme === undefined && (behind.length === 0 || before.includes(':')));
	if (strange || /\s/.test(uri)) return { fault: unreadable };
	if (behind.length === 0 && scheme?.toLowerCase() !== 'tel' && isHost(rest)) return { value: '' };
	const user = decoded(before)
		?.split(/[:;?,]/)[0]
		.trim();
	return user ? { value: user } : { fault: unreadable };
}
