import * as fc from 'fast-check';

import type { Sizes } from './hostile';

/** One way into the package: what goes in, and what must hold of what comes out. */
export interface Target {
	readonly name: string;
	/** How many inputs it gets, beside the other targets. */
	readonly share: number;
	/** Inputs and their check, as one property. */
	property(sizes: Sizes): fc.IAsyncProperty<unknown[]>;
}

/**
 * Makes a target.
 *
 * @param check throws where something does not hold
 */
export function target<T>(
	name: string,
	share: number,
	inputs: (sizes: Sizes) => fc.Arbitrary<T>,
	check: (input: T) => unknown,
	around: (work: () => unknown) => Promise<void>,
): Target {
	return {
		name,
		share,
		property: (sizes) =>
			fc.asyncProperty(
				inputs(sizes),
				async (input) => await around(async () => await check(input)),
			) as fc.IAsyncProperty<unknown[]>,
	};
}
