import type { INodeProperties } from 'n8n-workflow';
import { fieldsIn } from '../fields/form';

type Labels = ReadonlyMap<string, string>;

const known = new WeakMap<readonly INodeProperties[], Labels>();

function collect(properties: readonly INodeProperties[], into: Map<string, string>): void {
	for (const property of properties) {
		const path = property.routing?.send?.property;
		if (path) into.set(path, property.displayName);
		if (property.type !== 'collection') continue;
		collect(fieldsIn(property), into);
	}
}

function labelsOf(properties: readonly INodeProperties[]): Labels {
	const found = known.get(properties);
	if (found) return found;
	const labels = new Map<string, string>();
	collect(properties, labels);
	known.set(properties, labels);
	return labels;
}

/**
 * Label of the parameter that writes to a path of the request body, or to what holds it.
 *
 * @param properties parameters of an operation
 * @param path wire path, indexes allowed: `trunk.allowed_addresses[0]`
 */
export function labelOf(properties: readonly INodeProperties[], path: string): string | undefined {
	const labels = labelsOf(properties);
	const names = path.replace(/\[\d+\]/g, '').split('.');
	for (let length = names.length; length > 0; length--) {
		const label = labels.get(names.slice(0, length).join('.'));
		if (label) return label;
	}
	return undefined;
}
