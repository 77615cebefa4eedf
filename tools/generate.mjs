// npm run generate: output schemas for n8n's editor and the tables of the documentation, from the source.
// With --check nothing is written, and the exit code is 1 where something is out of date.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatedFiles, staleFiles } from './generate/files.mjs';
import { root } from './pack.mjs';

const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
const files = await generatedFiles();
const { outdated, surplus } = await staleFiles(files);
if (values.check) {
	for (const path of [...outdated, ...surplus]) console.log(`out of date: ${path}`);
	if (outdated.length + surplus.length > 0) {
		console.log('Run: npm run generate');
		process.exitCode = 1;
	}
} else {
	for (const path of outdated) {
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), files.get(path));
		console.log(`written: ${path}`);
	}
	for (const path of surplus) {
		await rm(join(root, path));
		console.log(`removed: ${path}`);
	}
	if (outdated.length + surplus.length === 0) console.log('Everything is up to date.');
}
