// What one delivery to the call trigger costs: CPU in n8n's own WebhookContext, over the recorded webhooks of a real LiveKit.
// node bench/webhooks.mjs runs this alone.
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repoRoot } from '../local/n8n/paths.mjs';

const ROUNDS = 7;
const DELIVERIES = 2000;
const load = createRequire(join(repoRoot, 'package.json'));
const signer = { apiKey: 'devkey', apiSecret: 'secret-of-at-least-32-characters-long' };
const recorded = readFileSync(join(repoRoot, 'test', 'support', 'webhooks.jsonl'), 'utf8')
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line).raw);

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A delivery as LiveKit signs it, with an ID of its own. */
function delivery(index) {
	const body = Buffer.from(
		recorded[index % recorded.length].replace(/"id":"EV_\w+"/, `"id":"EV_${index}"`),
	);
	const seconds = Math.floor(Date.now() / 1000);
	const sha256 = createHash('sha256').update(body).digest('base64');
	const claims = { iss: signer.apiKey, nbf: seconds, exp: seconds + 300, sha256 };
	const text = `${part({ alg: 'HS256' })}.${part(claims)}`;
	const mac = createHmac('sha256', signer.apiSecret).update(text).digest('base64url');
	return { headers: { authorization: `${text}.${mac}` }, rawBody: body, body: {} };
}

/** The answer as far as the node writes it itself. */
const response = () => ({
	statusCode: 200,
	once: () => undefined,
	writeHead() {
		return this;
	},
	end: () => undefined,
});

async function startTrigger() {
	load('reflect-metadata');
	const core = load('n8n-core');
	const { Workflow } = load('n8n-workflow');
	const loader = new core.PackageDirectoryLoader(repoRoot);
	await loader.loadAll();
	const type = loader.getNode('liveKitCallTrigger').type;
	const credentialsHelper = {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getDecrypted: async () => ({ url: 'http://127.0.0.1:9', ...signer }),
		getCredentialsProperties: () => [],
	};
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	return (parameters) => {
		const node = {
			id: '1',
			name: 'Trigger',
			type: 'n8n-nodes-livekit-sip.liveKitCallTrigger',
			typeVersion: 2,
			position: [0, 0],
			credentials: { liveKitApi: { id: '1', name: 'bench' } },
			parameters,
		};
		const workflow = new Workflow({
			id: 'bench',
			name: 'bench',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
		});
		return async (httpRequest) => {
			const additionalData = {
				credentialsHelper,
				variables: {},
				httpRequest,
				httpResponse: response(),
			};
			const context = new core.WebhookContext(
				workflow,
				workflow.getNode('Trigger'),
				additionalData,
				'webhook',
				{},
				[],
				null,
			);
			return await type.webhook.call(context);
		};
	};
}

/** Milliseconds of CPU per delivery, and how many started an execution. */
async function cost(receive, from) {
	const deliveries = Array.from({ length: DELIVERIES }, (_, index) => delivery(from + index));
	const before = process.cpuUsage();
	let started = 0;
	for (const one of deliveries) if ((await receive(one)).workflowData) started++;
	const { user, system } = process.cpuUsage(before);
	return { cpu: (user + system) / 1000 / DELIVERIES, started };
}

const workflows = [
	['events that nobody asked for', { events: ['recording_ended'] }, 0],
	['events that a filter holds back', { events: ['any'], filters: { room: 'nobody-' } }, 0],
	['events that start a workflow', { events: ['any'], simplify: false }, DELIVERIES],
];

/**
 * Measures the deliveries.
 *
 * @returns {Promise<{deliveries: string, cpuMs: number, perSecond: number}[]>} median CPU milliseconds of one, and how many
 *   one core takes in a second
 */
export async function benchWebhooks() {
	const folder = mkdtempSync(join(tmpdir(), 'livekit-sip-bench-'));
	Object.assign(process.env, {
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: 'bench',
		N8N_LOG_LEVEL: 'silent',
	});
	try {
		const triggerOf = await startTrigger();
		const rows = [];
		let from = 0;
		for (const [name, parameters, expected] of workflows) {
			const costs = [];
			for (let round = 0; round <= ROUNDS; round++) {
				const { cpu, started } = await cost(triggerOf(parameters), from);
				from += DELIVERIES;
				if (started !== expected)
					throw new Error(`${name}: ${started} executions, not ${expected}`);
				// The first round warms up.
				if (round > 0) costs.push(cpu);
			}
			const cpuMs = median(costs);
			rows.push({
				deliveries: name,
				cpuMs: Number(cpuMs.toFixed(3)),
				perSecond: Math.round(1000 / cpuMs),
			});
		}
		return rows;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await benchWebhooks());
