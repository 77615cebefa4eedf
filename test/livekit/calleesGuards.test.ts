import { isAllowed, readPrefixes } from '../../livekit/callees/destinations';
import { readDoNotCall } from '../../livekit/callees/doNotCall';
import { Forbidden } from '../../livekit/callees/forbidden';
import { isEmergency } from '../../livekit/callees/emergency';
import type { NumberOptions } from '../../livekit/callees/number';
import { numberKey } from '../../livekit/callees/text';
import { drained } from '../drained';

describe('emergency numbers', () => {
	it.each(['112', '911', '999', '000', '110', '1 1 2', '９１１', 'tel:112', '+112', '00112', '+1911', '+49112', '+49 0112', '+44 999', '+91 100', '9911', '0112', '+19115550100', 'SOS', 'sos.police', 'urn:service:sos', 'urn:service:sos.fire', 'sip:911@example.com', '15', '100'])('%s is one', (number) => expect(isEmergency(number)).toBe(true));
	it.each(['201', '300', '4711', '987', '+15105550100', '+1415911', '+4911', '+491121234567', '1121234567', '911234567', 'sosumi', 'alice', ''])('%p is none', (number) => expect(isEmergency(number)).toBe(false));

	it('are those of the default country and of everywhere', () => {
		expect(['DE', 'US', 'IN'].map((country) => isEmergency('100', country))).toEqual([false, false, true]);
		for (const country of ['DE', 'us', 'IN', 'ZZ', '']) expect(isEmergency('112', country)).toBe(true);
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

	it.each([[''], [[]], [undefined], [null], ['Germany'], ['+'], ['+49, *'], ['+0'], [[{}]], [{}], ['+49 (0)30'], ['[+49']])('%p is refused', (given) => expect(readPrefixes(given)).toHaveProperty('fault'));

	it('let through what begins with one', () => {
		const allowed = prefixes('+49, +1415');
		for (const number of ['+49301234567', '0049 30 1234567', '+1 415 555 0100']) expect(isAllowed(number, allowed)).toBe(true);
		for (const number of ['+15105550100', '49301234567', '+44', '100', 'alice']) expect(isAllowed(number, allowed)).toBe(false);
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

	it('takes user names where they are allowed', () => {
		expect(listed('Alice', 'alice', { allowUserNames: true })).toBe(true);
		expect(drained(readDoNotCall('Alice', {}))).toEqual({ fault: expect.stringContaining('"Alice"') });
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
	])('%j is refused', (given, words) => expect(drained(readDoNotCall(given, {}))).toEqual({ fault: expect.stringContaining(words) }));

	it('may be empty, and names a wrong country', () => {
		for (const given of ['', ' \n', []]) expect(drained(readDoNotCall(given, {}))).toEqual({ value: new Forbidden() });
		expect(drained(readDoNotCall('+1', { defaultCountry: 'XX' }))).toEqual({ fault: expect.stringContaining('Default Country') });
	});

	it('of 100,000 entries is complete, and is read in 200 steps', () => {
		const entries = Array.from({ length: 100_000 }, (_, index) => `+1510${String(index).padStart(7, '0')}`);
		expect([...readDoNotCall(entries, {})]).toHaveLength(200);
		const read = drained(readDoNotCall(entries.join('\n'), {}));
		expect(entries.filter((entry) => !('value' in read && read.value.has(entry)))).toEqual([]);
	});
});
