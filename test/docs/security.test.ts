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

test('the threat model says of each of nine kinds what is promised, by which test, and what is not', () => {
	const [, model] = /^## Who could try what\n([\s\S]*?)^## /m.exec(security)!;
	const [head, , ...rows] = model.split('\n').filter((line) => line.startsWith('|'));
	const cellsOf = (line: string) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim());
	expect(cellsOf(head)).toEqual([
		'Who',
		'What they could try',
		'What is promised',
		'Tests',
		'What is not promised',
	]);
	const kinds = [
		/LiveKit server/,
		/Carrier/,
		/Callee/,
		/contact list/,
		/Workflow editor/,
		/AI model/,
		/Other users of the n8n/,
		/Network/,
		/webhook URL/,
	];
	expect(rows).toHaveLength(kinds.length);
	for (const [index, row] of rows.entries()) {
		const [who, attempt, promise, tests, open] = cellsOf(row);
		expect(who).toMatch(kinds[index]);
		expect([attempt, promise, open]).not.toContain('');
		expect(tests).toMatch(/^(\[[^\]]+\]\(test\/[^)]+\)(, )?)+$/);
	}
});
