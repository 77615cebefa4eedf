import { isDeepStrictEqual } from 'node:util';

/** Counts checks and prints each; an unmet one prints what it saw. */
export class Checks {
	passed = 0;
	failed = 0;

	/**
	 * @param {string} name
	 * @param {() => unknown} check throws, or resolves to false, when it is not met
	 */
	async run(name, check) {
		try {
			if ((await check()) === false) throw new Error('not met');
			this.passed++;
			console.log(`  passed  ${name}`);
		} catch (cause) {
			this.failed++;
			console.log(`  FAILED  ${name}\n${cause.message}`);
		}
	}

	/** Prints the counts as the last line and sets the exit code. */
	finish() {
		console.log(`${this.passed} passed, ${this.failed} failed`);
		process.exitCode = this.failed === 0 && this.passed > 0 ? 0 : 1;
	}
}

/** Throws with both values when they differ. */
export function same(actual, expected) {
	if (isDeepStrictEqual(actual, expected)) return;
	throw new Error(`seen:     ${JSON.stringify(actual, null, 1)}\nexpected: ${JSON.stringify(expected, null, 1)}`);
}
