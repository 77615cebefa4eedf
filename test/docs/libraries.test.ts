import { inNode } from '../tools/node';

const tableOf = (libraries: readonly object[]) =>
	inNode(
		{ 'tools/generate/libraries.mjs': 'librariesTable' },
		`librariesTable(${JSON.stringify(libraries)})`,
	);

test('each bundled library is named with its version, its licence and its purpose', () => {
	expect(tableOf([{ name: 'jose', version: '1.2.3', license: 'MIT' }])).toEqual({
		value: expect.stringContaining(
			'| [jose](https://www.npmjs.com/package/jose) | 1.2.3 | MIT | signs tokens |',
		),
	});
});

test('a library that nobody has spoken of stops the generation', () => {
	expect(tableOf([{ name: 'left-pad', version: '1.0.0', license: 'MIT' }])).toEqual({
		thrown: 'left-pad is bundled. Say in tools/generate/libraries.mjs what for.',
	});
});
