import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { INodePropertyOptions } from 'n8n-workflow';

import { nodeProperties } from '../../nodes/LiveKitSip/properties';
import { documents, read, repository } from './documents';

test('README.md is long enough to start with, and short enough to read', () => {
	const { size } = statSync(join(repository, 'README.md'));
	expect(size).toBeGreaterThanOrEqual(15_000);
	expect(size).toBeLessThanOrEqual(20_000);
});

const optionsOf = (name: string, resource?: string) =>
	nodeProperties
		.filter((property) => property.name === name)
		.filter(({ displayOptions }) => !resource || displayOptions?.show?.resource?.includes(resource))
		.flatMap(({ options }) => options as INodePropertyOptions[]);

test.each(optionsOf('resource').map(({ name, value }) => [name, String(value)]))(
	'README.md lists the operations of %s',
	(name, resource) => {
		const row = read('README.md')
			.split('\n')
			.find((line) => line.startsWith(`| ${name} | `));
		const listed = row?.split(' | ')[2].replace(/ \|$/, '').split(', ');
		expect(listed?.sort()).toEqual(
			optionsOf('operation', resource)
				.map((operation) => operation.name)
				.sort(),
		);
	},
);

test('the commands that the documents name exist', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
	const named = documents.flatMap((file) =>
		[...read(file).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name),
	);
	expect(named.length).toBeGreaterThan(5);
	expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
