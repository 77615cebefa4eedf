import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

const folder = join(__dirname, '..', '..', 'examples');
const codeNodes = readdirSync(folder).flatMap((file) => {
	const { nodes } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { nodes: INode[] };
	return nodes
		.filter(({ type }) => type === 'n8n-nodes-base.code')
		.map(({ name, parameters }) => [file, name, String(parameters.jsCode)]);
});

test.each(codeNodes)('%s: the code of %s can be read', (_file, _name, code) => {
	expect(() => new Function(code)).not.toThrow();
});
