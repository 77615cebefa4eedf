import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { documents, read, repository, withoutCode } from './documents';

/** A link or a picture of a document: the file it leads to, and the heading there. */
interface Target {
	readonly file: string;
	readonly anchor?: string;
}

/** Where the links and pictures of a document lead inside the repository. */
function targetsOf(document: string): Target[] {
	const found = withoutCode(read(document)).matchAll(
		/(?:\]\(|<img src=")(?!https?:|mailto:)([^)"]+)[)"]/g,
	);
	return [...found].map(([, target]) => {
		const [file, anchor] = target.split('#');
		return { file: file === '' ? document : join(dirname(document), file), anchor };
	});
}

/** Anchors of a document's headings, as GitHub makes them. */
function anchorsOf(document: string): Set<string> {
	const headings = read(document)
		.replace(/^```[\s\S]*?^```/gm, '')
		.matchAll(/^#+ (.+)$/gm);
	return new Set(
		[...headings].map(([, heading]) =>
			heading
				.toLowerCase()
				.replace(/[^\w\- ]/g, '')
				.replaceAll(' ', '-'),
		),
	);
}

/** Whether a link leads nowhere. */
const isLost = ({ file, anchor }: Target) =>
	!existsSync(join(repository, file)) || (anchor !== undefined && !anchorsOf(file).has(anchor));

const linking = documents.filter((document) => targetsOf(document).length > 0);

test.each(linking)('links of %s inside the repository lead somewhere', (document) => {
	expect(targetsOf(document).filter(isLost)).toEqual([]);
});

test.each(readdirSync(join(repository, 'docs')))(
	'a document links to docs/%s or shows it',
	(name) => {
		const path = join('docs', name);
		const from = documents.filter(
			(document) => document !== path && targetsOf(document).some(({ file }) => file === path),
		);
		expect(from).not.toEqual([]);
	},
);

/** Links into this repository on GitHub that n8n shows: of a node's codex file, and of the credential. */
function shownByN8n(): string[] {
	const { homepage } = JSON.parse(read('package.json')) as { homepage: string };
	const [project] = homepage.split('#');
	const sources = [
		'nodes/LiveKitSip/LiveKitSip.node.json',
		'nodes/LiveKitSipTrigger/LiveKitSipTrigger.node.json',
		'nodes/LiveKitCallTrigger/LiveKitCallTrigger.node.json',
		'credentials/LiveKitApi.credentials.ts',
	];
	const links = sources.flatMap((source) => [...read(source).matchAll(/["'](https:[^"']+)["']/g)]);
	return links
		.map(([, link]) => link)
		.filter((link) => link.startsWith(project))
		.map((link) => link.slice(project.length));
}

test.each(shownByN8n())('the link %s that n8n shows leads to a heading or a page', (link) => {
	const [path, anchor] = link.split('#');
	const file = path === '' ? 'README.md' : path.replace(/^\/blob\/main\//, '');
	expect(isLost({ file, anchor: anchor === 'readme' ? undefined : anchor })).toBe(false);
});
