import { type IDataObject, type IExecuteFunctions, type IHttpRequestOptions, type INodeExecutionData, NodeOperationError } from 'n8n-workflow';
import type { JsonObject } from '../../../livekit/json';
import { httpBase } from '../../../livekit/url';
import { collectBody } from './collect';
import { dialOnce } from './dialMemory';
import { type Outcome, inputFailure } from './failure';
import { exchange } from './link';
import { originOf } from './origin';
import { proxyOf } from './proxy';
import type { Row } from './row';
import { itemsOf, run } from './run';

interface RequestOptions {
	readonly timeout?: number;
	readonly allowUnauthorizedCerts?: boolean;
	readonly proxy?: string;
}

// The options that n8n adds to every routed node; its routing engine alone would read them.
function baseOptions(functions: IExecuteFunctions, itemIndex: number, baseURL: string): Partial<IHttpRequestOptions> {
	const { timeout, allowUnauthorizedCerts, proxy } = functions.getNodeParameter('requestOptions', itemIndex, {}) as RequestOptions;
	return {
		baseURL,
		...(timeout ? { timeout } : {}),
		...(allowUnauthorizedCerts ? { skipSslCertificateValidation: true } : {}),
		...(proxy ? { proxy: proxyOf(proxy) } : {}),
	};
}

async function runRow(functions: IExecuteFunctions, row: Omit<Row, 'send'>): Promise<Outcome<IDataObject[]>> {
	const { itemIndex } = row;
	const credentials = await functions.getCredentials('liveKitApi', itemIndex);
	const base = httpBase(credentials.url);
	const send: Row['send'] = async (rpc, body, options) =>
		await exchange(functions, baseOptions(functions, itemIndex, base.ok ? base.value : ''), rpc, body, options);
	const complete: Row = { ...row, send: dialOnce(functions.getExecuteData(), send) };
	if (!base.ok) return inputFailure(complete, [{ path: 'Server URL', message: `of the credential is not usable. ${base.message}` }]);
	const raw = collectRow(functions, complete);
	return 'failure' in raw ? raw : await run(complete, raw.value);
}

function collectRow(functions: IExecuteFunctions, row: Row): Outcome<JsonObject> {
	try {
		return { value: collectBody(functions, row) };
	} catch (error) {
		const cause = error instanceof Error ? error : new Error(String(error));
		return { failure: new NodeOperationError(row.node, cause, { itemIndex: row.itemIndex }) };
	}
}

/**
 * Runs an operation row after row, each seeing what the earlier ones did: n8n's routing engine would start all rows
 * at once. Parameters are evaluated just before their row. Cancelling the execution stops before the next row.
 */
export async function runInOrder(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items: INodeExecutionData[] = [];
	const cancelled = this.getExecutionCancelSignal();
	for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
		if (cancelled?.aborted) break;
		const row = {
			node: this.getNode(),
			itemIndex,
			resource: String(this.getNodeParameter('resource', itemIndex)),
			operation: String(this.getNodeParameter('operation', itemIndex)),
			origin: originOf(this, itemIndex),
			parameter: <T extends string | number | boolean | object>(name: string, fallback: T) => this.getNodeParameter(name, itemIndex, fallback) as T,
		};
		const outcome = await runRow(this, row);
		items.push(...itemsOf(itemIndex, outcome, this.continueOnFail()));
	}
	return [items];
}
