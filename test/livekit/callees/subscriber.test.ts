import { readDoNotCall } from '../../../livekit/callees/doNotCall';
import { readNumber } from '../../../livekit/callees/number';
import type { NumberOptions } from '../../../livekit/callees/reading';
import { SubscriberIndex, sameSubscriber } from '../../../livekit/callees/subscriber';
import { drained } from '../../support/drained';
import * as fc from '../../support/fastCheck';

function number(text: string, options: NumberOptions = {}): { readonly number: string } {
	const read = readNumber(text, { allowUserNames: true, ...options });
	if ('fault' in read) throw new Error(read.fault);
	return read;
}

/** What everybody who compares numbers says about two texts: alone, by an index, by a list, in both directions. */
function verdicts(one: string, other: string, options: NumberOptions = {}): Set<boolean> {
	const found = new Set<boolean>();
	for (const [a, b] of [
		[one, other],
		[other, one],
	]) {
		const [first, second] = [number(a, options), number(b, options)];
		const index = new SubscriberIndex<string>();
		index.add(first, 'first');
		found.add(sameSubscriber(first, second)).add(index.find(second) === 'first');
		const listed = drained(readDoNotCall([a], { allowUserNames: true, ...options }));
		found.add('value' in listed && listed.value.find(second) === true);
	}
	return found;
}

describe('one subscriber', () => {
	it.each([
		// Two E.164 spellings.
		['MX', '5215512345678', '+525512345678'],
		['MX', '+52 1 55 1234 5678', '55 1234 5678'],
		['MX', '044 55 1234 5678', '+525512345678'],
		['AR', '+54 9 11 1234 5678', '+54 11 1234 5678'],
		['AR', '011 15-1234-5678', '+5491112345678'],
		['AR', '+54 11 15 1234 5678', '+5491112345678'],
		['BR', '+55 11 98765-4321', '+55 11 8765-4321'],
		['BR', '(11) 98765-4321', '+551187654321'],
		['IT', '+390612345678', '+39612345678'],
		['IT', '06 1234 5678', '+39612345678'],
		['SM', '+378 0549 886377', '+378 886377'],
		['SM', '+39 0549 886377', '+378 886377'],
		['SM', '0549 886377', '+378 886377'],
		['CI', '+22507123456', '+2250707123456'],
		['CI', '+22521281234', '+2252721281234'],
		['BJ', '+22997123456', '+2290197123456'],
		['CM', '+23777123456', '+237677123456'],
		['CO', '+5711234567', '+576011234567'],
		['CL', '+5622123456', '+56222123456'],
		['VN', '+841621234567', '+84321234567'],
		['EG', '+20101234567', '+201001234567'],
		['PS', '+970592123456', '+972592123456'],
		['XK', '+37744123456', '+38344123456'],
		['GP', '+33690123456', '+590690123456'],
		['GB', '+353 48 9012 3456', '+44 28 9012 3456'],
		// Trunk prefixes.
		['DE', '49 (0)151 1234567', '+491511234567'],
		['DE', '011 49 (0)151 1234567', '+491511234567'],
		['DE', '011 49 151 1234567', '+49 151 1234567'],
		['GB', '44 (0)20 7946 0123', '+442079460123'],
		['RU', '8 912 345-67-89', '+79123456789'],
		['HU', '06 20 123 4567', '+36201234567'],
		['US', '1 415 555 0123', '+14155550123'],
		['US', '415-555-0123', '+14155550123'],
		['BR', '0 15 11 98765-4321', '+5511987654321'],
		['LT', '8 612 34567', '+37061234567'],
		// Short national numbers.
		['AD', '312 345', '+376312345'],
		['NU', '4000', '+6834000'],
		['SH', '22158', '+29022158'],
		['FO', '211234', '+298211234'],
		// Cells that lost their "+".
		['DE', '4915112345678', '+4915112345678'],
	])('%s: %s is %s', (country, one, other) => {
		expect(verdicts(one, other)).toEqual(new Set([true]));
		const national = readNumber(one, { defaultCountry: country });
		// 4915112345678 has two readings there.
		if ('number' in national) expect(sameSubscriber(national, number(other))).toBe(true);
		const listed = drained(readDoNotCall([one], { defaultCountry: country }));
		expect('value' in listed && listed.value.find(number(other))).toBe(true);
	});

	it.each([
		['+14155550123', '+14155550124'],
		['+4930123456', '+43 30123456'],
		['+525512345678', '+525512345679'],
		['+390612345678', '+390712345678'],
		['+5511987654321', '+5512987654321'],
		['+2250707123456', '+2250507123456'],
		['312345', '+4930312345'],
		['4000', '+14155554000'],
		['alice', 'alicia'],
		['+49123456', '+491234567'],
	])('%s is not %s', (one, other) =>
		expect(verdicts(one, other, { internalExtensions: true })).toEqual(new Set([false])),
	);

	it('has a name in any case', () => expect(verdicts('Alice', 'alice')).toEqual(new Set([true])));
});

test('an index passes over values that are not wanted', () => {
	const index = new SubscriberIndex<number>();
	for (const value of [1, 2, 3]) index.add(number('+14155550123'), value);
	expect(index.find(number('415 555 0123'), (value) => value > 1)).toBe(2);
	expect(index.find(number('+14155550123'), (value) => value > 3)).toBeUndefined();
});

describe('an index of numbers', () => {
	const indexOf = (...numbers: string[]) => {
		const index = new SubscriberIndex<true>();
		for (const one of numbers) index.add({ number: one }, true);
		return index;
	};

	it.each([
		[['+14155550101', '+16465550101'], '6465550101'],
		[['+14155550101', '+16465550101', '+12025550101'], '6465550101'],
		[['04155550101', '06465550101'], '+16465550101'],
		[['+4930123456', '+3930123456'], '030123456'],
	])('of %j finds %s, whose end another one shares', (numbers, wanted) => {
		expect(indexOf(...numbers).find({ number: wanted })).toBe(true);
	});

	it('finds what any two of its numbers say, in any order and with equal ends', () => {
		const some = fc.constantFrom('415', '646', '202', '030', '30', '0415', '49', '1');
		const number = fc
			.tuple(
				fc.constantFrom('+1', '+49', '', '0', '00'),
				some,
				fc.constantFrom('5550101', '5550102'),
			)
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(fc.array(number, { minLength: 1, maxLength: 6 }), number, (listed, asked) => {
				const found = indexOf(...listed).find({ number: asked }) === true;
				const said = listed.some((one) => sameSubscriber({ number: one }, { number: asked }));
				expect(found).toBe(said);
			}),
			{ numRuns: 3000 },
		);
	});
});
