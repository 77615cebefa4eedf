import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, IWorkflowBase } from 'n8n-workflow';

const folder = join(__dirname, '..', '..', 'examples');
const nodesOf = readdirSync(folder).flatMap((file) => {
	const { nodes } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { nodes: INode[] };
	return nodes.map((node) => ({ file, ...node }));
});
/** Code of Code nodes, and of fields that are one long expression. */
const codes = nodesOf.flatMap(({ file, name, type, parameters }) => {
	if (type === 'n8n-nodes-base.code') return [[file, name, String(parameters.jsCode)]];
	const [, expression] = /^=\{\{([^]*)\}\}$/.exec(String(parameters.jsonOutput)) ?? [];
	return expression === undefined ? [] : [[file, name, `return ${expression}`]];
});
const stopNodes = nodesOf
	.filter(({ type }) => type === 'n8n-nodes-base.stopAndError')
	.map(({ file, name, parameters }) => [file, name, String(parameters.errorMessage)]);

// The editor lists workflows by name, and README.md says what each is for.
test('the examples are numbered in the order of README.md', () => {
	const readme = readFileSync(join(folder, '..', 'README.md'), 'utf8');
	const listed = [...readme.matchAll(/^\| (\d+)\. \[([\w-]+\.json)\]/gm)];
	const numbered = readdirSync(folder).map((file) => {
		const { name } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as IWorkflowBase;
		return [/^(\d+) - [A-Z]/.exec(name)?.[1], file];
	});
	expect(listed.map(([, number]) => Number(number))).toEqual(listed.map((_, index) => index + 1));
	expect(listed.map(([, number, file]) => [number, file]).sort()).toEqual(numbered.sort());
});

test.each(codes)('%s: the code of %s can be read', (_file, _name, code) => {
	expect(() => new Function(code)).not.toThrow();
});

// n8n's editor draws what this node says as HTML, and names of trunks and words of carriers are in it.
test.each(stopNodes)('%s: %s shows the text of others as text', (_file, _name, message) => {
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
});

// n8n 2.x stops its task runner, and with it Code nodes, before anything else when it is stopped.
test('campaign.json: no Code node stands between a call and the place where its outcome is kept', () => {
	const file = 'campaign.json';
	const { connections } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as IWorkflowBase;
	const between: string[] = [];
	for (let name = 'Call'; name !== 'Store'; ) {
		name = connections[name].main[0]![0].node;
		between.push(String(nodesOf.find((node) => node.file === file && node.name === name)?.type));
	}
	expect(between.length).toBeGreaterThan(0);
	expect(between).not.toContain('n8n-nodes-base.code');
});
