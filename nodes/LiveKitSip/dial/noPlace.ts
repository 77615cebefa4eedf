import type { Call, Placed } from './call';
import { callItem, skipped } from './item';

/** A row that gave up waiting for its place or its turn, or for what else it says. */
export function noPlace(
	{ plan, settings }: Pick<Call, 'plan' | 'settings'>,
	what = 'place or turn',
): Placed {
	const message = `There was no ${what} for this call within ${settings.pace.giveUpAfter} s, as Give Up Waiting After (Seconds) says. Nobody was called`;
	return { item: callItem(plan.facts, skipped('no_place', message, { retryable: true })) };
}
