import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '../pack.mjs';
import { operationsTable, resourcesTable } from './operations.mjs';
import { outputSchemas } from './output-schemas.mjs';
import { parametersDocument } from './parameters.mjs';
import { loadSources } from './sources.mjs';

const SCHEMAS = 'nodes/LiveKitSip/__schema__';

/** A document with what is generated in it, which stands between two marks. */
async function withGenerated(path, name, content) {
	const [start, end] = [`<!-- ${name}: written by npm run generate -->`, `<!-- end of ${name} -->`];
	const [before, rest] = (await readFile(join(root, path), 'utf8')).split(start);
	const after = rest?.split(end)[1];
	if (after === undefined) throw new Error(`${path} needs the lines ${start} and ${end}`);
	return [path, `${before}${start}\n\n${content}\n\n${end}${after}`];
}

/**
 * Everything that is generated, as it should be.
 *
 * @returns {Promise<Map<string, string>>} content by path inside the repository
 */
export async function generatedFiles() {
	const sources = await loadSources();
	return new Map([
		...outputSchemas(sources),
		['docs/parameters.md', parametersDocument(sources)],
		await withGenerated('docs/operations.md', 'operations', operationsTable(sources)),
		await withGenerated('README.md', 'resources', resourcesTable(sources)),
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
