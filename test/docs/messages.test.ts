import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { withLabels } from '../../nodes/shared/labels';
import { read, repository } from './documents';

/** All text of the sources whose messages users see, with its quotes and labels as users see them. */
function messagesSource(): string {
	const folders = ['livekit', 'nodes'];
	const files = folders.flatMap((folder) =>
		readdirSync(join(repository, folder), { recursive: true }).map((file) =>
			join(folder, String(file)),
		),
	);
	const source = files
		.filter((file) => file.endsWith('.ts'))
		.map(read)
		.join('\n');
	return withLabels(source.replaceAll("\\'", "'"));
}

/** First cells of the tables of messages, cut where names of the user stand. */
function troubleMessages(): string[] {
	const tables = read('docs/troubleshooting.md')
		.split('\n\n')
		.filter((block) => block.startsWith('| Message |'));
	const cells = tables.flatMap((table) => table.trimEnd().split('\n').slice(2));
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

const source = messagesSource();

test.each([...new Set(troubleMessages())])(
	'docs/troubleshooting.md quotes the message "%s" as users get it',
	(message) => {
		// Not toContain, which would print all of the source.
		expect(source.includes(message)).toBe(true);
	},
);
