import { statSync } from 'node:fs';
import { join } from 'node:path';

import { documents, read, repository } from './documents';

test('README.md is long enough to start with, and short enough to read', () => {
	const { size } = statSync(join(repository, 'README.md'));
	expect(size).toBeGreaterThanOrEqual(15_000);
	expect(size).toBeLessThanOrEqual(20_000);
});

test('the commands that the documents name exist', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
	const named = documents.flatMap((file) =>
		[...read(file).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name),
	);
	expect(named.length).toBeGreaterThan(5);
	expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
