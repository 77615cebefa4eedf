import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { type JsonObject, isObject } from '../../../livekit/json';
import { Breath } from '../dial/eventLoop';
import { readCallInput } from '../dial/input';
import { withoutFailure } from '../dial/item';
import { type World, placeCall } from '../dial/placeCall';
import { runState } from '../dial/state';
import { readBase } from '../../shared/server';
import { cancellation } from './cancellation';
import { type Outcome, inputFailure } from './failure';
import { exchange } from '../../shared/send';
import { isOwnRun, runOnce } from './retries';
import { homeOf, originOf, runIndexOf } from './origin';
import { type Row, readSettings } from './row';
import { itemsOf, run } from '../operations';

async function placeRouted(
	functions: IExecutePaginationFunctions,
	row: Row,
	raw: JsonObject,
	server: string,
): Promise<Outcome<IDataObject[]>> {
	const cancel = cancellation(functions.getExecutionCancelSignal());
	const state = runState(functions.getExecuteData(), row.origin);
	const world: World = {
		state,
		context: functions.getContext('node'),
		cancel,
		breath: new Breath(),
		server,
		started: () => {},
	};
	const input = readCallInput(
		row.node,
		(name, fallback) => functions.getNodeParameter(name, fallback as object),
		raw,
		functions.getInputData().json,
		Number(runIndexOf(functions, row.itemIndex)) + row.itemIndex,
	);
	try {
		return await placeCall(row, input, world);
	} finally {
		cancel.forget();
	}
}

/**
 * Stands behind `requestOperations.pagination`, for n8n's older AI-tool path, which knows no `customOperations`: n8n's
 * routing engine has built the raw body and the request options, and everything else of the way happens here.
 */
export async function runRouted(
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
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
		home: homeOf(this),
		origin: originOf(this, runIndexOf(this, itemIndex)),
		settings: readSettings((name, fallback) => this.getNodeParameter(name, fallback as object)),
		send: async (rpc, content, options) =>
			await exchange(
				this,
				{ ...prepared, ...('value' in base ? base.value : {}) },
				rpc,
				content,
				options,
			),
	};
	if ('fault' in base)
		return itemsOf(itemIndex, inputFailure(row, [base.fault]), this.continueOnFail());
	const raw = isObject(body) ? (body as JsonObject) : {};
	const placing = row.resource === 'call' && row.operation === 'place';
	const { result, rang } = await runOnce(this.getExecuteData(), row, raw, async (once) =>
		placing
			? await placeRouted(this, once, raw, 'value' in base ? base.value.baseURL : '')
			: await run(once, raw),
	);
	// The older tool path starts a failed tool call anew, with nothing that would tell it from a first one.
	const mustNotThrow = rang && !isOwnRun(this.getExecuteData(), row.node);
	if (placing && rang) return itemsOf(itemIndex, withoutFailure(result, true), true);
	return itemsOf(itemIndex, result, mustNotThrow || this.continueOnFail());
}
