/** A URL in pieces, of which every second one is secret: shown, secret, shown, ... */
type Pieces = readonly string[];

/** Where the user name and password of a URL end, counted behind its scheme; -1 if it has none. */
function endOfUser(rest: string): number {
	const [host] = rest.split(/[/?#]/, 1);
	if (host.includes('@')) return host.lastIndexOf('@');
	// A password with a "/" or "#" that nobody has written as %2F or %23 ends what looks like the host. A port has digits only.
	const behindColon = host.slice(host.lastIndexOf(':') + 1);
	const isHost = !host.includes(':') || host.endsWith(']') || /^\d*$/.test(behindColon);
	return isHost ? -1 : rest.lastIndexOf('@');
}

/** Where the stream key begins behind host and path; -1 if there is none. */
function startOfKey(scheme: string, place: string): number {
	if (scheme === 'mux' || scheme === 'twitch') return 0;
	const query = place.indexOf('?');
	if (scheme === 'srt') return query < 0 ? -1 : query + 1;
	if (!scheme.startsWith('rtmp')) return -1;
	// What stands behind the last slash of the path is the key (livekit/protocol utils RedactStreamKey).
	const path = query < 0 ? place : place.slice(0, query);
	let end = path.length;
	while (path[end - 1] === '/') end--;
	const slash = path.lastIndexOf('/', end - 1);
	return slash < 0 ? query : slash + 1;
}

function piecesOf(url: string): Pieces {
	const mark = url.indexOf('://');
	const begin = mark < 0 ? 0 : mark + 3;
	const scheme = url
		.slice(0, Math.max(mark, 0))
		.replace(/[^a-z\d]/gi, '')
		.toLowerCase();
	const rest = url.slice(begin);
	const userEnd = endOfUser(rest);
	const place = rest.slice(userEnd < 0 ? 0 : userEnd);
	const key = startOfKey(scheme, place);
	return [
		url.slice(0, begin),
		userEnd < 0 ? '' : rest.slice(0, userEnd),
		key < 0 ? place : place.slice(0, key),
		key < 0 ? '' : place.slice(key),
		'',
	];
}

/** Whether a field holds URLs, by its name in any spelling. */
export function isUrlField(name: string): boolean {
	return /(^|_)(urls?|endpoint)$|(Urls?|Endpoint)$/.test(name);
}

/** A URL with its user name, password and stream key replaced. */
export function maskUrl(url: string, mask: string): string {
	return piecesOf(url)
		.map((piece, index) => (index % 2 === 1 && piece !== '' ? mask : piece))
		.join('');
}

/** A text without the escapes of URLs, which a server may have read; the text itself if they are none. */
function unescaped(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The secret parts of a URL. */
export function secretsOfUrl(url: string): string[] {
	const [, user, , key] = piecesOf(url);
	const colon = user.indexOf(':');
	const parts = [user, colon < 0 ? '' : user.slice(colon + 1), key, key.split(/[/?#]/, 1)[0]];
	return parts.filter((part) => part !== '').flatMap((part) => [part, unescaped(part)]);
}
