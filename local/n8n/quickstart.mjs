import { readExamples, quickstartId } from './contents.mjs';

const kindOf = {
	inboundTrunk: 'inbound trunk',
	outboundTrunk: 'outbound trunk',
	dispatchRule: 'dispatch rule',
};

/**
 * What the quickstart workflow makes, read from the workflow itself.
 *
 * @returns {Promise<{kind: string, name: string, id: string, facts: string}[]>} in the order of the run; no ids yet
 */
export async function plannedObjects() {
	const [, workflow] = (await readExamples()).find(([, { id }]) => id === quickstartId);
	return workflow.nodes
		.filter(({ parameters }) => parameters.operation === 'create')
		.map(({ name: node, parameters: { resource, name, numbers, address, pin } }) => ({
			kind: kindOf[resource],
			name,
			id: '(new)',
			facts: [
				resource === 'dispatchRule' ? node : undefined,
				address && `to ${address}`,
				resource === 'dispatchRule' ? `called ${numbers}` : numbers,
				pin && 'with pin',
			]
				.filter(Boolean)
				.join(' · '),
		}));
}

/** What the names of all objects of the quickstart hold; the workflow's Name Contains filters look for the same. */
export const ownMark = 'n8n quickstart';

/** Whether an object of this name is the quickstart's, as the node's Name Contains filter compares: in any case. */
export function isOwnName(name) {
	return name.toLowerCase().includes(ownMark);
}

/**
 * Nodes of an execution that stopped, with what they said.
 *
 * @param {{data: string}} execution as n8n's REST gives it: `data` is written with the library flatted
 * @returns {Promise<{node: string, message: string}[]>}
 */
export async function failedNodes(execution) {
	const { parse } = await import('flatted');
	const { runData = {}, error } = parse(execution.data).resultData;
	const failed = Object.entries(runData).flatMap(([node, runs]) =>
		runs.filter((run) => run.error).map((run) => ({ node, message: wordsOf(run.error) })),
	);
	return failed.length === 0 && error
		? [{ node: 'the workflow', message: wordsOf(error) }]
		: failed;
}

function wordsOf({ message, description }) {
	return [message, description].filter(Boolean).join(' ');
}

/**
 * The items that each node of an execution put out.
 *
 * @param {{data: string}} execution
 * @returns {Promise<Record<string, any[]>>} JSON of the items of the node's last run, by node
 */
export async function outputsOf(execution) {
	const { parse } = await import('flatted');
	const { runData = {} } = parse(execution.data).resultData;
	return Object.fromEntries(
		Object.entries(runData).map(([node, runs]) => [
			node,
			(runs.at(-1).data?.main ?? [])
				.flat()
				.filter(Boolean)
				.map(({ json }) => json),
		]),
	);
}
