import { existsSync } from 'node:fs';
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
