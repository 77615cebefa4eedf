import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { ignoreTls, pathAt, proxyFault } from '../livekit/http/destination';
import { grantFor } from '../livekit/http/grants';
import { signToken } from '../livekit/http/token';
import { httpBase } from '../livekit/http/url';
import { credentialError } from '../nodes/shared/errors';

/** n8n's HTTP Request node passes older request options, which have the address in `uri` and other names for TLS. */
type AnyRequestOptions = IHttpRequestOptions & {
	uri?: string;
	rejectUnauthorized?: boolean;
	agentOptions?: Readonly<Record<string, unknown>>;
};

/** Both kinds of request options have a name of their own for it. Without it a redirect takes the token to another host. */
const noRedirects = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	sendCredentialsOnCrossOriginRedirect: false,
} as const;

/** What says who the client is. Everything else that an agent can be told, such as `ca`, is about whom to trust. */
const clientCertificate: ReadonlySet<string> = new Set(['cert', 'key', 'passphrase']);

function trimmed(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function otherHeaders(
	headers: IHttpRequestOptions['headers'] = {},
): IHttpRequestOptions['headers'] {
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'),
	);
}

function looseTrustOf(options: AnyRequestOptions): string | undefined {
	const { skipSslCertificateValidation, rejectUnauthorized, agentOptions = {} } = options;
	if (skipSslCertificateValidation || rejectUnauthorized === false) return ignoreTls;
	return Object.keys(agentOptions).every((name) => clientCertificate.has(name))
		? undefined
		: 'the CA of SSL Certificates';
}

/**
 * The path that a request asks of the credential's server.
 *
 * A request to anywhere else is refused, rather than sent without permissions or without a token: a token without
 * permissions still proves to a stranger that it was signed with this secret, who can try out secrets against it at home;
 * and a request without a token comes back as a refusal that nobody understands.
 */
function pathToSign(url: unknown, options: AnyRequestOptions): string {
	const base = httpBase(url);
	if ('fault' in base) throw credentialError(base.fault);
	const path = pathAt(base.value, options);
	if ('fault' in path) throw credentialError(path.fault);
	const way = { throughProxy: Boolean(options.proxy), looseTrust: looseTrustOf(options) };
	const fault = proxyFault(base.value, way);
	if (fault) throw credentialError(`Proxy ${fault}.`);
	return path.value;
}

/** URL, key and secret of a LiveKit server. Its test belongs to the nodes, see `nodes/shared/credentialTest.ts`. */
export class LiveKitApi implements ICredentialType {
	name = 'liveKitApi';

	displayName = 'LiveKit API';

	icon = {
		light: 'file:../icons/livekit-sip.svg',
		dark: 'file:../icons/livekit-sip.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-livekit-sip/n8n-nodes-livekit-sip#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Server URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. wss://my-project.livekit.cloud',
			description:
				'Address of the LiveKit server as LiveKit shows it. wss://, ws://, https:// and http:// all work, with or without a path.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'From the API keys of the LiveKit Cloud project, or the name of an entry under "keys" in the server\'s configuration',
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'The secret that belongs to this API key. It signs a token for each request and is never sent.',
		},
	];

	/**
	 * Signs a request to the credential's own server with the least grant that it needs, and refuses any other. n8n calls this
	 * for our nodes (`baseURL` and a relative `url`) and for the HTTP Request node (`uri`), and again after a 401. Then it
	 * replaces the token that it set before.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const apiKey = trimmed(credentials.apiKey);
		const apiSecret = trimmed(credentials.apiSecret);
		if (apiKey === '' || apiSecret === '') {
			throw credentialError('Fill in API Key and API Secret of the LiveKit API credential.');
		}
		const path = pathToSign(credentials.url, requestOptions);
		const token = await signToken({
			apiKey,
			apiSecret,
			grant: grantFor(path, requestOptions.body),
		});
		return {
			...requestOptions,
			...noRedirects,
			headers: { ...otherHeaders(requestOptions.headers), Authorization: `Bearer ${token}` },
		};
	}
}
