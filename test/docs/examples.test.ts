import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

const folder = join(__dirname, '..', '..', 'examples');
/** A parameter of all nodes of a type: file, node, text. */
function parametersOf(wanted: string, parameter: string): Array<[string, string, string]> {
	return readdirSync(folder).flatMap((file) => {
		const { nodes } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { nodes: INode[] };
		return nodes
			.filter(({ type }) => type === `n8n-nodes-base.${wanted}`)
			.map(({ name, parameters }): [string, string, string] => [
				file,
				name,
				String(parameters[parameter]),
			]);
	});
}

const codeNodes = parametersOf('code', 'jsCode');

test.each(codeNodes)('%s: the code of %s can be read', (_file, _name, code) => {
	expect(() => new Function(code)).not.toThrow();
});

// n8n's editor draws what this node says as HTML, and names of trunks and words of carriers are in it.
test.each(parametersOf('stopAndError', 'errorMessage'))(
	'%s: %s shows the text of others as text',
	(_file, _name, message) => {
		const [, code] = /^=\{\{ (.*) \}\}$/s.exec(message) ?? ['', JSON.stringify(message)];
		for (const trunk of ['', 'ST_1']) {
			const json = new Proxy<Record<string, string>>(
				{ '<b>column</b>': '' },
				{ get: (_target, key) => (key === 'sip_trunk_id' ? trunk : '<a href=x>click</a>') },
			);
			const $ = () => ({ first: () => ({ json }), all: () => [{ json }] });
			const said: unknown = new Function('$', '$json', `return ${code}`)($, json);
			expect(said).toMatch(/\w/);
			expect(said).not.toMatch(/[<>]/);
		}
	},
);
