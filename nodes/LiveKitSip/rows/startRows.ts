import type { RequestOptions } from '../../shared/server';
import { caught } from './failure';
import type { Run } from './openRow';
import type { Ran } from './retries';

const mostAtOnce = 10;

/** How the rows of a run are started. */
export interface RowLoop {
	readonly run: Pick<Run, 'node' | 'cancel' | 'eventLoop'> & {
		readonly operation: Pick<Run['operation'], 'order'>;
	};
	/** n8n's options of the node, of which Batching counts here. */
	readonly options: RequestOptions;
	readonly count: number;
	/** Runs a row. `release` lets the next row start before this one has ended. */
	work(itemIndex: number, release: () => void): Promise<Ran>;
	/** Whether what a row came to must keep the rows behind it from starting. */
	isFailure(ran: Ran, itemIndex: number): boolean;
	/**
	 * Asked after a failure, before a row starts: whether no more rows are to be started.
	 *
	 * @param open how many rows are under way
	 */
	endsAfterFailure(open: () => number): Promise<boolean>;
}

/**
 * Starts rows in order, paced by Batching as n8n paces routed nodes: up to ten at once, or one by one, where the next
 * starts when the one before has ended or was released. No row starts after the execution was cancelled.
 *
 * @returns what each row that was started came to
 */
export async function startRows(loop: RowLoop): Promise<Ran[]> {
	const { run, options, count } = loop;
	const { cancel, eventLoop, operation } = run;
	const { batchSize = 1, batchInterval = 0 } = options.batching?.batch ?? {};
	const atOnce = operation.order === 'oneByOne' ? 1 : mostAtOnce;
	const started: Array<Promise<Ran>> = [];
	const held = new Set<Promise<void>>();
	let failed = false;
	let open = 0;
	const ends = async () => failed && (await loop.endsAfterFailure(() => open));
	const start = (itemIndex: number) => {
		const holding = new Promise<void>((release) => {
			open++;
			const row = ranOf(loop, itemIndex, release).then((ran) => {
				open--;
				failed ||= loop.isFailure(ran, itemIndex);
				release();
				return ran;
			});
			started.push(row);
		});
		const holder = holding.then(() => void held.delete(holder));
		held.add(holder);
	};
	for (let itemIndex = 0; itemIndex < count; itemIndex++) {
		if (held.size >= atOnce) await Promise.race(held);
		const batchEnds = itemIndex > 0 && itemIndex % Math.max(1, batchSize) === 0;
		if (batchEnds && batchInterval > 0 && !(await ends())) await cancel.orAfter(batchInterval);
		await eventLoop.giveWay();
		if (cancel.happened() || (await ends())) break;
		start(itemIndex);
	}
	return await Promise.all(started);
}

async function ranOf({ run, work }: RowLoop, itemIndex: number, release: () => void): Promise<Ran> {
	const ran = await caught({ node: run.node, itemIndex }, async () => ({
		value: await work(itemIndex, release),
	}));
	return 'failure' in ran ? { result: ran, rang: false } : ran.value;
}
