import * as fc from 'fast-check';

import type { Sizes } from './hostile';
import { guarded } from './invariants';
import type { Target } from './target';
import { addressTargets } from './targets/addresses';
import { answerTargets } from './targets/answers';
import { calleeTargets } from './targets/callees';
import { inputTargets } from './targets/input';
import { watchTargets } from './targets/watch';
import { webhookTargets } from './targets/webhooks';

/** All ways into `livekit/`. */
export const targets: readonly Target[] = [
	...inputTargets(guarded),
	...answerTargets(guarded),
	...watchTargets(guarded),
	...webhookTargets(guarded),
	...addressTargets(guarded),
	...calleeTargets(guarded),
];

/** What the inputs of one target came to. */
export interface Outcome {
	readonly name: string;
	readonly inputs: number;
	readonly seconds: number;
	/** What did not hold, with the smallest input that shows it. */
	readonly failure?: string;
}

/** How a target is run. */
export interface Settings {
	readonly seed: number;
	readonly inputs: number;
	readonly sizes: Sizes;
	/** Milliseconds after which no new input is begun. */
	readonly mostMs: number;
}

function shown(example: unknown): string {
	try {
		return fc.stringify(example);
	} catch {
		return 'too deep to be shown';
	}
}

/** Runs one target; a failure is shrunk for 20 seconds at most. */
export async function runTarget(
	{ name, property }: Target,
	{ seed, inputs, sizes, mostMs }: Settings,
): Promise<Outcome> {
	const start = performance.now();
	const details = await fc.check(property(sizes), {
		seed,
		numRuns: inputs,
		interruptAfterTimeLimit: mostMs,
		markInterruptAsFailure: false,
		endOnFailure: false,
	});
	const seconds = (performance.now() - start) / 1000;
	if (!details.failed) return { name, inputs: details.numRuns, seconds };
	const cause =
		details.errorInstance instanceof Error
			? (details.errorInstance.stack ?? details.errorInstance.message)
			: String(details.errorInstance);
	const example = shown(details.counterexample).slice(0, 2000);
	return {
		name,
		inputs: details.numRuns,
		seconds,
		failure: `${cause.slice(0, 3000)}\ninput: ${example}\nseed ${seed}, path ${String(details.counterexamplePath)}`,
	};
}
