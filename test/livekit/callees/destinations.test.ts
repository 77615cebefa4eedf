import { isAllowed, readPrefixes } from '../../../livekit/callees/destinations';

function prefixes(given: unknown): readonly string[] {
	const read = readPrefixes(given);
	if ('fault' in read) throw new Error(read.fault);
	return read.value;
}

describe('allowed destinations', () => {
	it('are prefixes in any writing', () => {
		expect(prefixes('+49, 0043;+1 (415)\n30')).toEqual(['+49', '+43', '+1415', '+30']);
		expect(prefixes(['+49', 30])).toEqual(['+49', '+30']);
		expect(prefixes('49, 1, 0049, 49 30, +49 ')).toEqual(['+49', '+1', '+49', '+4930', '+49']);
		expect(prefixes('030')).toEqual(['030']);
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

	it.each([
		['DE', /no prefix of phone numbers. Write it like \+49$/],
		['at', /Write it like \+43$/],
		['Germany', /Write it like \+49 or \+1415$/],
	])('says how to write %s', (given, message) => {
		const read = readPrefixes(given);
		expect('fault' in read && read.fault).toMatch(message);
	});

	it('are prefixes of extensions where extensions are called', () => {
		const read = readPrefixes('20, +49, 030', true);
		const allowed = 'value' in read ? read.value : [];
		expect(allowed).toEqual(['20', '+49', '030']);
		expect(['200', '+201001234567', '+4930', '300'].map((one) => isAllowed(one, allowed))).toEqual([
			true,
			false,
			true,
			false,
		]);
	});

	it('of extensions are for extensions alone', () => {
		const read = readPrefixes('20, 49, 0', true);
		const allowed = 'value' in read ? read.value : [];
		const given = ['200', '200001', '2012345678', '4915112345678', '20900123456789', '0301234567'];
		expect(given.filter((one) => isAllowed(one, allowed))).toEqual(['200', '200001', '0301234567']);
	});

	it('let through what begins with one', () => {
		const allowed = prefixes('+49, +1415');
		for (const number of ['+49301234567', '0049 30 1234567', '+1 415 555 0100'])
			expect(isAllowed(number, allowed)).toBe(true);
		for (const number of ['+15105550100', '49301234567', '+44', '100', 'alice'])
			expect(isAllowed(number, allowed)).toBe(false);
	});
});
