import type { Result } from '../result';
import { cleaned } from './text';

const unreadable =
	'cannot be read as an address, so that the rules under {guards} cannot be kept. Write it like sip:+14155550123@sip.example.com';

/** More characters than an address has with all its parameters; patterns take long for longer ones. */
const longestUri = 1000;

/** Percent signs resolved; undefined where that leaves others or what no address holds. */
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

/** Whether the host of a URI without a user is certain to be one: `sip:911` calls 911 at some carriers. */
function isHost(host: string): boolean {
	return (
		/^\[[\da-f:.]+\]/i.test(host) ||
		/^(?:\d{1,3}\.){3}\d{1,3}(?=[:;?]|$)/.test(host) ||
		/^[\w-]+\.(?=[\d.-]*[a-z])/i.test(host)
	);
}

/**
 * Whom a SIP or tel URI calls, as the bridge and carriers read it: brackets around it, slashes behind the scheme, a password and
 * parameters do not count (RFC 3261, 19.1.1; emiago/sipgo sip/parse_uri.go).
 *
 * @returns the user, empty where the URI names a host alone, or what is wrong, as the end of a sentence that starts with the
 * field: what could be read in two ways is never guessed
 */
export function userOfUri(given: string): Result<string> {
	const text = given.length > longestUri ? '' : cleaned(given);
	const uri = /^<([^<>]*)>$/.exec(text)?.[1] ?? text;
	const [, scheme, slashless] = /^(sips?|tel):(?:\/\/)?(.*)$/is.exec(uri) ?? [];
	const rest = slashless ?? uri;
	const [before, ...behind] = rest.split('@');
	// Some versions of the bridge take an address without a scheme; "a:b@c" could then be a scheme or a password.
	const strange =
		behind.length > 1 || (scheme === undefined && (behind.length === 0 || before.includes(':')));
	if (strange || /\s/.test(uri)) return { fault: unreadable };
	if (behind.length === 0 && scheme?.toLowerCase() !== 'tel' && isHost(rest)) return { value: '' };
	const user = decoded(before)
		?.split(/[:;?,]/)[0]
		.trim();
	return user ? { value: user } : { fault: unreadable };
}
