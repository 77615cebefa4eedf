import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { nationalNumber } from '../../../livekit/callees/national';
import { type NumberOptions, calleeOf } from '../../../livekit/callees/number';
import { numberKey } from '../../../livekit/callees/text';
import * as fc from '../../support/fastCheck';

function fault(given: unknown, options: NumberOptions = {}): string {
	const callee = calleeOf(given, options);
	return 'fault' in callee ? callee.fault : `reads as ${callee.number}`;
}

const german: NumberOptions = { defaultCountry: 'de' };
const names: NumberOptions = { allowUserNames: true };

describe('a callee', () => {
	it.each([
		['+1 (510) 555-0100', '+15105550100'],
		['(+1) 510.555.0100', '+15105550100'],
		['0049 151 / 1234567', '+491511234567'],
		['tel:+1-510-555-0100', '+15105550100'],
		['＋４９１５１１２３４５６７', '+491511234567'],
		['+49\u00a0151\u20111234567', '+491511234567'],
		['\u202a+49151\u200b1234567\u202c', '+491511234567'],
		["'+15105550100", '+15105550100'],
		['15105550100.0', '15105550100'],
		['+49 (0)30 1234567', '+49301234567'],
		['+39 06 12345678', '+390612345678'],
		['5550100', '5550100'],
		['000', '000'],
		[15105550100, '15105550100'],
	])('%p is dialled as %s', (given, number) =>
		expect(calleeOf(given, {})).toEqual({ number, warnings: [] }),
	);

	it.each(['ext. 55', 'Ext 55', 'extension: 55', 'x55', ' x 55', ';ext=55', '#55', ',55', ',,55#'])(
		'has the extension of "%s"',
		(extension) => {
			for (const number of ['+15105550100', '+1 (510) 555-0100']) {
				expect(calleeOf(number + extension, {})).toEqual({
					number: '+15105550100',
					extension: '55',
					warnings: [],
				});
			}
		},
	);

	it.each([
		'1.51E+10',
		'1,51E+10',
		'1.51e10',
		'+1E11',
		1e300,
		1510555010000000000000,
		1.51e10 + 0.5,
	])('%p was changed by a spreadsheet', (given) => {
		for (const options of [{}, names, german])
			expect(fault(given, options)).toContain('scientific notation');
	});

	it.each<[unknown, string]>([
		['sip:alice@example.com', 'not a URI'],
		['SIPS:alice', 'not a URI'],
		['+1510@example.com', 'not a URI'],
		['1-800-FLOWERS', 'Write 18003569377'],
		['alice', 'turn on {allow_user_names}'],
		['+15105550100, +15105550101', 'several numbers'],
		['5550100,5550101', 'several numbers'],
		['5550100/5550101', 'several numbers'],
		['+15105550100\n+15105550101', 'several lines'],
		['15105550100.5', 'has decimals'],
		['+0049151', 'a 0 where the country code begins'],
		['1'.repeat(21), 'more digits'],
		['*72', 'service code'],
		['---', 'no phone number'],
		['+', 'no phone number'],
		[-5, 'no phone number'],
		[true, 'boolean'],
		[{ number: '+1' }, 'object'],
		[['+15105550100'], 'a list'],
	])('%p is refused: %s', (given, words) => expect(fault(given)).toContain(words));

	it.each([undefined, null, '', '  ', '\u200b'])('%p is nothing at all', (given) =>
		expect(calleeOf(given, {})).toMatchObject({ missing: true }),
	);

	it('is a SIP user name where those are allowed', () => {
		for (const name of ['alice', 'agent-7', 'a.b_c+d', 'queue=5', '*72'])
			expect(calleeOf(` ${name} `, names)).toEqual({ number: name, warnings: [] });
		for (const name of [
			'al ice',
			'a"b',
			'a<b>',
			'a\nb',
			'ü',
			'undefined',
			'null',
			'[object Object]',
		])
			expect(calleeOf(name, names)).toHaveProperty('fault');
		expect(calleeOf('+1 (510) 555-0100', names)).toMatchObject({ number: '+15105550100' });
	});

	it('is warned of where no country has such a number', () => {
		for (const number of ['+15550486', '+999123', `+49${'1'.repeat(16)}`])
			expect(calleeOf(number, german)).toEqual({
				number,
				warnings: [expect.stringContaining(number)],
			});
		expect(calleeOf(15100000000, {})).toMatchObject({
			warnings: [expect.stringContaining('rounded')],
		});
	});

	it('is completed with the default country', () => {
		expect(calleeOf('0151 12345678', german)).toMatchObject({ number: '+4915112345678' });
		expect(calleeOf(15112345678, german)).toMatchObject({ number: '+4915112345678' });
		expect(calleeOf('(510) 555-0100', { defaultCountry: 'US' })).toMatchObject({
			number: '+15105550100',
		});
		expect(calleeOf('15105550100', { defaultCountry: 'US' })).toMatchObject({
			number: '+15105550100',
		});
		expect(calleeOf('011 49 151 12345678', { defaultCountry: 'US' })).toMatchObject({
			number: '+4915112345678',
		});
		expect(calleeOf('112', german)).toMatchObject({ number: '112' });
		expect(fault('555', { defaultCountry: 'US' })).toContain(
			'cannot be a number of the {default_country} US',
		);
		expect(fault('+1', { defaultCountry: 'Germany' })).toContain(
			'{default_country} is no country: "GERMANY"',
		);
	});

	it.each([
		['0011 49 30 12345678', 'AU', '+493012345678'],
		['0011 1 415 555 0101', 'AU', '+14155550101'],
		['+61 2 5550 1234', 'AU', '+61255501234'],
		['0049 30 12345678', 'AU', '+493012345678'],
		['001 415 555 0101', 'AU', '+14155550101'],
		['011 49 30 12345678', 'US', '+493012345678'],
		['01149 (0)30 12345678', 'CA', '+493012345678'],
		['0049 30 12345678', 'US', '+493012345678'],
		['010 49 30 12345678', 'JP', '+493012345678'],
		['0049 30 12345678', 'JP', '+493012345678'],
		['810 49 30 12345678', 'RU', '+493012345678'],
		['0021 49 30 12345678', 'BR', '+493012345678'],
		['001 49 30 12345678', 'HK', '+493012345678'],
		['0049 30 12345678', 'DE', '+493012345678'],
	])('%s, dialled abroad from %s, is %s', (given, defaultCountry, number) =>
		expect(calleeOf(given, { defaultCountry })).toEqual({ number, warnings: [] }),
	);

	it('is not guessed where 00 can be the start of a longer prefix', () => {
		expect(fault('0041 44 668 18 00', { defaultCountry: 'BR' })).toContain(
			'can be +41446681800 or +446681800. Write it with "+"',
		);
	});

	it('is not guessed where a number without "+" has two readings', () => {
		expect(fault(4915112345678, german)).toContain('can be +4915112345678 or +494915112345678');
	});

	it('stays what it is when read again', () => {
		const pieces = fc
			.array(
				fc.constantFrom(
					'+',
					'00',
					'0011',
					'0',
					'1',
					'49',
					'(0)',
					' ',
					'-',
					'.',
					'/',
					'39',
					'5551234',
					'911',
					'(',
					')',
				),
				{ maxLength: 10 },
			)
			.map((list) => list.join(''));
		fc.assert(
			fc.property(
				pieces,
				fc.constantFrom('', 'DE', 'US', 'IT', 'AR', 'RU', 'CI', 'AU', 'BR', 'HK'),
				(text, defaultCountry) => {
					const once = calleeOf(text, { defaultCountry });
					if ('fault' in once) return;
					expect(calleeOf(once.number, { defaultCountry })).toMatchObject({ number: once.number });
					expect(numberKey(once.number)).toBe(once.number);
				},
			),
			{ numRuns: 1000 },
		);
	});

	it('is completed as libphonenumber does it', () => {
		const digits = fc.stringMatching(/^0?[1-9]\d{2,14}$/);
		fc.assert(
			fc.property(
				digits,
				fc.constantFrom<CountryCode>(
					'AT',
					'BE',
					'CH',
					'DE',
					'FR',
					'GB',
					'NL',
					'PL',
					'IT',
					'SE',
					'ZA',
					'US',
					'CA',
				),
				(national, country) => {
					const completed = nationalNumber(national, country);
					const parsed = parsePhoneNumberFromString(national, country);
					// The library keeps the 0 before numbers of Britain that are not assigned.
					const assigned = (number: string | undefined) => number?.replace(/^\+440/, '+44');
					if ('value' in completed)
						expect(assigned(completed.value)).toBe(assigned(parsed?.number));
					else if (parsed?.isPossible()) expect(completed.fault).toContain('can be');
				},
			),
			{ numRuns: 1500 },
		);
	});

	it('has the lengths that libphonenumber knows', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^\+(1|49|44|39|225|800|7|599)[1-9]\d{2,12}$/), (number) => {
				const callee = calleeOf(number, {});
				const possible = parsePhoneNumberFromString(number)?.isPossible() ?? false;
				expect('warnings' in callee && callee.warnings.length === 0).toBe(possible);
			}),
			{ numRuns: 1000 },
		);
	});

	it('knows every country', () => {
		for (const country of getCountries())
			expect(calleeOf('+15105550100', { defaultCountry: country.toLowerCase() })).toMatchObject({
				warnings: [],
			});
	});
});

it.each([
	['0015105550100', '+15105550100'],
	['+1 510-555 0100', '+15105550100'],
	['Alice', 'alice'],
	['100', '100'],
	['', ''],
])('%p is compared as %p', (text, key) => expect(numberKey(text)).toBe(key));
