import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { grantFor } from '../../livekit/http/grants';
import { signToken } from '../../livekit/http/token';
import { httpBase } from '../../livekit/http/url';
import type { Refusal } from '../../livekit/http/twirp';
import { isObject } from '../../livekit/json';
import type { Result } from '../../livekit/result';
import { connectionRefusal, naming, proxyRefusal, stoppedRefusal } from './connection';
import { type Answer, NOT_LIVEKIT, NO_SIP_API, isListOf, refusal } from './connectionWords';
import { plainText } from './errors';
import { type Limit, limit } from './limits';
import { isStream, mostOfForeign, readBody } from './readBody';

// A function of the node and not a `test` request of the credential: n8n's rules for such a request can compare a status code or
// one exact value, so they cannot read LiveKit's plain text answers nor tell an empty LiveKit list from a foreign server's {}.
// Of its functions that send requests n8n gives a test function only `request` (ICredentialTestFunctions). In other functions n8n's
// rules want it replaced by newer ones, which are not there. Like those it goes through n8n's proxy and its protection against
// requests to internal servers, which `fetch` does not.

const TIMEOUT_MS = 10_000;
const SIP_CALL = 'livekit.SIP/ListSIPInboundTrunk';
const ROOM_CALL = 'livekit.RoomService/ListRooms';

type Request = ICredentialTestFunctions['helpers']['request'];

interface Server {
	base: string;
	apiKey: string;
	apiSecret: string;
	request: Request;
}

async function call(
	server: Server,
	rpc: string,
	{ signed }: { signed: boolean },
): Promise<Result<Answer>> {
	const path = `/twirp/${rpc}`;
	const authorization = signed && {
		Authorization: `Bearer ${await signToken({ ...server, grant: grantFor(path) })}`,
	};
	const bounds = limit(TIMEOUT_MS, undefined);
	try {
		const asked: Promise<unknown> = server.request({
			method: 'POST',
			uri: server.base + path,
			headers: { 'Content-Type': 'application/json', ...authorization },
			body: '{"page":{"limit":1}}',
			timeout: TIMEOUT_MS,
			// A token must not follow a redirect to some other host.
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			useStream: true,
		});
		return await readWithin(await bounds.orStop(asked), bounds, server.base);
	} catch (thrown) {
		const lost = bounds.stopped() ? stoppedRefusal('time', true) : connectionRefusal(thrown, true);
		return faultOf(lost, server.base);
	} finally {
		bounds.forget();
	}
}

/** That no answer came, in words. */
function faultOf(refusal: Refusal, address: string): { fault: string } {
	const { message, advice = '' } = naming(refusal, address);
	return { fault: `${message}. ${advice}` };
}

async function readWithin(
	response: unknown,
	bounds: Limit,
	address: string,
): Promise<Result<Answer>> {
	const { statusCode, headers, body } = isObject(response) ? response : {};
	const status = Number(statusCode);
	const location = isObject(headers) ? String(headers.location ?? '') : '';
	if (!isStream(body)) return { value: { status, location, text: '' } };
	const refused = proxyRefusal(status, body);
	const { text, end } = await readBody(body, mostOfForeign, bounds);
	if (refused) return faultOf(refused, address);
	if (status === 200 && end === 'broken')
		return faultOf(
			bounds.stopped() ? stoppedRefusal('time', true) : connectionRefusal(undefined, true),
			address,
		);
	return { value: { status, location, text } };
}

async function findFault(server: Server): Promise<string | undefined> {
	const asked = await call(server, SIP_CALL, { signed: true });
	if ('fault' in asked) return asked.fault;
	if (asked.value.status === 404) {
		const rooms = await call(server, ROOM_CALL, { signed: true });
		if ('fault' in rooms) return rooms.fault;
		return isListOf('rooms', rooms.value) ? NO_SIP_API : NOT_LIVEKIT;
	}
	if (!isListOf('items', asked.value)) return refusal(asked.value, server.apiSecret);
	// A list may be empty, and some LiveKit servers write that as {}. What no foreign server does as well is to refuse it without a token.
	const anonymous = await call(server, SIP_CALL, { signed: false });
	if ('fault' in anonymous) return anonymous.fault;
	return isListOf('items', anonymous.value) ? NOT_LIVEKIT : undefined;
}

function trimmed(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

async function check(
	data: ICredentialDataDecryptedObject,
	request: Request,
): Promise<string | undefined> {
	const base = httpBase(data.url);
	if ('fault' in base) return base.fault;
	const server: Server = {
		base: base.value,
		apiKey: trimmed(data.apiKey),
		apiSecret: trimmed(data.apiSecret),
		request,
	};
	if (server.apiKey === '') return 'Fill in the API Key.';
	if (server.apiSecret === '') return 'Fill in the API Secret.';
	return await findFault(server);
}

/**
 * The credential test: lists one trunk and says in words what is in the way: the URL, the key, the secret, the clock, or a server
 * without SIP. Never rejects, and no message holds a token or the secret.
 */
export async function liveKitApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const { helpers } = this;
	const fault = await check(credential.data ?? {}, helpers.request);
	return fault === undefined
		? { status: 'OK', message: 'Connection successful!' }
		: { status: 'Error', message: plainText(fault) };
}
