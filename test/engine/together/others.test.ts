import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { defineGroup, groups } from './files';

defineGroup('others');

it('no file with engine tests is left out of the groups', () => {
	const files = readdirSync(join(__dirname, '..')).filter((file) => file.endsWith('.test.ts'));
	expect(
		Object.values(groups)
			.flat()
			.map((name) => `${name}.test.ts`)
			.sort(),
	).toEqual(files.sort());
});
