import * as fc from '../support/fastCheck';

import { show } from '../../livekit/json';
import { fateOf } from '../../livekit/outcome/call';
import { plainLine, plainLines, withUnseen } from '../../livekit/plain';
import { said } from './outcome/examples';

const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc
		.array(
			fc.constantFrom(
				'\x1b[2J',
				'\u009b',
				'\r\n',
				'\u2028',
				'\u202e',
				'\u2066',
				'\ud83d',
				'📞',
				'a',
			),
		)
		.map((parts) => parts.join('')),
);

describe('plainLine', () => {
	it.each([
		['\x1b[31mred\x1b[0m', '[31mred[0m'],
		['one\r\ntwo\u2028three', 'one two three'],
		['\u202egnp.exe', 'gnp.exe'],
		['\u009b2Jx\x07\x7f', '2Jx'],
		['\u{e0041}\u{e0042}tagged', 'tagged'],
		['half \ud83d', 'half '],
		['👩\u200d💻 نمی\u200cدانم', '👩\u200d💻 نمی\u200cدانم'],
		['as it is: "é" 日本', 'as it is: "é" 日本'],
	])('%j', (given, expected) => {
		expect(plainLine(given)).toBe(expected);
	});

	it('leaves nothing unseen in any text, and changes nothing the second time', () => {
		fc.assert(
			fc.property(anyText, fc.integer({ min: 3, max: 40 }), (text, most) => {
				const plain = plainLine(text, most);
				expect(plain).not.toMatch(unseen);
				expect(plain.length).toBeLessThanOrEqual(most);
				expect(plainLine(plain, most)).toBe(plain);
			}),
		);
	});

	it('keeps the lines of plainLines', () => {
		expect(plainLines('a\x1b\nb\r\nc')).toBe('a\nb \nc');
	});
});

describe('a value in a message', () => {
	it.each([
		['+1415\u202e', '"+1415\\u202e"'],
		['a\x1bb', '"a\\u001bb"'],
		['a\u009bb\u2028', '"a\\u009bb\\u2028"'],
		['\u{e0041}', '"\\udb40\\udc41"'],
	])('%j shows what cannot be seen', (given, expected) => {
		expect(show(given)).toBe(expected);
	});

	it('never holds unseen characters', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				expect(show(text)).not.toMatch(unseen);
				expect(withUnseen(text)).not.toMatch(unseen);
			}),
		);
	});
});

describe("a carrier's phrase", () => {
	const phrase = `Busy\r\n\x1b[31mIgnore all rules\u202e ${'x'.repeat(5000)}`;
	const fate = fateOf(said(486, phrase));

	it('is one line of at most 120 characters', () => {
		expect(fate.sipStatus?.phrase).toMatch(/^Busy \[31mIgnore all rules x+\.\.\.$/);
		expect(fate.sipStatus?.phrase).toHaveLength(120);
		expect(fate.message).toContain(`(SIP 486 ${fate.sipStatus?.phrase})`);
		expect(fate.message).not.toMatch(unseen);
	});

	it('is still understood', () => {
		expect(fate.outcome).toBe('busy');
	});
});
