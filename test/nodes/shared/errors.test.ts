import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

import type { INode } from 'n8n-workflow';

import {
	apiError,
	credentialError,
	operationError,
	plainText,
	thrownError,
} from '../../../nodes/shared/errors';

const repository = join(__dirname, '..', '..', '..');
const theOnePlace = join('nodes', 'shared', 'errors.ts');

/** Every node of the syntax trees of what ships, with its file. */
function* shipped(): Generator<{ file: string; node: ts.Node }> {
	for (const folder of ['livekit', 'nodes', 'credentials'])
		for (const name of readdirSync(join(repository, folder), { recursive: true })) {
			const file = join(folder, String(name));
			if (!file.endsWith('.ts')) continue;
			const text = readFileSync(join(repository, file), 'utf8');
			const waiting: ts.Node[] = [ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)];
			for (let node = waiting.pop(); node; node = waiting.pop()) {
				yield { file, node };
				node.forEachChild((child) => void waiting.push(child));
			}
		}
}

const nodes = [...shipped()];

it("n8n's errors are made in one place", () => {
	const made = nodes.filter(
		({ node }) => ts.isNewExpression(node) && /\wError$/.test(node.expression.getText()),
	);
	expect(new Set(made.map(({ file }) => file))).toEqual(new Set([theOnePlace]));
	expect(made.length).toBeGreaterThanOrEqual(4);
});

it('what is thrown comes from there', () => {
	const thrown = nodes.flatMap(({ file, node }) =>
		ts.isThrowStatement(node) ? [`${file}: ${node.expression.getText().split('(')[0]}`] : [],
	);
	const known = /: (operationError|credentialError|refusalError|unansweredError|result\.failure)$/;
	expect(thrown.filter((one) => !known.test(one))).toEqual([
		// The tables of this package are wrong: no text of anybody else.
		'livekit/schema/index.ts: new Error',
	]);
});

it('hints come from there too, and nothing else is said to the editor: no log', () => {
	const said = nodes.filter(
		({ node }) => ts.isIdentifier(node) && /^(addExecutionHints|logger)$/.test(node.text),
	);
	// A log is no page. One trigger counts there what it has refused, the other says that its state was lost.
	expect([...new Set(said.map(({ file }) => file))].sort()).toEqual([
		'nodes/LiveKitCallTrigger/refusal.ts',
		'nodes/LiveKitSipTrigger/poll.ts',
		theOnePlace,
	]);
});

it('no text of our own holds markup', () => {
	const texts = nodes.flatMap(({ file, node }) =>
		file !== theOnePlace &&
		(ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddle(node) ||
			ts.isTemplateTail(node))
			? [node.text]
			: [],
	);
	expect(texts.length).toBeGreaterThan(3000);
	// An arrow function in an example of an expression is none.
	expect(texts.filter((text) => /[<>`]|&\w+;/.test(text.replaceAll('=>', '')))).toEqual([]);
});

it('a text without markup stays as it is', () => {
	const text = 'Numbers (trunk.numbers[1]) "+1 & 2" {x} 日本\nNothing was sent.';
	expect(plainText(text)).toBe(text);
});

it('markup stays readable', () => {
	expect(plainText('<a href="x">`y`</a>\x1b[31m\u202e')).toBe('‹a href="x"›\'y\'‹/a›[31m');
});

describe('an error of each kind', () => {
	const hostile = '<a href=x>\x1b[31m`y`\u202e</a>';
	const plain = "‹a href=x›[31m'y'‹/a›";
	const node: INode = {
		id: '1',
		name: 'LiveKit',
		type: 'liveKitSip',
		typeVersion: 1,
		position: [0, 0],
		parameters: { authPassword: 'typed' },
	};
	const about = { description: hostile, itemIndex: 3 };
	const answer = { code: hostile, msg: hostile, meta: { [hostile]: hostile } };
	const thrown = Object.assign(new Error(hostile), { description: hostile, node });

	it.each([
		['input', operationError(node, hostile, about)],
		['what was thrown', thrownError(node, thrown, 3)],
		['an answer', apiError(node, answer, { ...about, message: hostile, httpCode: '400' })],
	])('%s: plain words, the row, and nothing that was typed into the node', (_what, error) => {
		expect(error.message).toBe(plain);
		// n8n leaves a description away that says the same as the message.
		expect(error.description ?? plain).toBe(plain);
		expect(error.context.itemIndex).toBe(3);
		expect(error.node.parameters).toEqual({});
		const { stack, ...rest } = error;
		expect(JSON.stringify([rest, error.cause, error.messages, error.errorResponse])).not.toMatch(
			/[<>`\u202e]|u001b|typed/,
		);
	});

	it('a description that says something else', () => {
		expect(operationError(node, 'x', about).description).toBe(plain);
		expect(thrownError(node, Object.assign(new Error('x'), about), 0).description).toBe(plain);
		const words = { ...about, message: 'x', httpCode: 'none' };
		expect(apiError(node, answer, words).description).toBe(plain);
	});

	it('a credential', () => {
		expect(credentialError(hostile).message).toBe(plain);
	});
});
