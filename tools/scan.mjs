// Both legs of n8n's own scanner, over the source and over the packed package, before anything is published. Its command line
// looks up the published version and ends with 0 whatever it finds.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	analyzePackage,
	findPackageRoot,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { report, root, withPack } from './pack.mjs';

const ARTIFACT_FILE_PATTERNS = ['**/*.js', 'package.json'];

async function leg(name, folder, patterns) {
	const { passed, message, details = '' } = await analyzePackage(folder, patterns);
	// Without a file to look at the scanner says that all is well.
	if (passed && message) return { name, fault: message };
	return { name, fault: passed ? undefined : `${message}\n${details}` };
}

async function firstPackageOfThisName() {
	const { name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	const found = findPackageRoot(root, name);
	return {
		name: 'the scanner finds the package',
		fault: found === root ? undefined : `it would look at ${found}`,
	};
}

report([
	await firstPackageOfThisName(),
	await leg('source', root, SOURCE_FILE_PATTERNS),
	await withPack(({ folder }) => leg('packed package', folder, ARTIFACT_FILE_PATTERNS)),
]);
