import type { IContextObject, IDataObject } from 'n8n-workflow';
import type { Claim } from './claims';
import type { RunState } from './state';

/** Items of rows that were called, by their index. */
export type KeptRows = Readonly<Record<string, IDataObject | undefined>>;

type Taken = Pick<RunState, 'claims' | 'rooms'>;

/** What a run that ended with On Unanswered: Fail leaves for a retry. */
interface Kept {
	readonly rows: KeptRows;
	/** What its called rows have taken, as in `RunState`, in a form that n8n can store. */
	readonly claims: readonly Claim[];
	readonly rooms: ReadonlyArray<readonly [string, number]>;
}

const nothing: Kept = { rows: {}, claims: [], rooms: [] };
const notCalled: ReadonlySet<unknown> = new Set(['skipped', 'not_sent', undefined]);

function runsIn(context: IContextObject): Record<string, Kept | undefined> {
	const runs: unknown = context.liveKitRows;
	return typeof runs === 'object' && runs !== null ? (runs as Record<string, Kept>) : {};
}

/**
 * Keeps what became of the calls of a run that is about to fail. n8n stores a node's context with the execution and hands
 * it to the execution that a person starts as a retry of this one, which then calls nobody a second time.
 */
export function keepRows(
	context: IContextObject,
	runIndex: number,
	items: readonly IDataObject[],
	{ claims, rooms }: Taken,
): void {
	const rows = Object.fromEntries(
		items.flatMap((item, index) =>
			notCalled.has(item.outcome) ? [] : [[String(index), item] as const],
		),
	);
	const kept: Kept = {
		rows,
		claims: claims.all().filter(({ row }) => row in rows),
		rooms: [...rooms].filter(([, row]) => row in rows),
	};
	context.liveKitRows = { ...runsIn(context), [runIndex]: kept };
}

/**
 * The rows of this run that an earlier, failed try of the same execution has called. Their numbers and rooms are noted
 * before any row is looked at: a row in front of them, which was not called for a reason of its own, must not call theirs
 * either.
 */
export function recallRows(context: IContextObject, runIndex: number, state: RunState): KeptRows {
	const { rows, claims, rooms } = runsIn(context)[runIndex] ?? nothing;
	for (const claim of claims) state.claims.add(claim);
	for (const [room, row] of rooms) state.rooms.set(room, row);
	if (Object.keys(rows).length > 0) state.rang = true;
	return rows;
}
