// The example workflows as the tests run them: the file as it is, with the few values changed that a test cannot wait for.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repoRoot } from '../../../local/n8n/paths.mjs';

/**
 * An example workflow, ready to be stored: with the credentials of the n8n it goes to, and changes by node name.
 *
 * @param {string} file in examples/
 * @param {Record<string, {id: string, name: string}>} credentials by credential type
 * @param {Record<string, (parameters: any) => any>} changes gives a node's parameters from those of the example
 * @returns {Promise<any>}
 * @throws when a change names a node that the example does not have
 */
export async function example(file, credentials, changes = {}) {
	const workflow = JSON.parse(await readFile(join(repoRoot, 'examples', file), 'utf8'));
	const absent = Object.keys(changes).filter((name) => !workflow.nodes.some((node) => node.name === name));
	if (absent.length > 0) throw new Error(`${file} has no node ${absent.join(', ')}`);
	for (const node of workflow.nodes) {
		for (const type of Object.keys(node.credentials ?? {})) node.credentials[type] = credentials[type];
		const change = changes[node.name];
		if (change) node.parameters = change(node.parameters);
	}
	return workflow;
}

/** Changes values of a Set node. */
export const fields = (values) => (parameters) => ({
	...parameters,
	assignments: {
		assignments: parameters.assignments.assignments.map((field) => (field.name in values ? { ...field, value: values[field.name] } : field)),
	},
});

/** Adds or replaces parameters. */
export const given = (more) => (parameters) => ({ ...parameters, ...more });

/** A schedule of every so many seconds, started so many times at once. */
export const everySeconds = (seconds, times = 1) => () => ({
	rule: { interval: Array.from({ length: times }, () => ({ field: 'seconds', secondsInterval: seconds })) },
});

/** A schedule that does not fire while a test runs. */
export const inTwoWeeks = () => ({
	rule: { interval: [{ field: 'months', monthsInterval: 1, triggerAtDayOfMonth: ((new Date().getDate() + 13) % 28) + 1, triggerAtHour: 3, triggerAtMinute: 0 }] },
});

/** CSV text of contacts with these numbers, all in one time zone. */
export const csvOf = (numbers, zone) => ['phone,name,time_zone', ...numbers.map((number, index) => `${number},Contact ${index + 1},${zone}`)].join('\n');
