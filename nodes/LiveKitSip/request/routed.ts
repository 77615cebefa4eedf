import type { DeclarativeRestApiSettings, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import { type JsonObject, isObject } from '../../../livekit/json';
import { readBase } from './base';
import { inputFailure } from './failure';
import { exchange } from './link';
import { isOwnRun, runOnce } from './once';
import { originOf, runIndexOf } from './origin';
import { type Row, readSettings } from './row';
import { itemsOf, run } from './run';

/**
 * Stands behind `requestOperations.pagination`, for n8n's older AI-tool path, which knows no `customOperations`: n8n's
 * routing engine has built the raw body and the request options, and everything else of the way happens here.
 */
export async function runRouted(this: IExecutePaginationFunctions, requestData: DeclarativeRestApiSettings.ResultOptions): Promise<INodeExecutionData[]> {
	const { body, skipSslCertificateValidation, ...rest } = requestData.options;
	// The engine has read the node's own options already; only the URL is still the user's.
	const base = readBase(rest.baseURL, {});
	const prepared = { ...rest, skipSslCertificateValidation: Boolean(skipSslCertificateValidation) };
	const itemIndex = this.getItemIndex();
	const row: Row = {
		node: this.getNode(),
		itemIndex,
		resource: String(this.getNodeParameter('resource')),
		operation: String(this.getNodeParameter('operation')),
		origin: originOf(this, runIndexOf(this, itemIndex)),
		settings: readSettings((name, fallback) => this.getNodeParameter(name, fallback as object)),
		send: async (rpc, content, options) => await exchange(this, { ...prepared, ...('value' in base ? base.value : {}) }, rpc, content, options),
	};
	if ('fault' in base) return itemsOf(itemIndex, inputFailure(row, [base.fault]), this.continueOnFail());
	const raw = isObject(body) ? (body as JsonObject) : {};
	const { result, rang } = await runOnce(this.getExecuteData(), row, raw, async (once) => await run(once, raw));
	// The older tool path starts a failed tool call anew, with nothing that would tell it from a first one.
	const mustNotThrow = rang && !isOwnRun(this.getExecuteData(), row.node);
	return itemsOf(itemIndex, result, mustNotThrow || this.continueOnFail());
}
