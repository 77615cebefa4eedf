import type { DeclarativeRestApiSettings, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import { type JsonObject, isObject } from '../../../livekit/json';
import { exchange } from './link';
import { dialOnce } from './dialMemory';
import { originOf } from './origin';
import type { Row } from './row';
import { itemsOf, run } from './run';

/**
 * Stands behind `requestOperations.pagination`: n8n's routing engine has built the raw body and the request options,
 * and everything else of the way happens here.
 */
export async function runRouted(this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
	const { body, ...rest } = requestData.options;
	const base = { ...rest, skipSslCertificateValidation: Boolean(rest.skipSslCertificateValidation) };
	const row: Row = {
		node: this.getNode(),
		itemIndex: this.getItemIndex(),
		resource: String(this.getNodeParameter('resource')),
		operation: String(this.getNodeParameter('operation')),
		origin: originOf(this, this.getItemIndex()),
		parameter: (name, fallback) => this.getNodeParameter(name, fallback) as typeof fallback,
		send: dialOnce(this.getExecuteData(), async (rpc, content, options) => await exchange(this, base, rpc, content, options)),
	};
	const outcome = await run(row, isObject(body) ? (body as JsonObject) : {});
	return itemsOf(row.itemIndex, outcome, this.continueOnFail());
}
