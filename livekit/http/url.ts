import type { Result } from '../result';

const HTTP_SCHEMES: Readonly<Record<string, string>> = {
	'wss:': 'https:',
	'https:': 'https:',
	'ws:': 'http:',
	'http:': 'http:',
};

const EXAMPLE = 'for example wss://my-project.livekit.cloud';

/**
 * The address under which LiveKit's API is called, from the one a user has: `wss`, `ws`, `https` or `http`.
 * A path prefix is kept (LiveKit's SDKs drop it, a server behind a gateway needs it); white space, trailing
 * slashes, query and fragment go. The value has no trailing slash.
 */
export function httpBase(url: unknown): Result<string> {
	const text = typeof url === 'string' ? url.trim() : '';
	if (text === '') return { fault: `Fill in the URL of the LiveKit server, ${EXAMPLE}.` };
	if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text)) {
		return { fault: `The URL has to start with wss://, ws://, https:// or http://, ${EXAMPLE}.` };
	}
	if (!URL.canParse(text)) {
		return {
			fault: `The URL of the LiveKit server is not a valid address. Check host and port, ${EXAMPLE}.`,
		};
	}
	const parsed = new URL(text);
	const scheme = HTTP_SCHEMES[parsed.protocol];
	if (!scheme) {
		return {
			fault: `The URL has to start with wss://, ws://, https:// or http://, not ${parsed.protocol}// (${EXAMPLE}).`,
		};
	}
	if (parsed.username || parsed.password) {
		return {
			fault:
				'Remove the user name and password from the URL: they belong in API Key and API Secret.',
		};
	}
	const path = parsed.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
	return { value: `${scheme}//${parsed.host}${path}` };
}
