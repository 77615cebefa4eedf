import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { isJsonObject } from '../../../livekit/json';
import { serverOf } from '../../shared/server';
import { inputFailure } from './failure';
import { itemsOf } from './items';
import { openRow, openRun } from './openRow';
import type { Operation } from './operation';
import { runOnce } from './retries';

/**
 * Runs one row on n8n's older AI-tool path, which does not know `customOperations`: n8n's routing engine has built the raw
 * body and the request options. From there on the way is the same.
 *
 * Once a phone may have rung it never throws: that path starts a failed tool call anew, with nothing that would tell it
 * from a first one.
 */
export async function runRouted(
	functions: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const { body, skipSslCertificateValidation, ...rest } = options;
	const itemIndex = functions.getItemIndex();
	const read = (name: string, _itemIndex: number, fallback: unknown) =>
		functions.getNodeParameter(name, fallback as object);
	const run = openRun(functions, operation, read, () => functions.getInputData().json);
	// The engine has read the node's own options already; only the URL is still as the user typed it.
	const server = serverOf(rest.baseURL, {
		proxy: rest.proxy,
		allowUnauthorizedCerts: Boolean(skipSslCertificateValidation),
	});
	const { apiKey } = await functions.getCredentials('liveKitApi');
	const account = {
		server: 'value' in server ? { ...rest, ...server.value } : { baseURL: '' },
		apiKey,
	};
	const row = openRow(run, itemIndex, account, () => {});
	const onFailure = functions.continueOnFail() ? 'report' : 'throw';
	try {
		if ('fault' in server) return itemsOf(itemIndex, inputFailure(row, [server.fault]), onFailure);
		const raw = isJsonObject(body) ? body : {};
		const { result, rang } = await runOnce(row, raw, operation);
		return itemsOf(itemIndex, result, rang ? 'instead' : onFailure);
	} finally {
		run.cancel.forget();
	}
}
