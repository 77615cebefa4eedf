import { documents, read } from './documents';

test('the commands that the documents name exist', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
	const named = documents.flatMap((file) =>
		[...read(file).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name),
	);
	expect(named.length).toBeGreaterThan(5);
	expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
