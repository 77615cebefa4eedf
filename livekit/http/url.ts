import type { Result } from '../result';

const HTTP_SCHEMES: Readonly<Record<string, string>> = {
	'wss:': 'https:',
	'https:': 'https:',
	'ws:': 'http:',
	'http:': 'http:',
};

const EXAMPLE = 'for example wss://my-project.livekit.cloud';

/**
 * The address of LiveKit's API, from the one that the user has (`wss`, `ws`, `https` or `http`), without a slash at the
 * end. A path is kept: LiveKit's SDKs drop it, but a server behind a gateway needs it. White space, query and fragment are
 * dropped.
 *
 * @returns the address, or a sentence that says what to change
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
