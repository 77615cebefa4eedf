import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** Labels of parameters, of their entries, choices and modes, at any depth. */
export function labelsOf(entries: readonly Entry[]): string[] {
	return entries.flatMap((entry) => {
		const inner: Entry[] = [
			...(('options' in entry && entry.options) || []),
			...('values' in entry ? entry.values : []),
		];
		const modes = 'modes' in entry ? (entry.modes ?? []) : [];
		return [
			...('displayName' in entry ? [entry.displayName] : []),
			entry.name,
			...modes.map(({ displayName }) => displayName),
			...labelsOf(inner),
		];
	});
}
