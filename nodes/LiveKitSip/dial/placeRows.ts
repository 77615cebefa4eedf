import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { type RowResult, caught } from '../rows/failure';
import { itemsOf } from '../rows/items';
import type { Operation } from '../rows/operation';
import type { ReadInRow } from '../rows/parameterReader';
import { type Ran, ranBefore } from '../rows/retries';
import { isTool } from '../rows/row';
import { type WorkflowRun, openWorkflowRun, runAnew } from '../rows/runRows';
import { startRows } from '../rows/startRows';
import { addNextCall } from './addNextCall';
import { readAgainSettings } from './againSettings';
import { unlessTriesMissing } from './callAgain';
import { FormReader, type Read, flagOf, textOf } from './formReader';
import { hintIfNobodyWasCalled } from './hint';
import { type CallItem, failedItem, noFacts } from './item';
import { type KeptRows, keepRows, recallRows } from './retryByHand';
import { readShape } from './settings';
import { shaped } from './shape';
import { type RunState, beginTry, runState } from './state';
import { isUnanswered, unansweredError } from './unanswered';
import { unlessZoneless } from './zoneless';

/** A run that places calls. */
interface Placing {
	readonly run: WorkflowRun;
	readonly state: RunState;
	/** What became of rows in the try of this execution that ended with On Unanswered: Fail. */
	readonly kept: KeptRows;
}

async function placeRow(
	{ run, state, kept }: Placing,
	itemIndex: number,
	release: () => void,
): Promise<Ran> {
	const done = kept[itemIndex];
	if (done) return { result: { value: [done] }, rang: false };
	const before = await ranBefore(run, itemIndex);
	const read = run.readerOf(itemIndex);
	const ran = before ?? (await placeAnew({ run, state, kept }, itemIndex, read, release));
	if (ran.rang) state.rang = true;
	return { ...ran, result: withItem(run, ran.result, itemIndex, read) };
}

/** Places the call of a row. What fails before that, such as an expression, becomes the row's failure. */
async function placeAnew(
	{ run, state }: Placing,
	itemIndex: number,
	read: ReadInRow,
	release: () => void,
): Promise<Ran> {
	const ran = await caught({ node: run.node, itemIndex }, async () => {
		// Noted before anything of the row can fail: a dry row tells what is wrong with it as an item.
		noteDryRun(read, state, itemIndex);
		return { value: await runAnew(run, itemIndex, read, release) };
	});
	return 'value' in ran ? ran.value : { result: ran, rang: false };
}

function noteDryRun(read: ReadInRow, { dryRows }: RunState, itemIndex: number): void {
	if (flagOf(read('dryRun', false))) dryRows.add(itemIndex);
	else dryRows.delete(itemIndex);
}

/** Adds an item to the failure of a row whose own expressions failed, with what can still be read of it. */
function withItem(
	run: WorkflowRun,
	result: RowResult<IDataObject[]>,
	itemIndex: number,
	read: ReadInRow,
): RowResult<IDataObject[]> {
	if ('value' in result || result.instead) return result;
	const tryRead: Read = (name, otherwise) => {
		try {
			return read(name, otherwise);
		} catch {
			return undefined;
		}
	};
	const inForm = run.shown.some(({ name }) => name === 'callTo');
	const facts = {
		...noFacts,
		called_number: inForm ? textOf(tryRead('callTo', undefined)) || null : null,
		contact_key: textOf(tryRead('options.contactKey', undefined)) || null,
		attempt: textOf(tryRead('options.attempt', undefined)) || null,
	};
	const values = new FormReader(tryRead, () => []);
	const options = Object.fromEntries(
		['simplify', 'includeInput'].map((name) => [name, tryRead(`options.${name}`, undefined)]),
	);
	const shape = readShape(values, options, isTool(run.node));
	const item = failedItem(facts, result.failure);
	addNextCall(item, readAgainSettings(tryRead), undefined);
	return { ...result, instead: [shaped(item, shape, run.inputOf(itemIndex))] };
}

const pollMs = 20;

/** Whether no phone has rung, once this can be told: calls that are still ringing tell, and their end need not be waited for. */
async function nobodyRang({ run, state }: Placing, open: () => number): Promise<boolean> {
	while (open() > 0 && !state.rang && !run.cancel.happened()) await run.cancel.orAfter(pollMs);
	return !state.rang;
}

/**
 * Call: Place, for all input items. A row starts as soon as the one before has been dialled or has ended. While no phone
 * has rung, a failed row stops the others if the node stops on errors: only the setup can have failed it. After the first
 * call that may have rung no row makes the node throw, since a node that throws has no output and would lose the results
 * of the other rows.
 *
 * @throws the failure of the setup while nobody was called, and under On Unanswered: Fail one that sums up the rows
 */
export async function placeRows(
	functions: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const run = openWorkflowRun(functions, operation);
	const state = runState(run.executeData, run.origin);
	beginTry(state, run.context(), functions.getExecutionId());
	const placing: Placing = { run, state, kept: recallRows(run.context(), run.runIndex, state) };
	// Read before anybody is called: an expression that fails must not lose what became of the calls.
	const fails = functions.getNodeParameter('options.onUnanswered', 0, 'return') === 'fail';
	const stops = !functions.continueOnFail();
	const rows = await startRows({
		run,
		options: run.options,
		count: run.count,
		work: async (itemIndex, release) => await placeRow(placing, itemIndex, release),
		isFailure: ({ result }, itemIndex) => 'failure' in result && !state.dryRows.has(itemIndex),
		endsAfterFailure: async (open) => stops && (await nobodyRang(placing, open)),
	});
	run.cancel.forget();
	hintIfNobodyWasCalled(functions, state, run.count);
	const told = unlessTriesMissing(unlessZoneless(rows, state), state);
	const items = told.flatMap(({ result }, itemIndex) => {
		const asItem = state.rang || state.dryRows.has(itemIndex);
		const onFailure = asItem ? 'instead' : stops ? 'throw' : 'report';
		return itemsOf(itemIndex, result, onFailure);
	});
	return [fails ? unlessUnanswered(placing, items) : items];
}

/** The items under On Unanswered: Fail. */
function unlessUnanswered(
	{ run, state }: Placing,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	const { functions, node, runIndex } = run;
	const calls = items.map(
		({ json }, itemIndex): Partial<CallItem> => (state.dryRows.has(itemIndex) ? {} : json),
	);
	if (!functions.continueOnFail() && calls.some(isUnanswered)) {
		const results = items.map(({ json }) => json);
		keepRows(run.context(), runIndex, results, state);
		throw unansweredError(node, calls);
	}
	if (node.onError !== 'continueErrorOutput') return items;
	// The only shape that n8n routes to the error output without losing what is known: it adds the input's fields.
	return items.map((item, itemIndex) =>
		isUnanswered(calls[itemIndex]) ? { ...item, json: { error: item.json } } : item,
	);
}
