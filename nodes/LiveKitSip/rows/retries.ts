import { createHash } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import type { Reply } from '../../../livekit/codec/response';
import type { JsonObject } from '../../../livekit/json';
import { fateOf } from '../../../livekit/outcome/call';
import { type RowResult, caught } from './failure';
import type { Operation } from './operation';
import type { Row, SharedByRows } from './row';

type Execution = SharedByRows['executeData'];

/** What a row came to, and whether a phone may have rung for it. */
export interface Ran {
	readonly result: RowResult<IDataObject[]>;
	readonly rang: boolean;
}

// n8n's Retry On Fail runs the node again with the same execute data, so this outlives a try and ends with the run.
const memory = new WeakMap<object, Map<string, Promise<Ran>>>();

/** Whether a reply proves that no phone rang, so that the same call may be sent again. */
export function provesNoRing(reply: Reply): boolean {
	return 'refusal' in reply && fateOf(reply.refusal).outcome === 'not_sent';
}

/** Whether n8n runs this node as part of a workflow. If it is a tool on the older path, the execute data is the agent's. */
function isOwnRun(execution: Execution, node: INode): boolean {
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
 * What a row came to in an earlier try of Retry On Fail, undefined if there was none. It is asked for before the row is
 * read: if an expression or a credential fails now, what was done then must not be hidden by that.
 */
export async function ranBefore(
	{ executeData, node, origin }: { executeData: Execution; node: INode; origin: string },
	itemIndex: number,
): Promise<Ran | undefined> {
	return isOwnRun(executeData, node)
		? await memory.get(executeData)?.get(keyOf(origin, itemIndex, ''))
		: undefined;
}

/**
 * Runs a row once per execution, whatever Retry On Fail does: a later try gets the result of the first. Results of
 * operations that write are kept, and of those that ring also refusals and broken connections, unless the reply proves
 * that no phone rang.
 *
 * In a run of the node's own, rows are told apart by their index, whatever their expressions say this time (a room name
 * with the time in it must not ring twice). On the older tool path the content counts too: all tool calls of the agent
 * share its execute data, and each has a run index of its own.
 *
 * @param raw raw body of the row
 */
export async function runOnce(row: Row, raw: JsonObject, operation: Operation): Promise<Ran> {
	if (operation.effect === 'reads') return await attempt(row, raw, operation);
	const { executeData } = row.shared;
	const digest = isOwnRun(executeData, row.node) ? '' : digestOf(raw);
	const key = keyOf(row.origin, row.itemIndex, digest);
	const results = memory.get(executeData) ?? new Map<string, Promise<Ran>>();
	memory.set(executeData, results);
	const known = results.get(key);
	if (known) return await known;
	// Kept from the start: a try may begin while a row of the one before is still under way.
	const attempted = attempt(row, raw, operation);
	results.set(key, attempted);
	const ran = await attempted;
	if ('failure' in ran.result && !ran.rang) results.delete(key);
	return ran;
}

/** Runs a row. What it throws, which only a defect does, becomes its failure. */
async function attempt(row: Row, raw: JsonObject, operation: Operation): Promise<Ran> {
	let rang = false;
	const send: Row['send'] = async (rpc, body, options) => {
		if (operation.effect !== 'rings' || rpc !== operation.rpc) {
			return await row.send(rpc, body, options);
		}
		const rangBefore = rang;
		// Until a reply proves the opposite: what fails between the two must not ring twice.
		rang = true;
		const reply = await row.send(rpc, body, options);
		rang = rangBefore || !provesNoRing(reply);
		return reply;
	};
	const watched: Row = { ...row, send, mayHaveRung: () => rang };
	const result = await caught(row, async () => await operation.run(watched, raw));
	return { result, rang };
}
