import { loadTs } from '../../local/load-ts.mjs';

/**
 * What the generated documents are made of: the node's parameters and the tables of `livekit/`, as they are in the source.
 *
 * @returns {Promise<Record<string, any>>} the exports of those files in one object
 */
export async function loadSources() {
	const files = [
		'nodes/LiveKitSip/properties.ts',
		'nodes/LiveKitSip/fields/locators.ts',
		'nodes/LiveKitSip/fields/whenNothing.ts',
		'nodes/LiveKitSipTrigger/properties.ts',
		'nodes/LiveKitCallTrigger/properties.ts',
		'nodes/LiveKitSip/operations/index.ts',
		...[
			'schema/index',
			'schema/rpc',
			'http/grants',
			'codec/decode',
			'objects/simplify',
			'outcome/reasons',
		].map((name) => `livekit/${name}.ts`),
		...['exclusions', 'meanings', 'nothing', 'noPlace', 'correctedZones'].map(
			(name) => `tools/generate/${name}.ts`,
		),
	];
	const modules = await Promise.all(files.map(loadTs));
	return Object.assign({}, ...modules);
}

/**
 * The operations of the node, in the order of the form.
 *
 * @param {{resources: any[]}} sources
 * @returns {{resource: string, resourceName: string, operation: any}[]} value and label of the resource, and the operation
 */
export function operationsOf({ resources }) {
	return resources.flatMap(({ value, label, operations }) =>
		operations.map((operation) => ({ resource: value, resourceName: label, operation })),
	);
}
