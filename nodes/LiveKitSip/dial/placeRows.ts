import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { type RequestOptions, type Server, readBase } from '../../shared/server';
import { type Cancellation, cancellation } from '../rows/cancellation';
import { collectBody, shownProperties } from '../rows/rawBody';
import { type Outcome, guarded, inputFailure } from '../rows/failure';
import { exchange } from '../../shared/send';
import { type Ran, ranBefore, runOnce } from '../rows/retries';
import { homeOf, originOf, runIndexOf } from '../rows/origin';
import { type Row, readSettings } from '../rows/row';
import { itemsOf } from '../operations';
import { type ReadParameter, steadyReader } from '../rows/parameterReader';
import { Breath } from './eventLoop';
import { readCallInput } from './input';
import { type CallItem, callItem, noFacts, notSent, withoutFailure } from './item';
import { type KeptRows, keepRows, recallRows } from './retryByHand';
import { placeCall } from './placeCall';
import { type RunState, runState } from './state';
import { isUnanswered, unansweredError } from './unanswered';
import { flagOf, textOf } from './formReader';

/** What all rows of a run share. */
interface Run {
	readonly functions: IExecuteFunctions;
	readonly origin: string;
	readonly runIndex: number;
	readonly options: RequestOptions;
	readonly node: INode;
	readonly shown: readonly INodeProperties[];
	readonly parameter: ReadParameter;
	readonly breath: Breath;
	readonly state: RunState;
	/** What became of rows in the try of this execution that ended with On Unanswered: Fail. */
	readonly kept: KeptRows;
	readonly cancel: Cancellation;
}

async function placeRow(
	run: Run,
	itemIndex: number,
	started: () => void,
): Promise<Outcome<IDataObject[]>> {
	const { functions, origin, node, state, kept } = run;
	const done = kept[itemIndex];
	if (done) return { value: [done] };
	const { result, rang } =
		(await ranBefore(functions.getExecuteData(), { node, origin, itemIndex })) ??
		(await readAndPlace(run, itemIndex, started));
	if (rang) state.rang = true;
	return rang ? withoutFailure(result, true) : result;
}

async function readAndPlace(
	{ functions, origin, runIndex, options, node, shown, parameter, breath, state, cancel }: Run,
	itemIndex: number,
	started: () => void,
): Promise<Ran> {
	const read = (name: string, fallback: unknown): unknown => parameter(name, itemIndex, fallback);
	// Noted before anything of the row can fail.
	if (flagOf(read('dryRun', false))) state.dryRows.add(itemIndex);
	else state.dryRows.delete(itemIndex);
	const { url } = await functions.getCredentials('liveKitApi', itemIndex);
	const base = readBase(url, options);
	const server: Partial<Server> = 'value' in base ? base.value : {};
	const row: Row = {
		node,
		itemIndex,
		resource: 'call',
		operation: 'place',
		home: homeOf(functions),
		origin,
		settings: readSettings(read),
		send: async (rpc, body, sending) => await exchange(functions, server, rpc, body, sending),
	};
	if ('fault' in base) return { result: inputFailure(row, [base.fault]), rang: false };
	const raw = collectBody(parameter, itemIndex, shown);
	const world = {
		state,
		context: functions.getContext('node'),
		cancel,
		breath,
		server: server.baseURL ?? '',
		started,
	};
	return await runOnce(functions.getExecuteData(), row, raw, async (once) => {
		const input = readCallInput(
			row.node,
			read,
			raw,
			functions.getInputData()[itemIndex].json,
			runIndex + itemIndex,
		);
		return await placeCall(once, input, world);
	});
}

/** The item of a row whose own expressions failed, with what can still be read of it. */
function withItem(
	{ functions, parameter }: Run,
	outcome: Outcome<IDataObject[]>,
	itemIndex: number,
): Outcome<IDataObject[]> {
	if ('value' in outcome || outcome.instead) return outcome;
	const read = (name: string): unknown => {
		try {
			return parameter(`options.${name}`, itemIndex, undefined);
		} catch {
			return undefined;
		}
	};
	const facts = {
		...noFacts,
		contact_key: textOf(read('contactKey')) || null,
		attempt: textOf(read('attempt')) || null,
		...(flagOf(read('includeInput')) ? { input: functions.getInputData()[itemIndex].json } : {}),
	};
	return { ...outcome, instead: [callItem(facts, notSent(outcome.failure))] };
}

/** A row with Dry Run tells what is wrong with it as an item: it neither stops nor fails the node. */
function unlessDry(
	{ state }: Run,
	outcome: Outcome<IDataObject[]>,
	itemIndex: number,
): Outcome<IDataObject[]> {
	return state.dryRows.has(itemIndex) ? withoutFailure(outcome) : outcome;
}

const pollMs = 20;

/**
 * Starts rows in order, each as soon as the one before has been dialled or has come to its end. While no phone has rung,
 * a failed row stops the others where the node stops on errors: nothing but the setup can have failed it.
 */
async function placeAll(run: Run): Promise<Array<Promise<Outcome<IDataObject[]>>>> {
	const { functions, options, node, breath, state, cancel } = run;
	const { batchSize = 1, batchInterval = 0 } = options.batching?.batch ?? {};
	const rows: Array<Promise<Outcome<IDataObject[]>>> = [];
	const stopsOnFailure = !functions.continueOnFail();
	let failed = false;
	let open = 0;
	for (let itemIndex = 0; itemIndex < functions.getInputData().length; itemIndex++) {
		if (itemIndex > 0 && batchInterval > 0 && itemIndex % Math.max(1, batchSize) === 0)
			await cancel.orAfter(batchInterval);
		await breath.take();
		if (failed && stopsOnFailure && !state.rang) {
			// Calls that are still ringing tell; their end need not be waited for.
			while (open > 0 && !state.rang && !cancel.happened()) await cancel.orAfter(pollMs);
			if (!state.rang) break;
		}
		if (cancel.happened()) break;
		await new Promise<void>((started) => {
			const row = guarded(
				node,
				itemIndex,
				async () => await placeRow(run, itemIndex, started),
			).then((outcome) => unlessDry(run, withItem(run, outcome, itemIndex), itemIndex));
			rows.push(row);
			open++;
			void row.then((outcome) => {
				open--;
				failed ||= 'failure' in outcome;
				started();
			});
		});
	}
	return rows;
}

/**
 * Call: Place, for all input items. After the first call that may have rung no row makes the node throw, for a node
 * that throws has no output and would lose the other rows' results.
 *
 * @throws the failure of the setup while nobody was called, and under On Unanswered: Fail one that sums up the rows
 */
export async function runPlace(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (this.getInputData().length === 0) return [[]];
	const runIndex = runIndexOf(this, 0);
	const origin = originOf(this, runIndex);
	const node = this.getNode();
	const state = runState(this.getExecuteData(), origin);
	const run: Run = {
		functions: this,
		origin,
		runIndex: Number(runIndex),
		options: this.getNodeParameter('requestOptions', 0, {}) as RequestOptions,
		node,
		shown: shownProperties(node),
		parameter: steadyReader(this),
		breath: new Breath(),
		state,
		kept: recallRows(this.getContext('node'), Number(runIndex), state),
		cancel: cancellation(this.getExecutionCancelSignal()),
	};
	// Read before anybody is called: an expression that fails must not lose what became of the calls.
	const onUnanswered = this.getNodeParameter('onUnanswered', 0, 'return');
	const outcomes = await Promise.all(await placeAll(run));
	run.cancel.forget();
	return [
		present(
			run,
			onUnanswered === 'fail',
			state.rang ? outcomes.map((outcome) => withoutFailure(outcome)) : outcomes,
		),
	];
}

function present(
	{ functions, node, runIndex, state }: Run,
	fails: boolean,
	outcomes: ReadonlyArray<Outcome<IDataObject[]>>,
): INodeExecutionData[] {
	const items = outcomes.flatMap((outcome, itemIndex) =>
		itemsOf(itemIndex, outcome, functions.continueOnFail()),
	);
	if (!fails) return items;
	const calls = items.map(
		({ json }, itemIndex): Partial<CallItem> => (state.dryRows.has(itemIndex) ? {} : json),
	);
	if (!functions.continueOnFail() && calls.some(isUnanswered)) {
		keepRows(
			functions.getContext('node'),
			runIndex,
			items.map(({ json }) => json),
			state,
		);
		throw unansweredError(node, calls);
	}
	if (node.onError !== 'continueErrorOutput') return items;
	// The only shape that n8n routes to the error output without losing what is known: it adds the input's fields.
	return items.map((item, itemIndex) =>
		isUnanswered(calls[itemIndex]) ? { ...item, json: { error: item.json } } : item,
	);
}
