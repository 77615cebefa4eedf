import { getCountries, getExampleNumber } from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/examples.mobile.json';
import { isAllowed, readPrefixes } from '../../../livekit/callees/destinations';
import { readDoNotCall } from '../../../livekit/callees/doNotCall';
import { Forbidden } from '../../../livekit/callees/forbidden';
import { isEmergency } from '../../../livekit/callees/emergency';
import type { NumberOptions } from '../../../livekit/callees/number';
import { numberKey } from '../../../livekit/callees/text';
import { drained } from '../../support/drained';

describe('emergency numbers', () => {
	it.each([
		'112',
		'911',
		'999',
		'000',
		'110',
		'1 1 2',
		'９１１',
		'tel:112',
		'+112',
		'00112',
		'+1911',
		'+49112',
		'+49 0112',
		'+44 999',
		'+91 100',
		'9911',
		'0112',
		'+19115550100',
		'SOS',
		'sos.police',
		'urn:service:sos',
		'urn:service:sos.fire',
		'sip:911@example.com',
		'911#',
		'15',
		'100',
	])('%s is one', (number) => expect(isEmergency(number)).toBe(true));
	it.each([
		'201',
		'300',
		'4711',
		'987',
		'+15105550100',
		'+1415911',
		'+4911',
		'+491121234567',
		'1121234567',
		'911234567',
		'sosumi',
		'alice',
		'',
	])('%p is none', (number) => expect(isEmergency(number)).toBe(false));

	it.each(['1911', '1112', '7112', '49112', '49110', '44999', '61000', '91100', '420112'])(
		'%s is one that lost its plus',
		(number) => expect(isEmergency(number)).toBe(true),
	);
	it.each(['0112', '0911', '0999', '0000', '0110', '9112', '9911', '9999'])(
		'%s is one behind an outside line',
		(number) => {
			for (const country of [undefined, 'DE', 'US'])
				expect(isEmergency(number, country)).toBe(true);
		},
	);
	it.each([
		'1000',
		'1001',
		'1110',
		'1200',
		'1411',
		'1999',
		'2000',
		'2008',
		'3315',
		'3318',
		'4711',
		'4900',
		'7000',
		'7101',
		'8000',
		'9000',
		'9001',
		'9100',
		'20000',
		'49000',
		'44000',
		'5550100',
		'19115550100',
		'19112345678',
		'116117',
		'11833',
		'22833',
		'0800',
		'0120',
		'01189998819',
	])('%s is a short or a local number', (number) => expect(isEmergency(number)).toBe(false));

	it("a country code that lost its plus counts where it is the country's own", () => {
		expect(['49112', '44999', '61000', '1911'].map((number) => isEmergency(number, 'DE'))).toEqual([
			true,
			false,
			false,
			false,
		]);
		expect([
			isEmergency('1911', 'LK'),
			isEmergency('376112', 'FR'),
			isEmergency('1911', 'CA'),
		]).toEqual([false, false, true]);
	});

	it('are no ordinary numbers of any country, in any writing', () => {
		const refused = getCountries().flatMap((country) => {
			const example = getExampleNumber(country, examples);
			const writings = example
				? [
						example.number,
						example.number.slice(1),
						example.nationalNumber,
						example.formatNational(),
						example.formatInternational(),
					]
				: [''];
			return writings.filter(
				(number) => number === '' || isEmergency(number) || isEmergency(number, country),
			);
		});
		expect(refused).toEqual([]);
	});

	it('are those of the default country and of everywhere', () => {
		expect(['DE', 'US', 'IN'].map((country) => isEmergency('100', country))).toEqual([
			false,
			false,
			true,
		]);
		for (const country of ['DE', 'us', 'IN', 'ZZ', ''])
			expect(isEmergency('112', country)).toBe(true);
		expect(isEmergency('911 555 0100', 'US')).toBe(true);
		expect(isEmergency('911 234 567', 'ES')).toBe(false);
	});
});

function prefixes(given: unknown): readonly string[] {
	const read = readPrefixes(given);
	if ('fault' in read) throw new Error(read.fault);
	return read.value;
}

describe('allowed destinations', () => {
	it('are prefixes in any writing', () => {
		expect(prefixes('+49, 0043;+1 (415)\n30')).toEqual(['+49', '+43', '+1415', '30']);
		expect(prefixes(['+49', 30])).toEqual(['+49', '30']);
		expect(prefixes('["+49"]')).toEqual(['+49']);
	});

	it.each([
		[''],
		[[]],
		[undefined],
		[null],
		['Germany'],
		['+'],
		['+49, *'],
		['+0'],
		[[{}]],
		[{}],
		['+49 (0)30'],
		['[+49'],
	])('%p is refused', (given) => expect(readPrefixes(given)).toHaveProperty('fault'));

	it('let through what begins with one', () => {
		const allowed = prefixes('+49, +1415');
		for (const number of ['+49301234567', '0049 30 1234567', '+1 415 555 0100'])
			expect(isAllowed(number, allowed)).toBe(true);
		for (const number of ['+15105550100', '49301234567', '+44', '100', 'alice'])
			expect(isAllowed(number, allowed)).toBe(false);
	});
});

function listed(given: unknown, number: string, options: NumberOptions = {}): boolean {
	const read = drained(readDoNotCall(given, options));
	if ('fault' in read) throw new Error(read.fault);
	return read.value.has(numberKey(number));
}

describe('the do-not-call list', () => {
	it.each<[unknown]>([
		['+15105550100'],
		[' +1 (510) 555-0100; +15105550101'],
		['+1\n0015105550100\r\n'],
		['["+1-510-555-0100"]'],
		[['+15105550100 ext. 5']],
		[[15105550100]],
		[['15105550100']],
		[[{ id: 1, number: '+15105550100' }]],
		[[{ phone: '+1', phone_number: '+15105550100' }]],
		[[{ json: { phoneNumber: 15105550100 }, pairedItem: 0 }]],
	])('%j lists a number', (given) => {
		expect(listed(given, '+15105550100')).toBe(true);
		expect(listed(given, '+15105550199')).toBe(false);
	});

	it('reads national numbers with the default country, and such as lost their "+"', () => {
		expect(listed('0151 12345678', '+4915112345678', { defaultCountry: 'DE' })).toBe(true);
		expect(listed([4915112345678], '+4915112345678', { defaultCountry: 'DE' })).toBe(true);
		expect(listed('5105550100', '+15105550100', { defaultCountry: 'us' })).toBe(true);
		expect(listed('+15105550100', '15105550100')).toBe(true);
	});

	it.each([
		'011 49 30 12345678',
		'01149 30 12345678',
		1149_30_12345678,
		'0011 49 30 12345678',
		'010 49 30 12345678',
		'810 49 30 12345678',
	])('knows what countries dial before numbers abroad: %p', (entry) => {
		expect(listed([entry], '+493012345678')).toBe(true);
		expect(listed('+493012345678', String(entry))).toBe(true);
		expect([listed([entry], '+493012345679'), listed([entry], '+14155550101')]).toEqual([
			false,
			false,
		]);
	});

	it('reads such numbers as its country dials them', () => {
		expect(listed('00 21 49 30 12345678', '+493012345678', { defaultCountry: 'BR' })).toBe(true);
		expect(listed('0011 49 30 12345678', '+493012345678', { defaultCountry: 'AU' })).toBe(true);
		expect(listed('0113 496 0123', '+441134960123', { defaultCountry: 'GB' })).toBe(true);
	});

	it('takes user names where they are allowed', () => {
		expect(listed('Alice', 'alice', { allowUserNames: true })).toBe(true);
		expect(drained(readDoNotCall('Alice', {}))).toEqual({
			fault: expect.stringContaining('"Alice"'),
		});
	});

	it.each<[unknown, string]>([
		['+15105550100, +1 O10', '"+1 O10"'],
		[['+1', 1.5e20], '150000000000000000000'],
		[['+1', ''], '""'],
		[['+1', null], 'null'],
		[[{ name: 'Ann' }], 'number, phone, phone_number, phoneNumber'],
		[[{ number: '' }], 'number, phone'],
		[[['+1']], 'a list'],
		['[1', 'JSON'],
		[{ number: '+1' }, 'an object'],
		[undefined, 'no list'],
		[null, 'no list'],
		['\n', 'holds no number: the expression found none'],
		[' ', 'holds no number'],
		[', ', 'holds no number'],
		[' ;\r\n', 'holds no number'],
	])('%j is refused', (given, words) =>
		expect(drained(readDoNotCall(given, {}))).toEqual({ fault: expect.stringContaining(words) }),
	);

	it('may be empty, and names a wrong country', () => {
		for (const given of ['', [], '[]', ' [ ]\n'])
			expect(drained(readDoNotCall(given, {}))).toEqual({ value: new Forbidden() });
		expect(drained(readDoNotCall('+1', { defaultCountry: 'XX' }))).toEqual({
			fault: expect.stringContaining('{default_country}'),
		});
	});

	it('of 100,000 entries is complete, and is read in 200 steps', () => {
		const entries = Array.from(
			{ length: 100_000 },
			(_, index) => `+1510${String(index).padStart(7, '0')}`,
		);
		expect([...readDoNotCall(entries, {})]).toHaveLength(200);
		const read = drained(readDoNotCall(entries.join('\n'), {}));
		expect(entries.filter((entry) => !('value' in read && read.value.has(entry)))).toEqual([]);
	});
});
