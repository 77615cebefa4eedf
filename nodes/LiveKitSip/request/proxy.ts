import type { IHttpRequestOptions } from 'n8n-workflow';

/** n8n's Proxy option, a URL, as its HTTP helper takes it; undefined where it is no URL. */
export function proxyOf(text: string): IHttpRequestOptions['proxy'] {
	if (!URL.canParse(text)) return undefined;
	const { hostname, port, protocol, username, password } = new URL(text);
	return {
		host: hostname,
		port: Number(port || (protocol === 'https:' ? 443 : 80)),
		protocol: protocol.replace(':', ''),
		...(username ? { auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) } } : {}),
	};
}
