import type { IHttpRequestOptions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { ignoreTls, proxyFault } from '../../livekit/http/destination';
import { httpBase } from '../../livekit/http/url';
import { show } from '../../livekit/json';
import { operationError } from './errors';
import type { LabelFault } from './labels';
import { longestTimerMs } from './limits';

/** The options that n8n adds to every routed node. Only its routing engine would read them. */
export interface RequestOptions {
	/** Milliseconds. What an expression gives need not be a number; 0 and empty text are no timeout of the user's. */
	readonly timeout?: unknown;
	/** What an expression gives need not be a boolean. */
	readonly allowUnauthorizedCerts?: unknown;
	/** As the user typed it, or as n8n's routing engine has read it already. */
	readonly proxy?: string | IHttpRequestOptions['proxy'];
	readonly batching?: {
		readonly batch?: { readonly batchSize?: number; readonly batchInterval?: number };
	};
}

/** Where and how requests go. */
export type Server = Partial<IHttpRequestOptions> & { readonly baseURL: string };

function proxyOf(given: RequestOptions['proxy']): IHttpRequestOptions['proxy'] | undefined {
	if (typeof given !== 'string') return given?.host ? given : undefined;
	const text = given.trim();
	if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
	const { hostname, port, protocol, username, password } = new URL(text);
	return {
		host: hostname,
		port: Number(port || (protocol === 'https:' ? 443 : 80)),
		protocol: protocol.replace(':', ''),
		...(username
			? { auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) } }
			: {}),
	};
}

function isUnset(given: unknown): boolean {
	return given === undefined || given === null || given === '' || given === 0;
}

/** The user's timeout in milliseconds, undefined if there is none. */
function timeoutIn(given: unknown): { readonly ms?: number } | { readonly fault: LabelFault } {
	if (isUnset(given)) return {};
	const ms = typeof given === 'string' ? Number(given) : given;
	return typeof ms === 'number' && ms >= 0
		? { ...(ms > 0 ? { ms: Math.min(ms, longestTimerMs) } : {}) }
		: {
				fault: {
					label: 'Timeout',
					message: `in the Settings of the node must be a number of milliseconds, not ${show(given)}`,
				},
			};
}

/** Whether certificates are not looked at. Any text is true for JavaScript, "false" too. */
function looseTrust(given: unknown): { readonly on: boolean } | { readonly fault: LabelFault } {
	if (typeof given === 'boolean' || isUnset(given)) return { on: given === true };
	return {
		fault: {
			label: ignoreTls,
			message: `in the Settings of the node must be true or false, not ${show(given)}`,
		},
	};
}

/**
 * Where and how requests go: the server of the credential, and the node's proxy, TLS and timeout settings.
 *
 * @param url Server URL of the credential
 */
export function serverOf(
	url: unknown,
	options: RequestOptions,
): { readonly value: Server } | { readonly fault: LabelFault } {
	const base = httpBase(url);
	if ('fault' in base)
		return {
			fault: {
				label: 'Server URL',
				message: `of the LiveKit API credential is not usable. ${base.fault}`,
			},
		};
	const proxy = options.proxy ? proxyOf(options.proxy) : undefined;
	if (options.proxy && !proxy)
		return {
			fault: {
				label: 'Proxy',
				message: 'in the Settings of the node must be a URL such as http://127.0.0.1:8080',
			},
		};
	const timeout = timeoutIn(options.timeout);
	if ('fault' in timeout) return timeout;
	const loose = looseTrust(options.allowUnauthorizedCerts);
	if ('fault' in loose) return loose;
	const exposed = proxyFault(base.value, {
		throughProxy: proxy !== undefined,
		...(loose.on ? { looseTrust: ignoreTls } : {}),
	});
	if (exposed) return { fault: { label: 'Proxy', message: exposed } };
	return {
		value: {
			baseURL: base.value,
			...(timeout.ms === undefined ? {} : { timeout: timeout.ms }),
			...(loose.on ? { skipSslCertificateValidation: true } : {}),
			...(proxy ? { proxy } : {}),
		},
	};
}

/**
 * Where and how the requests of a picker or a trigger go, see {@link serverOf}.
 *
 * @throws NodeOperationError that names the setting and says what to do
 */
export async function readServer(
	functions: ILoadOptionsFunctions | IPollFunctions,
	options: RequestOptions = {},
): Promise<Server> {
	const { url } = await functions.getCredentials('liveKitApi');
	const server = serverOf(url, options);
	if ('fault' in server) {
		const { label, message } = server.fault;
		throw operationError(functions.getNode(), `${label} ${message}`);
	}
	return server.value;
}
