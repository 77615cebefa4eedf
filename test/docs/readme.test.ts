import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { nodeProperties } from '../../nodes/LiveKitSip/properties';
import { triggerProperties } from '../../nodes/LiveKitSipTrigger/properties';

const repository = join(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const readme = read('README.md');

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** Labels of parameters, of their entries and of their choices, at any depth. */
function labelsOf(entries: readonly Entry[]): string[] {
	return entries.flatMap((entry) => {
		const inner: Entry[] = [...(('options' in entry && entry.options) || []), ...('values' in entry ? entry.values : [])];
		return [...('displayName' in entry ? [entry.displayName] : []), entry.name, ...labelsOf(inner)];
	});
}

/** All text of the sources whose messages users see, with the quotes inside of it as users see them. */
function messagesSource(): string {
	const folders = ['livekit', 'nodes'];
	const files = folders.flatMap((folder) => readdirSync(join(repository, folder), { recursive: true }).map((file) => join(folder, String(file))));
	return files
		.filter((file) => file.endsWith('.ts'))
		.map(read)
		.join('\n')
		.replaceAll("\\'", "'");
}

/** First cells of the tables of messages under Troubleshooting, cut where names of the user stand. */
function troubleMessages(): string[] {
	const [, after] = readme.split('\n## Troubleshooting\n');
	const [section] = after.split('\n## ');
	const tables = section.split('\n\n').filter((block) => block.startsWith('| Message |'));
	const cells = tables.flatMap((table) => table.split('\n').slice(2));
	return cells.flatMap((line) =>
		line
			.split(' | ')[0]
			.slice(2)
			.replace(/\(SIP [^)]*\)/g, '')
			.split(/\.\.\.|\(\)/)
			.map((part) => part.replace(/^[\s(),.]+|[\s(),.]+$/g, ''))
			.filter((part) => part !== ''),
	);
}

const labels = new Set(labelsOf([...nodeProperties, ...triggerProperties]));
const marked = [...readme.matchAll(/(?<![*\w])\*([^*\n]+)\*(?!\*)/g)].flatMap(([, text]) => text.split(/ > |: /));
test.each([...new Set(marked)])('README names the label "%s" as the form does', (label) => {
	expect(labels.has(label)).toBe(true);
});

const source = messagesSource();
test.each([...new Set(troubleMessages())])('README quotes the message "%s" as users get it', (message) => {
	// Not toContain, which would print all of the source.
	expect(source.includes(message)).toBe(true);
});

/** Anchors of a document's headings, as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
	return new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-')));
}

test.each(['README.md', 'docs/campaign.md', 'docs/calls.md', 'CONTRIBUTING.md'])('links of %s inside the repository lead somewhere', (document) => {
	const targets = [...read(document).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target]) => target.split('#'));
	const lost = targets.filter(([file, anchor]) => {
		const path = file === '' ? document : join(dirname(document), file);
		return !existsSync(join(repository, path)) || (anchor !== undefined && !anchorsOf(read(path)).has(anchor));
	});
	expect(targets.length).toBeGreaterThan(0);
	expect(lost).toEqual([]);
});

test('the commands that the documents name exist', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
	const named = ['README.md', 'CONTRIBUTING.md'].flatMap((file) => [...read(file).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name));
	expect(named.length).toBeGreaterThan(5);
	expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
