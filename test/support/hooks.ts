import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';
import type { IDataObject, IWebhookResponseData } from 'n8n-workflow';

import { type Credential, engine } from './harness';
import { signedBySdk, signer } from './webhooks';
import { hostData, triggerWorkflow } from './triggerWorkflow';

/** How n8n runs the webhook of a node. */
export interface HookOptions {
	/** `manual` is the editor's "Listen for test event". */
	readonly mode?: 'webhook' | 'manual';
	/** n8n reads the raw body of nodes of version 1, and of later ones only if it knows the content type. */
	readonly typeVersion?: number;
	readonly nodeId?: string;
	/** Whether n8n cannot create executions, as when its database is gone. */
	broken?: boolean;
}

/** How n8n answers a delivery, and what it would run. */
export interface Answered {
	readonly status: number;
	readonly body: string;
}

const payloadLimit = 16 * 1024 * 1024;
const started = '{"message":"Workflow was started"}';

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
	const gzip = request.headers['content-encoding'] === 'gzip';
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of gzip ? request.pipe(createGunzip()) : request) {
		parts.push(part as Buffer);
		size += (part as Buffer).length;
		if (size > payloadLimit) throw new Error('request entity too large');
	}
	return Buffer.concat(parts);
}

/** As n8n's rawBodyReader does: the request can read its body once it is asked for (n8n body-parser.js). */
function giveRawBody(request: IncomingMessage): void {
	Reflect.set(request, 'readRawBody', async () => {
		if (!Buffer.isBuffer(Reflect.get(request, 'rawBody')))
			Reflect.set(request, 'rawBody', await bytesOf(request));
	});
}

/** As n8n parses a body, before the node is asked (n8n webhook-helpers.js parseRequestBody). */
async function parseBody(request: IncomingMessage, typeVersion: number): Promise<void> {
	const type = (request.headers['content-type'] ?? '').split(';')[0];
	Reflect.set(request, 'body', {});
	if (typeVersion > 1 && !/^(application\/json|text\/plain)$/.test(type)) return;
	await request.readRawBody();
	if (type === 'application/json')
		Reflect.set(request, 'body', JSON.parse(request.rawBody.toString('utf8')));
}

/**
 * An active workflow of one LiveKit Call Trigger behind a real HTTP server that does what n8n's webhook server does: raw
 * bodies, parsing, answers. The node runs in n8n-core's own contexts.
 */
export class CallHook {
	/** Items of each execution that was started. */
	readonly executions: IDataObject[][] = [];
	/** What n8n shows of executions that could not start. */
	readonly failures: Array<Error & { description?: string }> = [];
	/** Whether the answer had been sent when the execution began, per execution. */
	readonly answeredFirst: boolean[] = [];

	private constructor(
		private readonly server: Server,
		private readonly credential: Credential,
		private readonly parameters: IDataObject,
		readonly options: HookOptions,
	) {}

	/** Activates the workflow as n8n does and opens its URL. Rejects as the activation does. */
	static async open(
		parameters: IDataObject,
		options: HookOptions = {},
		credential: Credential = { url: 'http://127.0.0.1:9', ...signer },
	): Promise<CallHook> {
		const server = createServer((request, response) => void hook.handle(request, response));
		const hook = new CallHook(server, credential, parameters, options);
		await hook.activate();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return hook;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private get typeVersion(): number {
		return this.options.typeVersion ?? 2;
	}

	/** JSON of the first items of all executions. */
	get items(): IDataObject[] {
		return this.executions.flat();
	}

	/** Sends a body as LiveKit does, signed with its SDK unless there is another token. */
	async post(
		body: string | Uint8Array<ArrayBuffer>,
		headers: Record<string, string | undefined> = {},
	): Promise<Answered> {
		const all = {
			'content-type': 'application/webhook+json',
			authorization: await signedBySdk(body),
			...headers,
		};
		const given = Object.entries(all).filter(
			(entry): entry is [string, string] => entry[1] !== undefined,
		);
		const { port } = this.server.address() as AddressInfo;
		const response = await fetch(`http://127.0.0.1:${port}/`, {
			method: 'POST',
			body,
			headers: given,
		});
		return { status: response.status, body: await response.text() };
	}

	/** Sends an event as LiveKit does. */
	async send(event: object): Promise<Answered> {
		return await this.post(JSON.stringify(event));
	}

	private async parts() {
		const parts = await engine();
		const { type, node, workflow } = await triggerWorkflow('liveKitCallTrigger', {
			id: this.options.nodeId ?? 'node-1',
			name: 'LiveKit Call Trigger',
			typeVersion: this.typeVersion,
			parameters: this.parameters,
		});
		const additionalData = await hostData(this.credential);
		const [webhookDescription] = type.description.webhooks ?? [];
		const webhookData = {
			webhookDescription,
			node: node.name,
			path: 'webhook',
			httpMethod: 'POST',
		};
		return {
			...parts,
			type,
			workflow,
			node: workflow.getNode(node.name)!,
			additionalData,
			webhookData,
		};
	}

	private async activate(): Promise<void> {
		const { core, type, workflow, node, additionalData, webhookData } = await this.parts();
		const context = new core.HookContext(
			workflow,
			node,
			additionalData as never,
			this.options.mode === 'manual' ? 'manual' : 'trigger',
			this.options.mode === 'manual' ? 'manual' : 'activate',
			webhookData as never,
		);
		const methods = type.webhookMethods?.default;
		if (await methods?.checkExists.call(context as never)) return;
		await methods?.create.call(context as never);
	}

	private async run(
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<IWebhookResponseData> {
		const { core, type, workflow, node, additionalData, webhookData } = await this.parts();
		const context = new core.WebhookContext(
			workflow,
			node,
			{ ...additionalData, httpRequest: request, httpResponse: response } as never,
			this.options.mode ?? 'webhook',
			webhookData as never,
			[],
			null,
		);
		return (await type.webhook!.call(context as never)) as IWebhookResponseData;
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		giveRawBody(request);
		try {
			await parseBody(request, this.typeVersion);
		} catch {
			response.writeHead(422).end('{"message":"Failed to parse request body"}');
			return;
		}
		try {
			const result = await this.run(request, response);
			if (result.noWebhookResponse) return;
			if (this.options.broken) throw new Error('no database');
			response
				.writeHead(200)
				.end(result.workflowData ? started : '{"message":"Webhook call received"}');
			if (!result.workflowData) return;
			this.answeredFirst.push(response.writableEnded);
			this.executions.push(result.workflowData[0].map(({ json }) => json));
		} catch (cause) {
			this.failures.push(cause as Error);
			response
				.writeHead(500)
				.end('{"message":"Workflow Webhook Error: Workflow could not be started!"}');
		}
	}
}
