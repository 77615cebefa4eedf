import { fateOf } from '../../../livekit/outcome/call';
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
		['getaddrinfo ESERVFAIL livekit.example.com', 'ESERVFAIL', /host .* was not found/],
		['getaddrinfo EMFILE livekit.example.com', 'EMFILE', /host .* was not found/],
		['DNS lookup for livekit.example.com returned no results', undefined, /host .* was not found/],
		['connect ETIMEDOUT 10.0.0.9:443', 'ETIMEDOUT', /cannot be reached over the network/],
		['connect ENETDOWN 10.0.0.9:443', 'ENETDOWN', /cannot be reached over the network/],
		['connect EACCES 10.0.0.9:443', 'EACCES', /cannot be reached over the network/],
		['connect EPERM 10.0.0.9:443', 'EPERM', /cannot be reached over the network/],
		['connect EINVAL 0.0.0.1:443', 'EINVAL', /cannot be reached over the network/],
		['connect EMFILE 10.0.0.9:443', 'EMFILE', /cannot open any more connections/],
		['connect EADDRNOTAVAIL 10.0.0.9:443', 'EADDRNOTAVAIL', /cannot open any more connections/],
		['connect EADDRINUSE 10.0.0.9:443', 'EADDRINUSE', /cannot open any more connections/],
		[
			'Client network socket disconnected before secure TLS connection was established',
			'ECONNRESET',
			/could not agree on TLS/,
		],
		[
			'write EPROTO 40E:error:0A000410:SSL routines::sslv3 alert handshake failure:SSL alert number 40',
			'EPROTO',
			/could not agree on TLS/,
		],
		[
			'write EPROTO 40E:error:0A000102:SSL routines::unsupported protocol',
			'EPROTO',
			/could not agree on TLS/,
		],
		[
			'write EPROTO 40E:error:0A00009C:SSL routines:ssl3_get_record:http request',
			'EPROTO',
			/does not speak TLS/,
		],
		['certificate revoked', 'CERT_REVOKED', /certificate .* is not trusted/],
		['ca md too weak', 'CA_MD_TOO_WEAK', /certificate .* is not trusted/],
		[
			'Invalid character in header content ["X"]',
			'ERR_INVALID_CHAR',
			/could not write the request/,
		],
		['Request path contains unescaped characters', 'ERR_UNESCAPED_CHARACTERS', /no web address/],
		['Proxy connection ended before receiving CONNECT response', undefined, /proxy did not open/],
		['No header received from proxy CONNECT response', undefined, /proxy did not open/],
		[
			'The request was blocked because it resolves to a restricted IP address',
			undefined,
			/SSRF.* blocks this address/,
		],
		[
			'The request was blocked because the destination hostname is restricted',
			undefined,
			/SSRF.* blocks this address/,
		],
		['Cannot determine the host for this connection', undefined, /SSRF.* blocks this address/],
		[
			'This credential is configured to prevent use within an HTTP Request node',
			undefined,
			/does not allow this host/,
		],
		[
			'No allowed domains specified. Configure allowed domains or change restriction setting.',
			undefined,
			/does not allow this host/,
		],
		[
			'Node "LiveKit" does not have any credentials of type "liveKitApi" set',
			undefined,
			/cannot read the LiveKit API credential/,
		],
	])('%s', (message, code, words) => {
		const refusal = connectionRefusal(thrown(message, code), false);
		expect(refusal).toMatchObject({ status: 0, code: 'no_answer' });
		expect(refusal.message).toMatch(words);
		expect(refusal.advice).toMatch(/^[A-Z].{20,}\.$/);
		expect(fateOf(refusal)).toMatchObject({ outcome: 'not_sent' });
	});

	it('is known by what happened at each address of the host', () => {
		const each = ['1.2.3.4', '2001:db8::1'].map((address) =>
			thrown(`connect ETIMEDOUT ${address}:443`, 'ETIMEDOUT'),
		);
		const all = Object.assign(new AggregateError(each, ''), { code: 'ETIMEDOUT' });
		expect(connectionRefusal(new Error('', { cause: all }), false).code).toBe('no_answer');
	});

	it('says what is missing in the credential', () => {
		expect(
			connectionRefusal(
				thrown('Fill in API Key and API Secret in the LiveKit API credential.'),
				false,
			),
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
		// Without "write", TLS stood: a gateway wrote plain text into it, or the server refused the client's certificate.
		[
			'80E:error:0A00010B:SSL routines:ssl3_get_record:wrong version number',
			'ERR_SSL_WRONG_VERSION_NUMBER',
			/broke off/,
		],
		[
			'80E:error:0A0000C6:SSL routines:ssl3_get_record:packet length too long',
			'ERR_SSL_PACKET_LENGTH_TOO_LONG',
			/broke off/,
		],
		[
			'80E:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure',
			'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
			/broke off/,
		],
		[
			'80E:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required',
			'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
			/broke off/,
		],
		[
			'80E:error:0A000415:SSL routines:ssl3_read_bytes:sslv3 alert certificate expired',
			'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
			/broke off/,
		],
		['Request not allowed', undefined, /broke off/],
		['timeout of 300000ms exceeded', 'ECONNABORTED', /did not answer in time/],
		['read ETIMEDOUT', 'ETIMEDOUT', /did not answer in time/],
		['canceled', 'ERR_CANCELED', /broke off/],
		['write EPIPE', 'EPIPE', /broke off/],
		['aborted', 'ECONNRESET', /broke off/],
		['Parse Error: Expected HTTP/', 'HPE_INVALID_CONSTANT', /broke off/],
		['ESOCKETTIMEDOUT', 'ESOCKETTIMEDOUT', /did not answer in time/],
		['The HTTP request was not answered', undefined, /broke off/],
	])('%s', (message, code, words) => {
		const refusal = connectionRefusal(thrown(message, code), false);
		expect(refusal).toMatchObject({ status: 0, code: 'unknown_fate' });
		expect(refusal.message).toMatch(words);
		expect(fateOf(refusal)).toMatchObject({ outcome: 'unknown' });
		// What only reads has changed nothing.
		const read = connectionRefusal(thrown(message, code), true);
		expect(read).toMatchObject({ code: 'no_answer', message: refusal.message });
	});

	it('reads what n8n 1.x leaves of an error', () => {
		const refusal = connectionRefusal(
			Object.assign(new Error('The connection was aborted, perhaps the server is offline'), {
				httpCode: 'EHOSTUNREACH',
				messages: ['read EHOSTUNREACH'],
			}),
			false,
		);
		expect(refusal.code).toBe('unknown_fate');
	});
});
