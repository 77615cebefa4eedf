import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { serverOf } from '../../shared/server';
import { inputFailure } from './failure';
import { readGiven } from './given';
import { itemsOf } from './items';
import { openRow, openRun } from './openRow';
import type { Operation } from './operation';
import type { ReadParameter } from './parameterReader';
import { runOnce } from './retries';

/**
 * Runs one row on n8n's older AI-tool path, which does not know `customOperations`: n8n's routing engine has built the request
 * options. It has built a raw body too, but of other values where an expression has chance or the time in it: as everywhere,
 * each parameter is read once here. From there on the way is the same.
 *
 * Once a phone may have rung it never throws: that path starts a failed tool call anew, with nothing that would tell it
 * from a first one.
 */
export async function runRouted(
	functions: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const { skipSslCertificateValidation, ...rest } = options;
	const itemIndex = functions.getItemIndex();
	const read: ReadParameter = (name, _itemIndex, fallback, choice) =>
		functions.getNodeParameter(name, fallback as object, choice);
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
	const row = openRow(run, itemIndex, run.readerOf(itemIndex), account, () => {});
	const onFailure = functions.continueOnFail() ? 'report' : 'throw';
	try {
		if ('fault' in server) return itemsOf(itemIndex, inputFailure(row, [server.fault]), onFailure);
		const given = readGiven(run, row);
		if ('failure' in given) return itemsOf(itemIndex, given, onFailure);
		const { result, rang } = await runOnce(row, given.value, operation);
		return itemsOf(itemIndex, result, rang ? 'instead' : onFailure);
	} finally {
		run.cancel.forget();
	}
}
