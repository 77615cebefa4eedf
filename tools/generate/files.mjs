import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '../pack.mjs';
import { librariesOfBundle, librariesTable } from './libraries.mjs';
import { emergencyTable } from './emergency.mjs';
import { operationsTable, resourcesTable } from './operations.mjs';
import { outputSchemas } from './output-schemas.mjs';
import { parametersDocument } from './parameters.mjs';
import { reasonTables } from './reasons.mjs';
import { loadSources } from './sources.mjs';
import { prefixZones } from './timeZones.mjs';

const SCHEMAS = 'nodes/LiveKitSip/__schema__';

/** A document with something else between the two marks that name a part of it. */
function withPart(path, document, name, content) {
	const [start, end] = [`<!-- ${name}: written by npm run generate -->`, `<!-- end of ${name} -->`];
	const [before, rest] = document.split(start);
	const after = rest?.slice(rest.indexOf(end));
	if (!after?.startsWith(end)) throw new Error(`${path} needs the lines ${start} and ${end}`);
	return `${before}${start}

${content}

${after}`;
}

/** A document with what is generated in it, by the name of the part. */
async function withGenerated(path, parts) {
	const document = await readFile(join(root, path), 'utf8');
	const written = Object.entries(parts).reduce(
		(text, [name, content]) => withPart(path, text, name, content),
		document,
	);
	return [path, written];
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
		['livekit/callees/emergencyTable.ts', emergencyTable()],
		['livekit/callees/prefixZones.ts', prefixZones(sources)],
		['docs/parameters.md', parametersDocument(sources)],
		await withGenerated('docs/operations.md', { operations: operationsTable(sources) }),
		await withGenerated('README.md', { resources: resourcesTable(sources) }),
		await withGenerated('docs/reasons.md', reasonTables(sources)),
		await withGenerated('SECURITY.md', { libraries: librariesTable(await librariesOfBundle()) }),
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
