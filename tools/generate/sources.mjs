import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadTs } from '../../local/load-ts.mjs';
import { root } from '../pack.mjs';

/**
 * What the generated documents are made of: the node's parameters and the tables of `livekit/`, as they are in the source.
 *
 * @returns {Promise<Record<string, any>>} the exports of those files in one object, with `exclusions` (empty where there is no such file)
 */
export async function loadSources() {
	const files = [
		'nodes/LiveKitSip/properties.ts',
		...['schema/index', 'schema/rpc', 'http/grants', 'codec/decode', 'objects/simplify'].map(
			(name) => `livekit/${name}.ts`,
		),
	];
	const exclusions = 'tools/generate/exclusions.ts';
	const present = existsSync(join(root, exclusions)) ? [...files, exclusions] : files;
	const modules = await Promise.all(present.map(loadTs));
	return Object.assign({ exclusions: [] }, ...modules);
}

/**
 * The operations of the node, in the order of the form.
 *
 * @param {{nodeProperties: any[]}} sources
 * @returns {{resource: string, resourceName: string, operation: string, operationName: string}[]} values, and names as the form shows them
 */
export function operationsOf({ nodeProperties }) {
	const { options: resources } = nodeProperties.find(({ name }) => name === 'resource');
	return resources.flatMap(({ name: resourceName, value: resource }) => {
		const { options } = nodeProperties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions.show.resource.includes(resource),
		);
		return options.map(({ name: operationName, value: operation }) => ({
			resource,
			resourceName,
			operation,
			operationName,
		}));
	});
}
