const inUrl = String.raw`[^\s"'<>]`;
// Who a server is asked as: user:password@, or a token in its place.
const userInfo = /(?<=\b[a-z][a-z\d+.-]{1,20}:\/\/)[^\s/@"'<>]{1,500}(?=@)/gi;
// What stands behind the last slash is the stream key (livekit/protocol utils RedactStreamKey); mux:// and twitch:// hold no more.
const streamKey = new RegExp(
	String.raw`(?<=\brtmps?:\/\/[^\s?"'<>]{1,500}\/)(?![^\s?"'<>]*\/)${inUrl}+|(?<=\b(?:mux|twitch):\/\/)${inUrl}+|(?<=\bsrt:\/\/[^\s?"'<>]{1,500}\?)${inUrl}+`,
	'gi',
);

/** Whether a field holds URLs, by its name in any spelling. */
export function isUrlField(name: string): boolean {
	return /(^|_)(urls?|endpoint)$|(Urls?|Endpoint)$/.test(name);
}

/** A URL with its user name, password and stream key replaced. */
export function maskUrl(url: string, mask: string): string {
	return url.replace(streamKey, mask).replace(userInfo, mask);
}

/** The secret parts of a URL. */
export function secretsOfUrl(url: string): string[] {
	const users = (url.match(userInfo) ?? []).flatMap((info) => [info, ...info.split(':').slice(1)]);
	return [...users, ...(url.match(streamKey) ?? [])];
}
