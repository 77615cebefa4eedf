import type {
	IDataObject,
	IExecuteContextData,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	IRun,
	NodeApiError,
	NodeParameterValueType,
	WorkflowParameters,
} from 'n8n-workflow';

import type { LocalLiveKit } from '../../local/livekit/server';
import { type Engine, loadEngine, type Major } from './engine';

/** Major version of n8n whose engine runs here. Scripts outside of jest run that of 2.x. */
export const major: Major = globalThis.n8nEngine?.major ?? 2;

/** The engine with the built package in it. */
export async function engine(): Promise<Engine> {
	return globalThis.n8nEngine ?? (await loadEngine(major));
}

/** Values of a credential, as n8n would decrypt them. */
export interface Credential {
	url: string;
	apiKey: string;
	apiSecret: string;
}

/** Credential of a local LiveKit. */
export function credentialOf(server: LocalLiveKit): Credential {
	return { url: server.url, apiKey: server.key, apiSecret: server.secret };
}

/** n8n's credentials helper over one fixed credential. */
export function credentialsHelper({ loader }: Engine, credential: Credential) {
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		authenticate: async (values: unknown, type: string, options: unknown) => {
			const { authenticate } = loader.getCredential(type).type as {
				authenticate: (values: unknown, options: unknown) => Promise<unknown>;
			};
			return await authenticate(values, options);
		},
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		getDecrypted: async () => ({ ...credential }),
		getCredentials: async () => {
			throw new Error('not used');
		},
		getCredentialsProperties: () => [],
		updateCredentials: async () => undefined,
		updateCredentialsOauthTokenData: async () => undefined,
	};
}

/** Node settings besides parameters, and which execution of which n8n this is. */
export interface NodeSettings
	extends Partial<
		Pick<INode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries' | 'id' | 'credentials'>
	> {
	executionId?: string;
	instanceId?: string;
	/** How often the node has run before in this execution, as in a loop. */
	runIndex?: number;
	/** Whether n8n's routing runs the operation even where the node has one of its own, as n8n's older AI-tool path does. */
	routedOnly?: boolean;
	/** What an execution, of which this one is a retry by hand, left in n8n's context of nodes. */
	contextData?: IExecuteContextData;
	/** Gets, as the run begins, what cancels the execution. */
	onStart?: (cancel: () => void) => unknown;
}

/** What a run of the node came to. */
export interface Result {
	/** Items of the first output. */
	items: INodeExecutionData[];
	/** Items of the error output. */
	errors: INodeExecutionData[];
	/** JSON of the first output. */
	json: IDataObject[];
	error?: NodeApiError;
	/** All that n8n would store of the execution, as text. */
	stored: string;
	run: IRun;
}

const earlierRun = () => ({
	startTime: 0,
	executionTime: 0,
	executionIndex: 0,
	executionStatus: 'success',
	source: [],
	data: { main: [[]] },
});

const start = {
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
	async execute(this: { getInputData(): INodeExecutionData[] }) {
		return [this.getInputData()];
	},
};

/** What n8n hands to an execution of the workflow `test`, as far as nodes can tell. */
export function additionalDataOf(
	parts: Engine,
	credential: Credential,
	executionId: string,
	parameters: IDataObject,
	flow: Pick<WorkflowParameters, 'nodes' | 'connections'>,
) {
	const base = 'http://127.0.0.1:5678';
	return {
		executionId,
		currentNodeExecutionIndex: 0,
		currentNodeParameters: parameters,
		credentialsHelper: credentialsHelper(parts, credential),
		variables: {},
		hooks: new parts.core.ExecutionLifecycleHooks('trigger', executionId, {
			id: 'workflow-1',
			name: 'test',
			active: false,
			...flow,
		} as never),
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: base,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
		logAiEvent: () => undefined,
	} as never;
}

/** A workflow of a start and one LiveKit SIP node, with what n8n hands to its executions. */
function workflowOf(
	parts: Engine,
	credential: Credential,
	parameters: IDataObject,
	settings: NodeSettings,
) {
	const { workflow, loader } = parts;
	const {
		executionId = '1',
		instanceId = 'instance-1',
		runIndex = 0,
		routedOnly = false,
		onStart,
		contextData: _context,
		...nodeSettings
	} = settings;
	Object.assign(parts.instance, { instanceId });
	const liveKitSip = workflow.NodeHelpers.getVersionedNodeType(loader.getNode('liveKitSip').type);
	const typeOf = (name: string) =>
		name === 'test.start'
			? start
			: routedOnly
				? { ...liveKitSip, customOperations: undefined }
				: liveKitSip;
	const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
	const node = {
		id: 'node-1',
		name: 'LiveKit',
		type: 'n8n-nodes-livekit-sip.liveKitSip',
		typeVersion: 1,
		position: [0, 0],
		credentials: { liveKitApi: { id: '1', name: 'LiveKit' } },
		parameters,
		...nodeSettings,
	};
	const nodes = [
		{
			id: '0',
			name: 'Start',
			type: 'test.start',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		node,
	] as INode[];
	const connections = { Start: { main: [[{ node: 'LiveKit', type: 'main' as const, index: 0 }]] } };
	const flow = new workflow.Workflow({
		id: 'workflow-1',
		name: 'test',
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypes as never,
		settings: { executionOrder: 'v1' },
	});
	const additionalData = additionalDataOf(parts, credential, executionId, parameters, {
		nodes,
		connections,
	});
	return {
		flow,
		nodes,
		additionalData,
		runData: runIndex > 0 ? { LiveKit: Array.from({ length: runIndex }, earlierRun) } : {},
	};
}

/** Runs one LiveKit SIP node in n8n's engine on the given input rows. */
export async function runNode(
	credential: Credential,
	parameters: IDataObject,
	rows: IDataObject[] = [{}],
	settings: NodeSettings = {},
): Promise<Result> {
	const parts = await engine();
	const { core, workflow } = parts;
	const { flow, nodes, additionalData, runData } = workflowOf(
		parts,
		credential,
		parameters,
		settings,
	);
	const data = {
		startData: {},
		resultData: { runData },
		executionData: {
			contextData: settings.contextData ?? {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			nodeExecutionStack: [
				{ node: nodes[0], data: { main: [rows.map((json) => ({ json }))] }, source: null },
			],
		},
	};
	const execution = workflow.createRunExecutionData
		? workflow.createRunExecutionData(data as never)
		: data;
	const running = new core.WorkflowExecute(
		additionalData,
		'trigger',
		execution as never,
	).processRunExecutionData(flow);
	await settings.onStart?.(() => running.cancel());
	const run = await running;
	const task = run.data.resultData.runData.LiveKit?.at(-1);
	const items = task?.data?.main?.[0] ?? [];
	return {
		items,
		errors: task?.data?.main?.[1] ?? [],
		json: items.map((item) => item.json),
		error: (task?.error ?? run.data.resultData.error) as NodeApiError | undefined,
		// Made when it is asked for: rows of fuzzed tests are nested more deeply than this can write.
		get stored() {
			return JSON.stringify(run, (_key, value: unknown) =>
				value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value,
			);
		},
		run,
	};
}

/** What n8n makes of a stored parameter, expressions in it evaluated. */
export async function evaluated(stored: NodeParameterValueType): Promise<unknown> {
	const { flow } = workflowOf(await engine(), { url: '', apiKey: '', apiSecret: '' }, {}, {});
	return flow.expression.getParameterValue(stored, null, 0, 0, 'LiveKit', [], 'manual', {});
}

/**
 * What n8n hands to functions of a node while a workflow is edited, with a credential: its helpers send requests as those
 * of executions do.
 */
async function editing(credential: Credential, parameters: IDataObject) {
	const parts = await engine();
	const { flow, nodes, additionalData } = workflowOf(parts, credential, parameters, {});
	return new parts.core.LoadOptionsContext(flow, nodes[1], additionalData, '');
}

/**
 * Sends a request with the credential through n8n's own helpers: the `older` one is that of the HTTP Request node, the
 * newer one that of nodes like ours. Gives what came back, or throws n8n's error.
 */
export async function requestSigned(
	credential: Credential,
	helper: 'older' | 'newer',
	options: object,
): Promise<unknown> {
	const context = await editing(credential, {});
	const { requestWithAuthentication, httpRequestWithAuthentication } = context.helpers;
	return helper === 'older'
		? await requestWithAuthentication.call(context as never, 'liveKitApi', options as never)
		: await httpRequestWithAuthentication.call(context as never, 'liveKitApi', options as never);
}

/** Asks a picker of a node for its entries, as the editor does. */
export async function searchList(
	credential: Credential,
	method: string,
	parameters: IDataObject = {},
	filter?: string,
	node = 'liveKitSip',
): Promise<INodeListSearchResult> {
	const context = await editing(credential, {
		resource: 'call',
		operation: 'transfer',
		...parameters,
	});
	const { methods } = (await engine()).loader.getNode(node).type as INodeType;
	const search = methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list search ${method}`);
	return await search.call(context, filter);
}
