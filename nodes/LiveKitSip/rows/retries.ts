import { createHash } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import { fateOf } from '../../../livekit/outcome/call';
import { type Rpc, callRpcs } from '../../../livekit/schema/rpc';
import type { Answer } from '../../../livekit/http/twirp';
import { type Outcome, guarded } from './failure';
import type { Row } from './row';

type Result = Outcome<IDataObject[]>;

/** What a row came to, and whether a phone may have rung for it. */
export interface Ran {
	readonly result: Result;
	readonly rang: boolean;
}

// n8n's Retry On Fail runs the node again with the same execute data, so this outlives a try and ends with the run.
const memory = new WeakMap<object, Map<string, Promise<Ran>>>();

const reads = new Set(['get', 'getAll']);
const rings: ReadonlySet<Rpc> = new Set([callRpcs.place, callRpcs.transfer]);

/** Whether an answer proves that no phone rang, so that the same call may be sent again. */
export function provesNoRing(answer: Answer): boolean {
	return 'refusal' in answer && fateOf(answer.refusal).outcome === 'not_sent';
}

/** What n8n tells of a node's run: whose it is, and the object that stays the same from try to try. */
export interface Execution {
	readonly node: INode;
}

/** Whether n8n runs this node as part of a workflow; as a tool on the older path, the agent's execute data is given. */
export function isOwnRun(execution: Execution, node: INode): boolean {
	return execution.node.name === node.name;
}

// The content may hold a password, which must not stay in memory as a key.
function digestOf(content: object): string {
	return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function keyOf(origin: string, itemIndex: number, digest: string): string {
	return JSON.stringify([origin, itemIndex, digest]);
}

/**
 * What an earlier try of Retry On Fail has come to with a row, undefined where there was none. For a caller who has not
 * read the row yet: an expression or a credential that fails now must not hide what was done then.
 */
export async function ranBefore(
	execution: Execution,
	{ node, origin, itemIndex }: Pick<Row, 'node' | 'origin' | 'itemIndex'>,
): Promise<Ran | undefined> {
	return isOwnRun(execution, node)
		? await memory.get(execution)?.get(keyOf(origin, itemIndex, ''))
		: undefined;
}

/**
 * Runs a row once per execution, whatever Retry On Fail does: a try that comes again gets the first one's result.
 * Results of writing operations are kept, and of calls and transfers also refusals and broken connections, unless
 * the answer proves that no phone rang.
 *
 * In a run of its own the node's rows are told apart by their index, whatever their expressions say this time (a
 * room name with the time in it must not ring twice). On the older tool path the content counts too: the agent's
 * execute data is shared by all its tool calls, each of which has a run index of its own there.
 *
 * @param content raw body of the row
 */
export async function runOnce(
	execution: Execution,
	row: Row,
	content: object,
	work: (row: Row) => Promise<Result>,
): Promise<Ran> {
	if (reads.has(row.operation)) return await attempt(row, work);
	const key = keyOf(
		row.origin,
		row.itemIndex,
		isOwnRun(execution, row.node) ? '' : digestOf(content),
	);
	const results = memory.get(execution) ?? new Map<string, Promise<Ran>>();
	memory.set(execution, results);
	const known = results.get(key);
	if (known) return await known;
	// Kept from the start: a try may begin while a row of the one before is still under way.
	const attempted = attempt(row, work);
	results.set(key, attempted);
	const ran = await attempted;
	if ('failure' in ran.result && !ran.rang) results.delete(key);
	return ran;
}

/** Runs a row; what it throws, which only a defect does, becomes its failure. */
async function attempt(row: Row, work: (row: Row) => Promise<Result>): Promise<Ran> {
	let rang = false;
	const send: Row['send'] = async (rpc, body, options) => {
		const rangBefore = rang;
		// Until an answer proves the opposite: what fails between the two must not ring twice.
		rang ||= rings.has(rpc);
		const answer = await row.send(rpc, body, options);
		rang = rangBefore || (rings.has(rpc) && !provesNoRing(answer));
		return answer;
	};
	const result = await guarded(row.node, row.itemIndex, async () => await work({ ...row, send }));
	return { result, rang };
}
