import { engineTarget } from './engine';
import { hugeSizes } from './hostile';
import { guarded, watchInputs } from './invariants';
import { type Outcome, runTarget, targets } from './runTarget';

/** What a whole run is asked for. */
export interface Order {
	readonly seed: number;
	/** Of all targets together. */
	readonly inputs: number;
	/** Milliseconds that all of it may take. */
	readonly mostMs: number;
	/** Part of the name of the targets to run, empty for all. */
	readonly only: string;
	/** Counts the inputs that are done, for whoever watches from another thread. */
	readonly counter: Int32Array;
}

/**
 * Runs all targets one after the other, each with its share of the inputs, until the time is over.
 *
 * @param begin told before each target
 * @param end told after each target
 */
export async function runAll(
	order: Order,
	begin: (name: string) => void,
	end: (outcome: Outcome) => void,
): Promise<void> {
	watchInputs(order.counter);
	const engine = await engineTarget(guarded);
	const chosen = [...targets, engine.target].filter(({ name }) => name.includes(order.only));
	const shares = chosen.reduce((sum, { share }) => sum + share, 0);
	const stop = performance.now() + order.mostMs;
	for (const target of chosen) {
		begin(target.name);
		const inputs = Math.ceil((order.inputs * target.share) / shares);
		end(
			await runTarget(target, {
				seed: order.seed,
				inputs,
				sizes: hugeSizes,
				mostMs: Math.max(stop - performance.now(), 1),
			}),
		);
	}
	await engine.close();
}
