import { type Fault, at, isObject } from '../json';
import type { Result } from '../result';
import { userOfUri } from './uri';

/** A number, or another user, that a request names. */
export interface NamedUser {
	readonly number: string;
	/** Where it stands: the beginning of a sentence, with fields of the form in braces, such as `{to_user_override}`. */
	readonly name: string;
}

/** Users that a request names. What cannot be read is a fault, because no rule can be applied to it. */
export interface Named {
	readonly numbers: readonly NamedUser[];
	readonly faults: readonly Fault[];
}

/** Where a request names a user, as a URI. */
export interface Address {
	readonly uri: string;
	readonly name: string;
	readonly path: string;
}

/** Text without the spaces around it, empty for anything else. */
export function trimmed(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** What a URI of a request, whole or by its parts, names (SIPRequestDest, SIPNamedDest). */
export function destination(given: unknown, name: string, path: string): Address[] {
	const dest = isObject(given) ? given : {};
	const values = isObject(dest.values) ? dest.values : {};
	const [raw, user] = [trimmed(dest.raw), trimmed(values.user)];
	const host = trimmed(values.host) || trimmed(values.ip) || 'host';
	return [
		{ uri: raw, name, path: `${path}.raw` },
		{ uri: user && `sip:${user}@${host}`, name, path: `${path}.values.user` },
	].filter(({ uri }) => uri !== '');
}

const longestHeader = 1000;

/** The addresses in a header such as `"Jane" <sip:+1415@host>;party=calling, tel:+1416` (RFC 3261, 20.10). */
function inHeader(value: string): string[] {
	// Nothing so long can be read as an address, see `userOfUri`.
	if (value.length > longestHeader) return [value];
	const bare = value.replace(/"(?:[^"\\]|\\.)*"/g, '');
	const bracketed = [...bare.matchAll(/<([^<>]*)>/g)].map(([, uri]) => uri);
	const plain = bare
		.replace(/<[^<>]*>[^,]*/g, '')
		.split(',')
		.map((one) => one.trim().replace(/^[^\s:]*\s+(?=\S+:)/, ''));
	return [...bracketed, ...plain].filter((uri) => uri !== '');
}

/** What the headers of those names, in lower case, name. */
export function headersNamed(headers: unknown, names: ReadonlySet<string>): Address[] {
	if (!isObject(headers)) return [];
	return Object.entries(headers)
		.filter(([name]) => names.has(name.trim().toLowerCase()))
		.flatMap(([name, value]) =>
			inHeader(String(value)).map((uri) => ({
				uri: /^(sips?|tel):/i.test(uri) || uri.includes('@') ? uri : `tel:${uri}`,
				name: `The header ${name}`,
				path: at('headers', name),
			})),
		);
}

/** Reads the user of each address. */
export function readNamed(
	addresses: readonly Address[],
	read: (uri: string) => Result<string> = userOfUri,
): Named {
	const numbers: NamedUser[] = [];
	const faults: Fault[] = [];
	for (const { uri, name, path } of addresses) {
		const user = read(uri);
		if ('fault' in user) faults.push({ path, message: user.fault });
		else if (user.value !== '') numbers.push({ number: user.value, name });
	}
	return { numbers, faults };
}
