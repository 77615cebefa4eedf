/** Runs steps to their end and gives what they return. */
export function drained<T>(steps: Generator<undefined, T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}
