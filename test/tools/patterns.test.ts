import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as recheck from 'recheck';
import * as ts from 'typescript';

import { readAnswer } from '../../livekit/http/twirp';
import { readRefusal } from '../../livekit/outcome/refusals';
import { repository } from '../docs/documents';

// The ready-made binaries of recheck need a worker, which outlives the tests.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = jest.requireActual<typeof recheck>('recheck');

interface Pattern {
	readonly source: string;
	readonly flags: string;
	/** Where it stands. */
	readonly at: string;
}

const shipped = ['credentials', 'livekit', 'nodes'].flatMap((folder) =>
	readdirSync(join(repository, folder), { recursive: true })
		.map((file) => join(folder, String(file)))
		.filter((file) => file.endsWith('.ts')),
);

/** All regular expressions of a file, and expressions that make one at run time. */
function patternsOf(file: string): { literals: Pattern[]; made: string[] } {
	const text = readFileSync(join(repository, file), 'utf8');
	const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const literals: Pattern[] = [];
	const made: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
			literals.push({
				source: node.text.slice(1, end),
				flags: node.text.slice(end + 1),
				at: `${file}:${line + 1}`,
			});
		}
		if (
			(ts.isNewExpression(node) || ts.isCallExpression(node)) &&
			node.expression.getText() === 'RegExp'
		)
			made.push(`${file}: ${node.getText()}`);
		ts.forEachChild(node, visit);
	};
	visit(parsed);
	return { literals, made };
}

/** What a text in a refusal may have come to when a pattern sees it: its bound, and the words that say how long it was. */
const longestInRefusal = 1050;

/** Runs LiveKit's words through the functions that all of them go through. */
const throughRefusal = (text: string): unknown => {
	const meta = { sip_status_code: '403', sip_status: text };
	const words = { code: 'invalid_argument', msg: text };
	return [{ ...words, meta }, words].map((body) => {
		const answer = readAnswer({ status: 400, body });
		return 'refusal' in answer && readRefusal(answer.refusal);
	});
};

/**
 * Patterns that take more than time in proportion to a text's length, or of which nobody knows, by their beginning. Each has a
 * length check in front: no longer text reaches it through the functions that use it.
 */
const bounded: Readonly<Record<string, { most: number; through(text: string): unknown }>> = {
	'no such host|server misbehaving': { most: longestInRefusal, through: throughRefusal },
	'\\bcps\\b|calls? per second': { most: longestInRefusal, through: throughRefusal },
	'(invalid|not a valid|unallocated': { most: longestInRefusal, through: throughRefusal },
};

const boundOf = ({ source }: Pattern) =>
	Object.keys(bounded).find((beginning) => source.startsWith(beginning));

// Rewritten in another change, which brings its own bounds: to be taken out when both are there.
const elsewhere = join('livekit', 'callees');

const found = shipped.filter((file) => !file.startsWith(elsewhere)).map(patternsOf);
const literals = [
	...new Map(
		found
			.flatMap((file) => file.literals)
			.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern] as const),
	),
];

it('reads the patterns of the sources', () => {
	expect(literals.length).toBeGreaterThan(80);
	expect(found.flatMap(({ made }) => made)).toEqual([]);
});

it.each(literals.filter(([, pattern]) => !boundOf(pattern)))(
	'takes time in proportion to the text: %s',
	(_shown, { source, flags, at }) => {
		const { status } = checkSync(source, flags, { timeout: 50_000 });
		expect({ at, status }).toEqual({ at, status: 'safe' });
	},
);

describe.each(Object.entries(bounded))('is behind a length check: %s', (beginning, bound) => {
	it('stands in the sources', () => {
		expect(literals.filter(([, pattern]) => boundOf(pattern) === beginning)).toHaveLength(1);
	});

	it.each(['a', ' ', 'c', 'invalid ', 'dial ', 'concurren', 'limit ', 'C\u0000'])(
		'sees no long text of %j',
		(part) => {
			const { exec } = RegExp.prototype;
			let [seen, longest] = [0, 0];
			RegExp.prototype.exec = function (text) {
				if (this.source.startsWith(beginning)) {
					seen++;
					longest = Math.max(longest, text.length);
				}
				return exec.call(this, text);
			};
			try {
				bound.through(part.repeat(10_000));
			} finally {
				RegExp.prototype.exec = exec;
			}
			expect(seen).toBeGreaterThan(0);
			expect(longest).toBeLessThanOrEqual(bound.most);
		},
	);
});
