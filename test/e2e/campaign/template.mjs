// The example workflows as the tests run them: the file as it is, with the few values changed that a test cannot wait for.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repoRoot } from '../../../local/n8n/paths.mjs';

/**
 * An example workflow, ready to be stored: with the credentials of the n8n it goes to, and changes by node name.
 *
 * @param {string} file in examples/
 * @param {Record<string, {id: string, name: string}>} credentials by credential type
 * @param {Record<string, (parameters: object) => object>} changes gives a node's parameters from those of the example
 * @returns {Promise<object>}
 * @throws when a change names a node that the example does not have
 */
export async function example(file, credentials, changes = {}) {
	const workflow = JSON.parse(await readFile(join(repoRoot, 'examples', file), 'utf8'));
	const absent = Object.keys(changes).filter(
		(name) => !workflow.nodes.some((node) => node.name === name),
	);
	if (absent.length > 0) throw new Error(`${file} has no node ${absent.join(', ')}`);
	for (const node of workflow.nodes) {
		for (const type of Object.keys(node.credentials ?? {}))
			node.credentials[type] = credentials[type];
		const change = changes[node.name];
		if (change) node.parameters = change(node.parameters);
	}
	return workflow;
}

/**
 * Puts a pause between two nodes of a workflow, of a second in every other execution: what one has read is then old when
 * it goes on.
 */
export function hesitateBetween(workflow, from, to) {
	const parameters = {
		resume: 'timeInterval',
		amount: '={{ Number($execution.id) % 2 === 0 ? 1 : 0.01 }}',
		unit: 'seconds',
	};
	const pause = {
		id: '9a5d2a10-0000-4e8e-9d60-000000000021',
		name: 'Pause',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		position: [0, 0],
		parameters,
	};
	const link = workflow.connections[from].main.flat().find(({ node }) => node === to);
	link.node = pause.name;
	workflow.nodes.push({ ...pause, webhookId: pause.id });
	workflow.connections[pause.name] = { main: [[{ node: to, type: 'main', index: 0 }]] };
	return workflow;
}

/** Changes values of a Set node. */
export const fields = (values) => (parameters) => ({
	...parameters,
	assignments: {
		assignments: parameters.assignments.assignments.map((field) =>
			field.name in values ? { ...field, value: values[field.name] } : field,
		),
	},
});

/** Adds or replaces parameters. */
export const given = (more) => (parameters) => ({ ...parameters, ...more });

/** A schedule of every so many seconds, started so many times at once. */
export const everySeconds =
	(seconds, times = 1) =>
	() => ({
		rule: {
			interval: Array.from({ length: times }, () => ({
				field: 'seconds',
				secondsInterval: seconds,
			})),
		},
	});

/** A schedule that does not fire while a test runs. */
export const inTwoWeeks = () => ({
	rule: {
		interval: [
			{
				field: 'months',
				monthsInterval: 1,
				triggerAtDayOfMonth: ((new Date().getDate() + 13) % 28) + 1,
				triggerAtHour: 3,
				triggerAtMinute: 0,
			},
		],
	},
});

/** CSV text of contacts with these numbers, all in one time zone. */
export const csvOf = (numbers, zone) =>
	[
		'phone,name,time_zone',
		...numbers.map((number, index) => `${number},Contact ${index + 1},${zone}`),
	].join('\n');
