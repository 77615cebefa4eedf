import type { IContextObject, IDataObject } from 'n8n-workflow';

/** Items of rows that were called, by their index. */
export type KeptRows = Readonly<Record<string, IDataObject | undefined>>;

const notCalled: ReadonlySet<unknown> = new Set(['skipped', 'not_sent', undefined]);

function runsIn(context: IContextObject): Record<string, KeptRows> {
	const runs: unknown = context.liveKitRows;
	return typeof runs === 'object' && runs !== null ? (runs as Record<string, KeptRows>) : {};
}

/**
 * Keeps what became of the calls of a run that is about to fail. n8n stores its context of a node with the execution,
 * and gives it to the execution that a person starts as a retry of this one: nobody is called a second time by it.
 */
export function keepRows(context: IContextObject, runIndex: number, items: readonly IDataObject[]): void {
	const called = items.flatMap((item, index) => (notCalled.has(item.outcome) ? [] : [[String(index), item] as const]));
	context.liveKitRows = { ...runsIn(context), [runIndex]: Object.fromEntries(called) };
}

/** The rows of this run that an earlier, failed try of the same execution has called. */
export function keptRows(context: IContextObject, runIndex: number): KeptRows {
	return runsIn(context)[runIndex] ?? {};
}
