import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as recheck from 'recheck';
import * as ts from 'typescript';

import { headersNamed } from '../../livekit/callees/named';
import { readNumber } from '../../livekit/callees/number';
import { readAnswer } from '../../livekit/http/twirp';
import { readRefusal } from '../../livekit/outcome/refusals';
import { repository } from '../docs/documents';

// The ready-made binaries of recheck need a worker, which outlives the tests.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = jest.requireActual<typeof recheck>('recheck');

/** Limits by characters read alone: on a busy machine a limit of time calls a good pattern vulnerable. */
const byWork = {
	timeout: null,
	attackTimeout: null,
	incubationTimeout: null,
	seedingTimeout: null,
};

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

/** A cell is read as a phone number only up to this length. */
const ofCell = {
	most: 200,
	through: (text: string): unknown => readNumber(text, { allowUserNames: true }),
};

/**
 * Patterns that take more than time in proportion to a text's length, or of which nobody knows, by their beginning. Each has a
 * length check in front: no longer text reaches it through the functions that use it.
 */
const bounded: Readonly<
	Record<string, { most: number; through(text: string): unknown; example?: string; made?: true }>
> = {
	'\\blookup \\S+.*: |no such host': { most: longestInRefusal, through: throughRefusal },
	'\\bcps\\b|calls? per second': { most: longestInRefusal, through: throughRefusal },
	'(invalid|not a valid|unallocated': { most: longestInRefusal, through: throughRefusal },
	'\\d{3}[^]*[\\r\\n]': { ...ofCell, example: '123\n456' },
	'^([^,pw]*?)(': { ...ofCell, example: '+14155550100,5' },
	"^[a-z0-9_.!~*'()&=+$?%#-]*[a-z0-9]": { ...ofCell, example: 'alice' },
	'^\\+?\\d[\\d().-]{5,}\\d(?:': { ...ofCell, example: '4155550101&4155550102' },
	'\\d{3}[^\\p{L}]*(?<!': { ...ofCell, example: '415 555 0100' },
	'\\d[^+]*\\+[^+]*\\d': { ...ofCell, example: '415 555 0100' },
	'\\d\\W*[,;|&~]': { ...ofCell, example: '415 555 0100' },
	'^(.*?\\d[)\\]]?)[\\s,;.-]*': { ...ofCell, example: '415 555 0100 ext. 5', made: true },
	'^[(\\s]*(?:\\+|00': { ...ofCell, example: '49 (0)30 123456', made: true },
	'"(?:[^"\\\\]|': {
		most: 1000,
		through: (text) => headersNamed({ to: text }, new Set(['to'])),
		example: '"Jane" <tel:+14155550100>',
	},
};

const boundOf = ({ source }: Pattern) =>
	Object.keys(bounded).find((beginning) => source.startsWith(beginning));

const found = shipped.map(patternsOf);
const literals = [
	...new Map(
		found
			.flatMap((file) => file.literals)
			.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern] as const),
	),
];

it('reads the patterns of the sources', () => {
	expect(literals.length).toBeGreaterThan(80);
	// Those of countries.ts are anchored patterns of the library's tables, for digits. The others are bounded below.
	expect(found.flatMap(({ made }) => made.map((one) => one.split(':')[0]))).toEqual([
		...Array.from({ length: 3 }, () => 'livekit/callees/countries.ts'),
		'livekit/callees/international.ts',
		'livekit/callees/keys.ts',
	]);
});

it.each(literals.filter(([, pattern]) => !boundOf(pattern)))(
	'takes time in proportion to the text: %s',
	(_shown, { source, flags, at }) => {
		const { status } = checkSync(source, flags, byWork);
		expect({ at, status }).toEqual({ at, status: 'safe' });
	},
);

describe.each(Object.entries(bounded))('is behind a length check: %s', (beginning, bound) => {
	it('stands in the sources', () => {
		const there = literals.filter(([, pattern]) => boundOf(pattern) === beginning);
		expect(there).toHaveLength(bound.made ? 0 : 1);
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
				if (bound.example !== undefined) bound.through(bound.example);
			} finally {
				RegExp.prototype.exec = exec;
			}
			expect(seen).toBeGreaterThan(0);
			expect(longest).toBeLessThanOrEqual(bound.most);
		},
	);
});
