import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { grantFor } from '../livekit/http/grants';
import { signToken } from '../livekit/http/token';
import { credentialError } from '../nodes/shared/errors';

/** n8n's HTTP Request node passes older request options, which have the address in `uri`. */
type AnyRequestOptions = IHttpRequestOptions & { uri?: string };

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
	 * Signs a request with the least grant that it needs. n8n calls this for our nodes (`baseURL` and a relative `url`) and for
	 * the HTTP Request node (`uri`), and again after a 401. Then it replaces the token that it set before.
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
		const { baseURL = '', url, uri }: AnyRequestOptions = requestOptions;
		const grant = grantFor(`${baseURL}/${url ?? uri ?? ''}`, requestOptions.body);
		const token = await signToken({ apiKey, apiSecret, grant });
		return {
			...requestOptions,
			headers: { ...otherHeaders(requestOptions.headers), Authorization: `Bearer ${token}` },
		};
	}
}
