import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { nodeProperties } from '../../nodes/LiveKitSip/properties';
import { triggerProperties } from '../../nodes/LiveKitSipTrigger/properties';
import { manual, read, withoutCode } from './documents';

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** Labels of parameters, of their entries and of their choices, at any depth. */
function labelsOf(entries: readonly Entry[]): string[] {
	return entries.flatMap((entry) => {
		const inner: Entry[] = [
			...(('options' in entry && entry.options) || []),
			...('values' in entry ? entry.values : []),
		];
		return [...('displayName' in entry ? [entry.displayName] : []), entry.name, ...labelsOf(inner)];
	});
}

/** What a document sets in italics, each part of a path such as *Options > Attempt* by itself. */
function namedIn(path: string): string[] {
	const marked = withoutCode(read(path)).matchAll(/(?<![*\w])\*([^*\n]+)\*(?!\*)/g);
	return [...new Set([...marked].flatMap(([, text]) => text.split(/ > |: /)))];
}

const labels = new Set(labelsOf([...nodeProperties, ...triggerProperties]));
const named = manual.flatMap((path) => namedIn(path).map((label) => [path, label] as const));

test.each(named)('%s names the label "%s" as the form does', (_path, label) => {
	expect(labels.has(label)).toBe(true);
});
