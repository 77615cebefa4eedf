import type { INodeProperties } from 'n8n-workflow';
import { fieldsIn } from '../../shared/fieldsIn';
import { modePlaces } from '../fields/locators';

type Labels = ReadonlyMap<string, string>;

const known = new WeakMap<readonly INodeProperties[], Labels>();

function collect(properties: readonly INodeProperties[], into: Map<string, string>): void {
	for (const property of properties) {
		const path = property.routing?.send?.property;
		if (path) into.set(path, property.displayName);
		for (const place of modePlaces(property)) into.set(place.path, property.displayName);
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

/** A parameter of the form that holds a wire path. */
export interface Labelled {
	readonly label: string;
	/** The rest of the path, inside what the parameter writes, such as `[0].name`. */
	readonly inside: string;
}

/**
 * Label of the parameter that writes to a path of the request body, or to what holds it.
 *
 * @param properties parameters of an operation
 * @param path wire path, indexes allowed: `trunk.allowed_addresses[0]`
 */
export function labelOf(
	properties: readonly INodeProperties[],
	path: string,
): Labelled | undefined {
	const labels = labelsOf(properties);
	const names = path.split('.');
	for (let length = names.length; length > 0; length--) {
		const begin = names.slice(0, length).join('.');
		const label = labels.get(begin.replace(/\[\d+\]/g, ''));
		const [index = ''] = /(?:\[\d{1,9}\])$/.exec(begin) ?? [];
		if (label) return { label, inside: index + path.slice(begin.length) };
	}
	return undefined;
}
