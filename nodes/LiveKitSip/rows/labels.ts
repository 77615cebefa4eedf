import type { INodeProperties } from 'n8n-workflow';
import { nodeProperties } from '../properties';

let labels: ReadonlyMap<string, string> | undefined;

function collect(
	properties: readonly INodeProperties[],
	scope: string,
	into: Map<string, string>,
): void {
	for (const property of properties) {
		const place = property.routing?.send?.property;
		if (place) into.set(`${scope} ${place}`, property.displayName);
		if (property.type !== 'collection') continue;
		const inner = (property.options ?? []).filter(
			(entry): entry is INodeProperties => 'type' in entry,
		);
		collect(inner, scope, into);
	}
}

function allLabels(): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const property of nodeProperties) {
		const show = property.displayOptions?.show;
		for (const resource of show?.resource ?? []) {
			for (const operation of show?.operation ?? [])
				collect([property], `${String(resource)}/${String(operation)}`, found);
		}
	}
	return found;
}

/**
 * Label of the parameter that writes a place of the request body, or of the one that holds it.
 *
 * @param path wire path, indexes allowed: `trunk.allowed_addresses[0]`
 */
export function labelOf(resource: string, operation: string, path: string): string | undefined {
	labels ??= allLabels();
	const names = path.replace(/\[\d+\]/g, '').split('.');
	for (let length = names.length; length > 0; length--) {
		const label = labels.get(`${resource}/${operation} ${names.slice(0, length).join('.')}`);
		if (label) return label;
	}
	return undefined;
}
