import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '../pack.mjs';
import { operationsTable } from './operations.mjs';
import { outputSchemas } from './output-schemas.mjs';
import { parametersDocument } from './parameters.mjs';
import { loadSources } from './sources.mjs';

const SCHEMAS = 'nodes/LiveKitSip/__schema__';
const OPERATIONS_PAGE = 'docs/operations.md';
const OPERATIONS = {
	start: '<!-- operations: written by npm run generate -->',
	end: '<!-- end of operations -->',
};

function between({ start, end }, text, content) {
	const [before, rest] = text.split(start);
	const after = rest?.split(end)[1];
	if (after === undefined)
		throw new Error(`${OPERATIONS_PAGE} needs the lines ${start} and ${end}`);
	return `${before}${start}\n\n${content}\n\n${end}${after}`;
}

/**
 * Everything that is generated, as it should be.
 *
 * @returns {Promise<Map<string, string>>} content by path inside the repository
 */
export async function generatedFiles() {
	const sources = await loadSources();
	const operationsPage = await readFile(join(root, OPERATIONS_PAGE), 'utf8');
	return new Map([
		...outputSchemas(sources),
		['docs/parameters.md', parametersDocument(sources)],
		[OPERATIONS_PAGE, between(OPERATIONS, operationsPage, operationsTable(sources))],
	]);
}

const absent = (cause) => {
	if (cause.code === 'ENOENT') return undefined;
	throw cause;
};

/**
 * What is not as it should be.
 *
 * @param {Map<string, string>} files from `generatedFiles`
 * @returns {Promise<{outdated: string[], surplus: string[]}>} paths of files to write, and of output schemas of operations that are gone
 */
export async function staleFiles(files) {
	const texts = await Promise.all(
		[...files.keys()].map((path) => readFile(join(root, path), 'utf8').catch(absent)),
	);
	const entries =
		(await readdir(join(root, SCHEMAS), { recursive: true, withFileTypes: true }).catch(absent)) ??
		[];
	const present = entries
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll('\\', '/'));
	return {
		outdated: [...files.keys()].filter((path, index) => texts[index] !== files.get(path)),
		surplus: present.filter((path) => !files.has(path)),
	};
}
