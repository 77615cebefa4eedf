import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { read, repository } from './documents';

const security = read('SECURITY.md');

test('every test that SECURITY.md names is there', () => {
	const named = [...security.matchAll(/\btest\/[\w./-]*\w/g)].map(([path]) => path);
	expect(named).not.toEqual([]);
	expect(named.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

test('what SECURITY.md names as a test is one that runs', () => {
	const linked = [...security.matchAll(/\]\((test\/[^)]*)\)/g)].map(([, path]) => path);
	expect(linked.filter((path) => !/(\.test\.ts|^test\/e2e\/[\w-]+\.mjs)$/.test(path))).toEqual([]);
});
