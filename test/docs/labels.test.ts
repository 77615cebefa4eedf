import { nodeProperties } from '../../nodes/LiveKitSip/properties';
import { callTriggerProperties } from '../../nodes/LiveKitCallTrigger/properties';
import { triggerProperties } from '../../nodes/LiveKitSipTrigger/properties';
import { labelsOf } from '../support/labels';
import { manual, read, withoutCode } from './documents';

/** What a document sets in italics, each part of a path such as *Options > Attempt* by itself. */
function namedIn(path: string): string[] {
	const marked = withoutCode(read(path)).matchAll(/(?<![*\w])\*([^*\n]+)\*(?!\*)/g);
	return [...new Set([...marked].flatMap(([, text]) => text.split(/ > |: /)))];
}

const labels = new Set(
	labelsOf([...nodeProperties, ...triggerProperties, ...callTriggerProperties]),
);
const named = manual.flatMap((path) => namedIn(path).map((label) => [path, label] as const));

test.each(named)('%s names the label "%s" as the form does', (_path, label) => {
	expect(labels.has(label)).toBe(true);
});
