/**
 * The files with engine tests, in the groups in which `npm test` runs them: loading n8n's engine takes longer than most
 * of them, so each group loads it once. A file can still be run by its own name.
 */
export const groups = {
	calls: [
		'agent',
		'agent-dispatch',
		'campaign',
		'contacts',
		'deadlines',
		'failures',
		'guarded',
		'guards-closed',
		'hangup',
		'once-each',
		'operations',
		'place',
		'rows',
		'transfer',
	],
	others: [
		'input',
		'secrets',
		'trigger',
		'trigger-answers',
		'trigger-limits',
		'trigger-storage',
		'update',
	],
	/** What these look at is the package's alone, whichever engine runs it. */
	newest: ['lists', 'schema', 'trigger-example', 'trigger-history'],
} as const;

/** Defines the tests of a group, each file's own hooks around its own tests. */
export function defineGroup(group: keyof typeof groups): void {
	for (const name of groups[group]) {
		describe(name, () => {
			jest.requireActual(`../${name}.test`);
		});
	}
}
