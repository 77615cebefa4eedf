import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** Labels of parameters, of their entries and of their choices, at any depth. */
export function labelsOf(entries: readonly Entry[]): string[] {
	return entries.flatMap((entry) => {
		const inner: Entry[] = [
			...(('options' in entry && entry.options) || []),
			...('values' in entry ? entry.values : []),
		];
		return [...('displayName' in entry ? [entry.displayName] : []), entry.name, ...labelsOf(inner)];
	});
}
