/** What keeps a request from being answered, in words for people. */
export interface Trouble {
	readonly message: string;
	/** What to do about it, in sentences. */
	readonly advice: string;
}

const reach = 'Check host and port of the Server URL, the firewall, and the network of n8n.';

const noCommonTls: Trouble = {
	message: 'n8n and the LiveKit server could not agree on TLS',
	advice:
		'Check host and port of the Server URL. If a gateway stands in front of LiveKit, it must know the host and speak TLS 1.2 or newer.',
};

/** Words that prove that a request never left n8n. */
interface Proof extends Trouble {
	readonly says: RegExp;
	/** Whether they prove it only of a connection whose TLS was not set up yet: later they come after the request. */
	readonly whileSettingUp?: true;
}

/** What Node says of a request that waited for TLS. */
const waitedForTls = 'write EPROTO ';

/**
 * What proves that a request never left n8n, in the words of n8n, of Node and of axios. The first that fits counts.
 *
 * n8n refuses some requests itself (SsrfBlockedIpError, SsrfBlockedHostnameError and connection-guards.js of
 * `@n8n/backend-network`; credential-domain-restrictions.js of n8n-workflow, axios-utils.js of n8n-core 1.x). Node reports by
 * the name of the system call what happens before a connection stands: `getaddrinfo`, `connect`. A proxy is asked for the way
 * to a TLS server by CONNECT (https-proxy-agent), and the request follows only if it agrees. Nothing is sent before the
 * certificate is checked and TLS is set up: until then the request waits, and what ends the wait is told as `write EPROTO`.
 * The same codes without these words (ECONNRESET, ETIMEDOUT, ERR_SSL_WRONG_VERSION_NUMBER, an alert of TLS 1.3 about the
 * client's certificate) come from connections that stood, and on which the request had been sent.
 */
const neverSent: readonly Proof[] = [
	{
		says: /resolves to a restricted IP address|destination hostname is restricted|Cannot determine the host for this connection/i,
		message: "n8n's protection against requests to internal servers (SSRF) blocks this address",
		advice:
			'Ask the administrator of n8n to add the host of the LiveKit server to N8N_SSRF_ALLOWED_HOSTNAMES, or its address to N8N_SSRF_ALLOWED_IP_RANGES; the same for the proxy, if n8n goes through one.',
	},
	{
		says: /domain not allowed|restricted from accessing|configured to prevent use within|No allowed domains specified/i,
		message: 'The credential does not allow this host',
		advice:
			'Add the host of the Server URL to Allowed Domains in the LiveKit API credential, or allow all.',
	},
	{
		says: /signs requests to its own server only|could then read the token/,
		message: 'The LiveKit API credential does not sign this request',
		advice:
			'It signs requests to its own server only, and none that a proxy could read. Check the Server URL, and the Proxy in the Settings of the node.',
	},
	{
		says: /does not have any credentials|credentials? could not be decrypted/i,
		message: 'n8n cannot read the LiveKit API credential',
		advice: 'Choose the credential in the node again, or ask the administrator of n8n.',
	},
	{
		says: /CONNECT response/,
		message: 'The proxy did not open the way to the LiveKit server',
		advice:
			'Check the Proxy in the Settings of the node, or the proxy settings of n8n, and whether the proxy may reach the host and port of the Server URL.',
	},
	{
		says: /ENOTFOUND|EAI_|\bgetaddrinfo E|DNS lookup for /,
		message: 'The host of the LiveKit server was not found',
		advice: 'Check the spelling of the Server URL, and the name server (DNS) that n8n uses.',
	},
	{
		says: /\bECONNREFUSED\b/,
		message: 'The LiveKit server refused the connection: nothing listens there',
		advice:
			'Check host and port of the Server URL, and the proxy if n8n goes through one. Inside a container, localhost is the container itself.',
	},
	{
		says: /\bconnect (?:EMFILE|ENFILE|EADDRNOTAVAIL|EADDRINUSE|EAGAIN|ENOBUFS|ENOMEM)\b/,
		message: 'The machine of n8n cannot open any more connections',
		advice:
			'Let fewer rows or workflows run at once, or raise its limit of open files (ulimit -n).',
	},
	{
		says: /\bconnect E[A-Z]/,
		message: 'The LiveKit server cannot be reached over the network',
		advice: reach,
	},
	{
		// Node's own verdicts (`verifyError` of its TLS sockets), and OpenSSL's on a key that is too weak.
		says: /\b(?:CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|ERROR_IN_C|CRL_|INVALID_CA\b|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|(?:EE|CA)_KEY_TOO_SMALL|CA_MD_TOO_WEAK)/,
		message: 'The TLS certificate of the LiveKit server is not trusted',
		advice:
			'Use the host name that the certificate is for, or let Node trust its issuer (NODE_EXTRA_CA_CERTS).',
	},
	{
		says: /wrong version number|unknown protocol|packet length too long|:http request/,
		whileSettingUp: true,
		message: 'The LiveKit server does not speak TLS there',
		advice: 'Start the Server URL with ws:// or http://, or check its port.',
	},
	{
		says: /unsupported protocol|alert (?:handshake failure|protocol version|insufficient security)|unrecognized name|no application protocol|inappropriate fallback|key too small|md too weak/,
		whileSettingUp: true,
		...noCommonTls,
	},
	{
		says: /before secure TLS connection was established/,
		...noCommonTls,
	},
	{
		says: /Invalid URL|ERR_INVALID_URL|ERR_INVALID_PROTOCOL|Unsupported protocol \w|ERR_UNESCAPED_CHARACTERS|ERR_SOCKET_BAD_PORT|ERR_INVALID_DOMAIN_NAME/i,
		message: 'Server URL in the LiveKit API credential is no web address',
		advice: 'It looks like wss://my-project.livekit.cloud.',
	},
	{
		says: /ERR_INVALID_CHAR|ERR_HTTP_INVALID_HEADER_VALUE|ERR_INVALID_HTTP_TOKEN|ERR_BAD_OPTION/,
		message: 'n8n could not write the request',
		advice: 'Check the Server URL in the LiveKit API credential, and the Proxy in the Settings.',
	},
];

/** What kept a request from leaving n8n; undefined if it may have left. */
export function beforeSending(details: string): Trouble | undefined {
	return neverSent.find(
		({ says, whileSettingUp }) =>
			(!whileSettingUp || details.includes(waitedForTls)) && says.test(details),
	);
}

const otherScheme =
	'Check host and port of the Server URL. A server that expects TLS ends connections without it: then the Server URL begins with wss:// or https://.';

const proxyRefused = 'CONNECT response';

/** What a proxy means that answers in place of the server, with that HTTP status. */
export function refusedByProxy(status: number): Trouble {
	const refused = beforeSending(proxyRefused);
	return {
		message: `The proxy did not open the way to the LiveKit server (HTTP ${status})`,
		advice: `${status === 407 ? 'Write user name and password into the address of the proxy. ' : ''}${refused?.advice ?? ''}`,
	};
}

/** What kept the answer to a request from coming. The request may have arrived. */
export function whileWaiting(details: string): Trouble {
	if (/TIMEDOUT|ECONNABORTED|timeout|timed out/i.test(details))
		return { message: 'LiveKit did not answer in time', advice: reach };
	return { message: 'The connection to LiveKit broke off', advice: otherScheme };
}
