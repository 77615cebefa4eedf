import { connectionRefusal } from '../../../nodes/shared/connection';

/** What axios throws, as n8n hands it on. */
const thrown = (message: string, code?: string) =>
	Object.assign(new Error(message), code === undefined ? {} : { code });

describe('a request that certainly never left', () => {
	it.each([
		['connect ECONNREFUSED 127.0.0.1:7880', 'ECONNREFUSED', /nothing listens there/],
		['connect EHOSTUNREACH 10.0.0.9:443', 'EHOSTUNREACH', /cannot be reached over the network/],
		['connect ENETUNREACH 10.0.0.9:443', 'ENETUNREACH', /cannot be reached over the network/],
		['getaddrinfo ENOTFOUND livekit.example.com', 'ENOTFOUND', /host .* was not found/],
		['getaddrinfo EAI_AGAIN livekit.example.com', 'EAI_AGAIN', /host .* was not found/],
		['getaddrinfo EAI_FAIL livekit.example.com', 'EAI_FAIL', /host .* was not found/],
		['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', /certificate .* is not trusted/],
		[
			'write EPROTO 40E:error:0A00010B:SSL routines:ssl3_get_record:wrong version number',
			'EPROTO',
			/does not speak TLS/,
		],
		[
			'Domain not allowed: This credential is restricted from accessing https://livekit.example.com',
			undefined,
			/does not allow this host/,
		],
	])('%s', (message, code, words) => {
		const refusal = connectionRefusal(thrown(message, code));
		expect(refusal).toMatchObject({ status: 0, code: 'no_answer' });
		expect(refusal.message).toMatch(words);
	});

	it('says what is missing in the credential', () => {
		expect(
			connectionRefusal(thrown('Fill in API Key and API Secret in the LiveKit API credential.')),
		).toMatchObject({ code: 'no_credential' });
	});
});

// Node's words for connections that were open: what was sent on them may have arrived.
describe('a request of which nobody knows whether it arrived', () => {
	it.each([
		['read EHOSTUNREACH', 'EHOSTUNREACH', /broke off/],
		['read ENETUNREACH', 'ENETUNREACH', /broke off/],
		['read ECONNRESET', 'ECONNRESET', /broke off/],
		['socket hang up', 'ECONNRESET', /broke off/],
		[
			'write EPROTO 40E:error:0A000126:SSL routines::unexpected eof while reading',
			'EPROTO',
			/broke off/,
		],
		[
			'read EPROTO 40E:error:0A000438:SSL routines::tlsv1 alert internal error:SSL alert number 80',
			'EPROTO',
			/broke off/,
		],
		['Request not allowed', undefined, /broke off/],
		['timeout of 300000ms exceeded', 'ECONNABORTED', /did not answer in time/],
		['read ETIMEDOUT', 'ETIMEDOUT', /did not answer in time/],
		['canceled', 'ERR_CANCELED', /broke off/],
	])('%s', (message, code, words) => {
		const refusal = connectionRefusal(thrown(message, code));
		expect(refusal).toMatchObject({ status: 0, code: 'unknown_fate' });
		expect(refusal.message).toMatch(words);
	});

	it('reads what n8n 1.x leaves of an error', () => {
		const refusal = connectionRefusal(
			Object.assign(new Error('The connection was aborted, perhaps the server is offline'), {
				httpCode: 'EHOSTUNREACH',
				messages: ['read EHOSTUNREACH'],
			}),
		);
		expect(refusal.code).toBe('unknown_fate');
	});
});
