import { readDoNotCall } from '../../../livekit/callees/doNotCall';
import { readNumber } from '../../../livekit/callees/number';
import type { NumberOptions } from '../../../livekit/callees/reading';
import { SubscriberIndex } from '../../../livekit/callees/subscriber';
import { drained } from '../../support/drained';

function listed(given: unknown, number: string, options: NumberOptions = {}): boolean {
	const read = drained(readDoNotCall(given, options));
	if ('fault' in read) throw new Error(read.fault);
	const callee = readNumber(number, { ...options, allowUserNames: true });
	if ('fault' in callee) throw new Error(callee.fault);
	return read.value.find(callee) === true;
}

function faultOf(given: unknown, options: NumberOptions = {}): string {
	const read = drained(readDoNotCall(given, options));
	return 'fault' in read ? read.fault : 'is read';
}

describe('the do-not-call list', () => {
	it.each<[unknown]>([
		['+15105550100'],
		[' +1 (510) 555-0100; +15105550101'],
		['+15105550102\n0015105550100\r\n'],
		['["+1-510-555-0100"]'],
		[['+15105550100 ext. 5']],
		[[15105550100]],
		[['15105550100']],
		[[{ id: 1, number: '+15105550100' }]],
		[[{ phone: '+15105550102', phone_number: '+15105550100' }]],
		[[{ Phone: '+15105550100' }]],
		[[{ 'Mobile Phone': '+15105550100', row_number: 2, id: 123456789, created: '2026-01-05' }]],
		[[{ phone: '', mobile: '+15105550100' }]],
		['whatsapp:+15105550100'],
		['15105550100@c.us'],
		['tel:+1-510-555-0100'],
		['sip:+15105550100@sip.example.com'],
		['15105550100.0'],
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
		[['+15105550100', 1.5e20], '150000000000000000000'],
		[['+15105550100', ''], 'row 2 of the list is "": it is empty'],
		[['+15105550100', null], 'row 2 of the list is null: it is empty'],
		[
			[{ name: 'Ann', city: 'Bern' }],
			'row 1 of the list has the columns name, city, and no number',
		],
		[
			[{ phone: '+15105550100' }, { phone: '' }],
			'row 2 of the list is empty in the column "phone"',
		],
		[[{}], 'no columns'],
		[[['+1']], 'a list'],
		[[true], 'boolean'],
		['[1', 'JSON'],
		[{ number: '+1' }, 'an object'],
		[undefined, 'no list'],
		[null, 'no list'],
		['\n', 'holds no number: the expression found none'],
		[' ', 'holds no number'],
		[', ', 'holds no number'],
		[' ;\r\n', 'holds no number'],
		// Each of these was accepted and protected nobody, or somebody else.
		['202-555-0139 / 202-555-0140', 'row 1 of the list is "202-555-0139 / 202-555-0140"'],
		['+15105550100\n4155550101-4155550102', 'row 2 of the list is "4155550101-4155550102"'],
		['415 555 0101 / 415 555 0102', 'several numbers'],
		['030 1234567/68', 'several numbers'],
		['12', 'too short'],
		['0', 'too short'],
		['+1', 'is "+1", which has 0 digits behind +1'],
		['+1202555013', '9 digits behind +1'],
		['1234567890123456', 'more digits than'],
		[[{ phone: 0 }], 'row 1 of the list is 0: it is too short'],
		[[12025550000000], 'rounded'],
		['12025550000000', 'rounded'],
		[[{ phone: '+15105550100', second: '+15105550101' }], 'under "second"'],
		[['bob'], 'row 1 of the list is "bob", which holds letters'],
		[[{ name: 'Ann', contact: '(510) 555-0101' }], '"(510) 555-0101" under "contact"'],
	])('%j is refused', (given, words) => {
		expect(faultOf(given)).toContain(words);
		expect(faultOf(given, { defaultCountry: 'US' })).toContain(words);
	});

	it('takes extensions of a switchboard where they are called', () => {
		expect(listed('101', '101', { internalExtensions: true })).toBe(true);
		expect(listed('101', '102', { internalExtensions: true })).toBe(false);
		expect(faultOf('101')).toContain('too short');
	});

	it('refuses rounded numbers even where unusual ones are called', () => {
		expect(faultOf([12025550000000], { allowUnusual: true })).toContain('rounded');
		expect(listed('+999123456', '+999123456', { allowUnusual: true })).toBe(true);
	});

	it('may be empty, and names a wrong country', () => {
		for (const given of ['', [], '[]', ' [ ]\n'])
			expect(drained(readDoNotCall(given, {}))).toEqual({ value: new SubscriberIndex() });
		expect(drained(readDoNotCall('+15105550100', { defaultCountry: 'XX' }))).toEqual({
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
		expect(entries.filter((number) => !('value' in read && read.value.find({ number })))).toEqual(
			[],
		);
	});
});

it.each(['(202) 555-0110-0119', '+12025550110-19', '202-555-0110 - 19', '1 202 555 0110-0119'])(
	'a range is refused, also where unusual numbers are called: %s',
	(entry) => {
		expect(readNumber(entry)).toMatchObject({ reason: 'several_numbers' });
		for (const allowUnusual of [false, true]) {
			const read = drained(readDoNotCall([entry], { allowUnusual }));
			expect(read).toEqual({
				fault: expect.stringContaining('several numbers') as string,
			});
		}
	},
);
