import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { grantFor } from '../../livekit/http/grants';
import { signToken } from '../../livekit/http/token';
import { httpBase } from '../../livekit/http/url';
import {
	isListOf,
	refusal,
	unreachable,
	NOT_LIVEKIT,
	NO_SIP_API,
	type Answer,
} from './connectionWords';
import { plainText } from './errors';

// A function of the node and not a `test` request of the credential: n8n's rules for such a request can compare a status code or
// one exact value, so they cannot read LiveKit's plain text answers nor tell an empty LiveKit list from a foreign server's {}.
// n8n offers a test function no HTTP call but the deprecated `request`, hence `fetch`, which does not take n8n's proxy settings.

const TIMEOUT_MS = 10_000;
const SIP_CALL = 'livekit.SIP/ListSIPInboundTrunk';
const ROOM_CALL = 'livekit.RoomService/ListRooms';

interface Server {
	base: string;
	apiKey: string;
	apiSecret: string;
}

async function call(server: Server, rpc: string, { signed }: { signed: boolean }): Promise<Answer> {
	const path = `/twirp/${rpc}`;
	const authorization = signed && {
		Authorization: `Bearer ${await signToken({ ...server, grant: grantFor(path) })}`,
	};
	const response = await fetch(server.base + path, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...authorization },
		body: '{"page":{"limit":1}}',
		// A token must not follow a redirect to some other host.
		redirect: 'manual',
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	return {
		status: response.status,
		location: response.headers.get('location') ?? '',
		text: await response.text(),
	};
}

async function findFault(server: Server): Promise<string | undefined> {
	const answer = await call(server, SIP_CALL, { signed: true });
	if (answer.status === 404) {
		const rooms = await call(server, ROOM_CALL, { signed: true });
		return isListOf('rooms', rooms) ? NO_SIP_API : NOT_LIVEKIT;
	}
	if (!isListOf('items', answer)) return refusal(answer, server.apiSecret);
	// A list may be empty, and some LiveKit servers write that as {}. What no foreign server does as well is to refuse it without a token.
	const anonymous = await call(server, SIP_CALL, { signed: false });
	return isListOf('items', anonymous) ? NOT_LIVEKIT : undefined;
}

function trimmed(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

async function check(data: ICredentialDataDecryptedObject): Promise<string | undefined> {
	const base = httpBase(data.url);
	if ('fault' in base) return base.fault;
	const server = {
		base: base.value,
		apiKey: trimmed(data.apiKey),
		apiSecret: trimmed(data.apiSecret),
	};
	if (server.apiKey === '') return 'Fill in the API Key.';
	if (server.apiSecret === '') return 'Fill in the API Secret.';
	try {
		return await findFault(server);
	} catch (thrown) {
		return unreachable(thrown, new URL(server.base));
	}
}

/**
 * The credential test: lists one trunk and says in words what is in the way: the URL, the key, the secret, the clock, or a server
 * without SIP. Never rejects, and no message holds a token or the secret.
 */
export async function liveKitApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const fault = await check(credential.data ?? {});
	return fault === undefined
		? { status: 'OK', message: 'Connection successful!' }
		: { status: 'Error', message: plainText(fault) };
}
