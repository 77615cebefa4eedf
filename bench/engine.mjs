import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repoRoot } from '../local/n8n/paths.mjs';

// What n8n itself gives its expression engine (cli/commands/base-command.js).
const EXPRESSIONS = {
	engine: 'vm',
	poolSize: 1,
	maxCodeCacheSize: 1024,
	bridgeTimeout: 5000,
	bridgeMemoryLimit: 128,
};

/** n8n-core's engine with the contenders' packages in it. */
export class Engine {
	/**
	 * @param {string} host folder whose node_modules hold n8n-core, n8n-workflow and maybe n8n-nodes-base
	 * @param {string} temporary folder for n8n's settings and the copies of the packages
	 */
	static async start(host, temporary) {
		process.env.N8N_USER_FOLDER = temporary;
		process.env.N8N_ENCRYPTION_KEY = 'bench';
		process.env.N8N_LOG_LEVEL = 'silent';
		const load = createRequire(join(host, 'package.json'));
		load('reflect-metadata');
		const engine = new Engine();
		engine.core = load('n8n-core');
		engine.workflow = load('n8n-workflow');
		engine.vm = process.versions.node.startsWith('24.');
		if (engine.vm) await engine.workflow.Expression.initExpressionEngine(EXPRESSIONS);
		engine.loaders = new Map();
		// Packages find the host's n8n-workflow beside them, as they do inside n8n.
		mkdirSync(join(temporary, 'node_modules'), { recursive: true });
		symlinkSync(
			join(host, 'node_modules', 'n8n-workflow'),
			join(temporary, 'node_modules', 'n8n-workflow'),
			'junction',
		);
		const ours = join(temporary, 'ours');
		cpSync(join(repoRoot, 'dist'), join(ours, 'dist'), { recursive: true });
		cpSync(join(repoRoot, 'package.json'), join(ours, 'package.json'));
		await engine.#add('n8n-nodes-livekit-sip', new engine.core.PackageDirectoryLoader(ours));
		await engine.#add(
			'n8n-nodes-lean-livekit',
			new engine.core.PackageDirectoryLoader(join(repoRoot, 'bench', 'lean')),
		);
		return engine;
	}

	/** @param {string} folder n8n-nodes-base, of which only the nodes that are used get loaded */
	async addNodesBase(folder) {
		await this.#add('n8n-nodes-base', new this.core.LazyPackageDirectoryLoader(folder));
	}

	async #add(name, loader) {
		await loader.loadAll();
		this.loaders.set(name, loader);
	}

	#typeOf(name, version) {
		if (name === 'bench.start') return START;
		const [packageName, node] = name.split('.');
		return this.workflow.NodeHelpers.getVersionedNodeType(
			this.loaders.get(packageName).getNode(node).type,
			version,
		);
	}

	#credentials(values) {
		const loaderOf = {
			liveKitApi: 'n8n-nodes-livekit-sip',
			leanLiveKitApi: 'n8n-nodes-lean-livekit',
		};
		return {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			authenticate: async (data, type, options) =>
				await this.loaders.get(loaderOf[type]).getCredential(type).type.authenticate(data, options),
			preAuthentication: async () => undefined,
			runPreAuthentication: async () => undefined,
			getDecrypted: async (_additional, _node, type) => ({ ...values[type] }),
			getCredentialsProperties: () => [],
		};
	}

	/**
	 * Runs one node on the given rows.
	 *
	 * @param {object} described `nodeOf` of contenders.mjs
	 * @param {object} credentials decrypted values by credential type
	 * @param {object[]} rows JSON of the input items
	 * @param {object[]} [list] JSON of the items of a node called List before it
	 * @returns {Promise<object[]>} the node's output items
	 * @throws what made the node or the execution stop
	 */
	async run(described, credentials, rows, list = []) {
		const { workflow: api, core } = this;
		const nodes = [
			{
				id: '0',
				name: 'Start',
				type: 'bench.start',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{ id: '1', name: 'Node', position: [0, 0], ...described },
			{
				id: '2',
				name: 'List',
				type: 'bench.start',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
		];
		const connections = {
			List: { main: [[{ node: 'Start', type: 'main', index: 0 }]] },
			Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] },
		};
		const nodeTypes = {
			getByName: (name) => this.#typeOf(name),
			getByNameAndVersion: (name, version) => this.#typeOf(name, version),
			getKnownTypes: () => ({}),
		};
		const shape = { id: 'bench', name: 'bench', nodes, connections, active: false };
		const flow = new api.Workflow({ ...shape, nodeTypes, settings: { executionOrder: 'v1' } });
		const execution = api.createRunExecutionData({
			startData: {},
			resultData: {
				runData: {
					List: [
						{
							startTime: 0,
							executionTime: 0,
							executionIndex: 0,
							source: [],
							data: { main: [list.map((json) => ({ json }))] },
						},
					],
				},
			},
			executionData: {
				contextData: {},
				metadata: {},
				waitingExecution: {},
				waitingExecutionSource: {},
				nodeExecutionStack: [
					{ node: nodes[0], data: { main: [rows.map((json) => ({ json }))] }, source: null },
				],
			},
		});
		const base = 'http://127.0.0.1:5678';
		const additionalData = {
			executionId: '1',
			currentNodeExecutionIndex: 0,
			variables: {},
			credentialsHelper: this.#credentials(credentials),
			hooks: new core.ExecutionLifecycleHooks('trigger', '1', shape),
			restApiUrl: `${base}/rest`,
			instanceBaseUrl: base,
			webhookBaseUrl: base,
			webhookWaitingBaseUrl: base,
			webhookTestBaseUrl: base,
			formWaitingBaseUrl: base,
			setExecutionStatus: ignored,
			sendDataToUI: ignored,
			logAiEvent: ignored,
		};
		const run = await new core.WorkflowExecute(
			additionalData,
			'trigger',
			execution,
		).processRunExecutionData(flow);
		const { error, runData } = run.data.resultData;
		if (error) throw error;
		return runData.Node[0].data.main[0];
	}
}

const ignored = () => undefined;

const START = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		inputs: [],
		outputs: ['main'],
		properties: [],
		defaults: {},
	},
	async execute() {
		return [this.getInputData()];
	},
};
