import type { Result } from '../result';

/** What of a request says where it goes. n8n has two kinds of requests: one has `url`, the older one may have `uri`. */
export interface Destination {
	readonly baseURL?: unknown;
	readonly url?: unknown;
	readonly uri?: unknown;
	readonly headers?: Readonly<Record<string, unknown>>;
}

// axios, which sends the requests of both n8n versions, takes exactly these for whole addresses and puts all others behind
// `baseURL` (axios lib/helpers/isAbsoluteURL.js, lib/core/buildFullPath.js).
const wholeAddress = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;

// The paths of LiveKit have no other characters. A gateway may undo %2F, or cut a path at a semicolon, after we have looked.
const plainPath = /^[\w.~/-]*$/;

const longestShown = 100;

/** Blanks, control characters and backslashes mean different things to different clients. */
function isUnclear(address: string): boolean {
	return [...address].some((sign) => sign <= ' ' || sign === '\\' || sign === '\x7f');
}

/** What axios makes of the two. Its versions differ in how many slashes at the end of the base they take away. */
function behind(baseURL: string, address: string): string | undefined {
	if (address === '') return baseURL;
	if (baseURL.endsWith('//')) return undefined;
	return `${baseURL.replace(/\/$/, '')}/${address.replace(/^\/+/, '')}`;
}

function sentTo(baseURL: string, address: string): URL | undefined {
	const isWhole = baseURL === '' || wholeAddress.test(address);
	const whole = isWhole ? address : behind(baseURL, address);
	return whole === undefined || isUnclear(whole) || !URL.canParse(whole)
		? undefined
		: new URL(whole);
}

function shortened(text: string): string {
	return text.length > longestShown ? `${text.slice(0, longestShown)}...` : text;
}

/** The path of a request behind the server's own address, or in words how it leaves that server. */
function pathBehind(server: URL, target: URL | undefined): Result<string> {
	if (!target) return { fault: 'the address of this one is not clear' };
	if (target.username !== '' || target.password !== '')
		return { fault: 'this one has a user name in its address' };
	if (target.origin !== server.origin)
		return { fault: `this one goes to ${shortened(`${target.protocol}//${target.host}`)}` };
	const prefix = server.pathname.replace(/\/$/, '');
	const path = target.pathname.slice(prefix.length);
	const isBehind = target.pathname.startsWith(prefix) && /^(?:\/|$)/.test(path);
	return isBehind && plainPath.test(path)
		? { value: path }
		: { fault: `this one asks for the path ${shortened(target.pathname)}` };
}

function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value);
}

function otherHost(server: URL, headers: Destination['headers'] = {}): string | undefined {
	const hosts = Object.entries(headers).filter(([name]) => name.trim().toLowerCase() === 'host');
	return hosts.some(([, host]) => text(host).trim().toLowerCase() !== server.host)
		? 'this one has a Host header of its own'
		: undefined;
}

/**
 * The path that a request asks of a server, behind the address of that server; the request's own host, port, scheme and
 * path prefix have to be the server's. Everything is read as the client reads it (WHATWG URL).
 *
 * n8n's older requests prefer `url` to `uri`, its newer ones do not know `uri`. Therefore each that is given has to stay
 * with the server.
 *
 * @param base address of the server, see `httpBase`
 * @returns the path, or a sentence for the user that says where the request goes and what to change
 */
export function pathAt(base: string, { baseURL, url, uri, headers }: Destination): Result<string> {
	const server = new URL(base);
	const given = [url, uri].filter((address) => address !== undefined && address !== null);
	const addresses = (given.length > 0 ? given : ['']).map(text);
	const paths = addresses.map((address) => pathBehind(server, sentTo(text(baseURL), address)));
	const foreign = paths.flatMap((path) => ('fault' in path ? [path.fault] : []));
	const fault = foreign[0] ?? otherHost(server, headers);
	if (fault === undefined) return paths[0];
	return {
		fault: `The LiveKit API credential signs requests to its own server only, and ${fault}. Nothing was sent. Begin the URL with ${base}/, or choose another credential.`,
	};
}

/** The setting as n8n labels it. */
export const ignoreTls = 'Ignore SSL Issues (Insecure)';

/** How a request gets to the server. */
export interface Way {
	/** Whether it goes through a proxy that the user of the credential has chosen. */
	readonly throughProxy: boolean;
	/** The setting, if any, with which others than the authorities that n8n trusts can pass for the server. */
	readonly looseTrust?: string;
}

/**
 * Why a proxy could read the token of a request. Whoever may use a credential but not see it could choose a proxy of their
 * own for that.
 *
 * @param base address of the server, see `httpBase`
 * @returns what to say behind the label "Proxy", undefined if the proxy sees ciphertext only or if there is none
 */
export function proxyFault(base: string, { throughProxy, looseTrust }: Way): string | undefined {
	if (!throughProxy) return undefined;
	if (looseTrust !== undefined)
		return `cannot be used together with ${looseTrust}: the proxy could then read the token of the LiveKit API credential. Turn off one of the two`;
	if (!base.startsWith('https:'))
		return 'cannot be used with a Server URL that begins with ws:// or http://: the proxy could then read the token of the LiveKit API credential. Use a server with wss://, or remove the proxy';
	return undefined;
}
