import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the repository. */
export const repository = join(__dirname, '..', '..');

/** Text of a file of the repository. */
export const read = (path: string) => readFileSync(join(repository, path), 'utf8');

const markdownIn = (folder: string) =>
	readdirSync(join(repository, folder))
		.filter((file) => file.endsWith('.md'))
		.map((file) => join(folder, file));

/** Paths of all documents, at the root and in `docs/`. */
export const documents: readonly string[] = [...markdownIn('.'), ...markdownIn('docs')];

/** Paths of the documents for users that people write: README.md and `docs/`, less what is generated as a whole. */
export const manual: readonly string[] = ['README.md', ...markdownIn('docs')].filter(
	(path) => path !== join('docs', 'parameters.md'),
);

/** A document without its code, in which asterisks, brackets and number signs are no markup. */
export const withoutCode = (text: string) =>
	text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
