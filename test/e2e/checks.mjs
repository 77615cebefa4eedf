import { isDeepStrictEqual } from 'node:util';

// What a script has started ends with its process, which therefore has to end itself when it is asked to.
process.once('SIGTERM', () => process.exit(143));
process.once('SIGINT', () => process.exit(130));

/** Counts checks and prints each; an unmet one prints what it saw. */
export class Checks {
	passed = 0;
	failed = 0;
	skipped = 0;

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

	/**
	 * Tells of checks that cannot run here.
	 *
	 * @param {string} name what is not checked
	 * @param {string[]} lacking what this machine lacks for it
	 */
	skip(name, lacking) {
		this.skipped++;
		console.log(`  skipped  ${name}, missing here: ${lacking.join('; ')}`);
	}

	/** Prints the counts as the last line and sets the exit code: what was only skipped is no failure. */
	finish() {
		const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
		console.log(`${this.passed} passed, ${this.failed} failed${skipped}`);
		process.exitCode = this.failed === 0 && this.passed + this.skipped > 0 ? 0 : 1;
	}
}

/** Throws with both values when they differ. */
export function same(actual, expected) {
	if (isDeepStrictEqual(actual, expected)) return;
	throw new Error(
		`seen:     ${JSON.stringify(actual, null, 1)}\nexpected: ${JSON.stringify(expected, null, 1)}`,
	);
}
