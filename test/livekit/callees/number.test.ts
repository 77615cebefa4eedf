import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { nationalNumber } from '../../../livekit/callees/national';
import { isPossible } from '../../../livekit/callees/countries';
import { isEmergency } from '../../../livekit/callees/emergency';
import { readNumber } from '../../../livekit/callees/number';
import type { NumberOptions } from '../../../livekit/callees/reading';
import { canonical } from '../../../livekit/callees/spellings';
import * as fc from '../../support/fastCheck';

function fault(given: unknown, options: NumberOptions = {}): string {
	const callee = readNumber(given, options);
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
		['+49 (0)30 1234567', '+49301234567'],
		['+39 06 12345678', '+390612345678'],
		['000', '000'],
		['tel:030-1234567;phone-context=+49', '+49301234567'],
		['Tel.: +49 30 1234567', '+49301234567'],
		['whatsapp:+12025550140', '+12025550140'],
		['whatsapp:12025550140', '+12025550140'],
		['12025550140@c.us', '+12025550140'],
		['49 (0)151 1234567', '+491511234567'],
		['011 49 (0)151 1234567', '+491511234567'],
		['44 (0)20 7946 0123', '+442079460123'],
		['36 (06) 20 123 4567', '+36201234567'],
		['+36 06 20 123 4567', '+36201234567'],
		['+7 8 912 345 67 89', '+79123456789'],
		['+49 (0) 30 123456', '+4930123456'],
		['+49 30 123456-78', '+493012345678'],
		['112.0', '112'],
		['116117.0', '116117'],
		['116117,00', '116117'],
	])('%p is dialled as %s', (given, number) => {
		expect(readNumber(given, {})).toMatchObject({ number, warnings: [] });
		if (number.startsWith('+'))
			expect(readNumber(given, german)).toMatchObject({ number, warnings: [] });
	});

	it.each([
		['0151 2345678', '01512345678', 'no country code'],
		['٠١٥١ ٢٣٤٥٦٧٨', '01512345678', 'no country code'],
		['5550100', '5550100', 'no country code'],
		['0221 / 12 34 56 - 0', '02211234560', 'no country code'],
		['030/1234567', '0301234567', 'no country code'],
		['98765 43210', '9876543210', 'no country code'],
		['15105550100.0', '15105550100', '+15105550100'],
		['4915112345678,00', '4915112345678', '+4915112345678'],
		['12025550138,0', '12025550138', '+12025550138'],
		['4.915.112.345.678,00', '4915112345678', '+4915112345678'],
		[15105550100, '15105550100', '+15105550100'],
		['+5215512345678', '+525512345678', 'an old spelling'],
		['+39612345678', '+39612345678', 'begins like no number'],
	])('%p is dialled as %s with a warning: %s', (given, number, words) =>
		expect(readNumber(given, {})).toEqual(
			expect.objectContaining({ number, warnings: [expect.stringContaining(words)] }),
		),
	);

	it.each([
		'ext. 55',
		'Ext 55',
		'extension: 55',
		'x55',
		' x 55',
		';ext=55',
		'#55',
		',55',
		' (ext. 55)',
		' доб. 55',
		' anexo 55',
	])('has the extension of "%s"', (extension) => {
		for (const number of ['+15105550100', '+1 (510) 555-0100']) {
			expect(readNumber(number + extension, {})).toEqual({
				number: '+15105550100',
				country: 'US',
				extension: '55',
				keys: 'ww55',
				warnings: [],
			});
		}
	});

	it.each([
		['+16465550124,,,,123456#', 'wwwwwwww123456#'],
		['+16465550124,,55#', 'wwww55#'],
		['+16465550124,,,1234567890', 'wwwwww1234567890'],
		['+16465550124,,84012345678#,,,,*123456#', 'wwww84012345678#wwwwwwww*123456#'],
		['+16465550124 p12', 'ww12'],
	])('%s is followed by the keys %s', (given, keys) =>
		expect(readNumber(given, {})).toMatchObject({ number: '+16465550124', keys }),
	);

	it.each([
		'(07) 555 7079 / (07) 555 8399',
		'09-555 0104 / 555 0105',
		'030 1234567/68',
		'415 555 0101 / 415 555 0102',
		'4155550101-4155550102',
		'415 555 0101 415 555 0102',
		'5550101 5550102',
		'5550101/5550102',
		'12345,12346',
		'101/102',
		'+15105550100, +15105550101',
		'5550100,5550101',
		'+15105550100\n+15105550101',
		'+15105550100 or +15105550101',
		'02-1234-5678~9',
		'1-800-555-HELP (1-800-555-4357)',
	])('%j holds several numbers', (given) => {
		for (const options of [{}, german, { defaultCountry: 'US' }])
			expect(readNumber(given, options)).toMatchObject({ reason: 'several_numbers' });
	});

	it.each(['+1', '+266696687', '+4155550125', '+999123456789', '+1202555013'])(
		'%s is impossible, unless unusual numbers are allowed',
		(given) => {
			expect(readNumber(given, {})).toMatchObject({
				reason: 'impossible',
				fault: expect.stringContaining('{allow_unusual}'),
			});
			expect(readNumber(given, { allowUnusual: true })).toMatchObject({
				number: given,
				warnings: [expect.stringContaining('no phone number has')],
			});
		},
	);

	it.each([
		['612345678', 'IT', 'write 0612345678'],
		['1415555012', 'US', 'begins so'],
		['555', 'US', 'has that length'],
	])('%s is not completed for %s: %s', (given, defaultCountry, words) => {
		expect(readNumber(given, { defaultCountry })).toMatchObject({
			reason: 'impossible',
			fault: expect.stringContaining(words),
		});
		if (given.length > 3)
			expect(readNumber(given, { defaultCountry, allowUnusual: true })).toHaveProperty('number');
	});

	it.each([undefined, 'DE', 'US', 'AD'])(
		'is an extension where those are called, country %p',
		(defaultCountry) => {
			for (const number of ['101', '4711', '312345', '12'])
				expect(readNumber(number, { defaultCountry, internalExtensions: true })).toEqual({
					number,
					warnings: [],
				});
			expect(readNumber('+4930123456', { defaultCountry, internalExtensions: true })).toMatchObject(
				{
					number: '+4930123456',
				},
			);
		},
	);

	it('is not taken for a number with digits of a remark', () => {
		expect(fault('415-555-0101 (cell)')).toMatch(/Leave out "\(cell\)"$/);
		expect(fault('415-555-0101 (cell)')).not.toMatch(/Write \d/);
	});

	it('can be two in Italy, where mobile numbers have no 0', () => {
		expect(readNumber('+39 (0)347 1234567', {})).toMatchObject({ reason: 'two_readings' });
		expect(readNumber('+39 (0)6 12345678', {})).toMatchObject({ number: '+390612345678' });
	});

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
		['+15105550100\n+15105550101', 'several lines'],
		['15105550100.5', 'has decimals'],
		['+0049151', 'a 0 where the country code begins'],
		['1'.repeat(21), 'more digits'],
		['*72', 'service code'],
		['-1069', 'no phone number'],
		['---', 'no phone number'],
		['+', 'no phone number'],
		[-5, 'no phone number'],
		[true, 'boolean'],
		[{ number: '+1' }, 'object'],
		[['+15105550100'], 'a list'],
	])('%p is refused: %s', (given, words) => expect(fault(given)).toContain(words));

	it.each([undefined, null, '', '  ', '\u200b'])('%p is nothing at all', (given) =>
		expect(readNumber(given, {})).toMatchObject({ reason: 'missing' }),
	);

	it('is a SIP user name where those are allowed', () => {
		for (const name of ['alice', 'agent-7', 'a.b_c+d', 'queue=5', '*72'])
			expect(readNumber(` ${name} `, names)).toEqual({ number: name, warnings: [] });
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
			expect(readNumber(name, names)).toHaveProperty('fault');
		expect(readNumber('+1 (510) 555-0100', names)).toMatchObject({ number: '+15105550100' });
	});

	it.each([15100000000, '15100000000', '12025550000000'])('%p was rounded', (given) => {
		expect(readNumber(given, {})).toMatchObject({ reason: 'rounded' });
		expect(readNumber(`+${given}`, { allowUnusual: true })).toHaveProperty('number');
	});

	it('is warned of where no country has such a number', () => {
		for (const number of ['+15550486', '+999123', `+49${'1'.repeat(16)}`])
			expect(readNumber(number, { ...german, allowUnusual: true })).toMatchObject({
				number,
				warnings: [expect.stringContaining(number)],
			});
	});

	it('is completed with the default country', () => {
		expect(readNumber('0151 12345678', german)).toMatchObject({ number: '+4915112345678' });
		expect(readNumber(15112345678, german)).toMatchObject({ number: '+4915112345678' });
		expect(readNumber('(510) 555-0100', { defaultCountry: 'US' })).toMatchObject({
			number: '+15105550100',
		});
		expect(readNumber('15105550100', { defaultCountry: 'US' })).toMatchObject({
			number: '+15105550100',
		});
		expect(readNumber('011 49 151 12345678', { defaultCountry: 'US' })).toMatchObject({
			number: '+4915112345678',
		});
		expect(readNumber('112', german)).toMatchObject({ number: '112' });
		expect(fault('555', { defaultCountry: 'US' })).toContain(
			'cannot be a number of US ({default_country})',
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
		expect(readNumber(given, { defaultCountry })).toMatchObject({ number, warnings: [] }),
	);

	it('is read behind 00 where that can be the start of a longer prefix, if one reading is certain', () => {
		expect(readNumber('0041 44 668 18 00', { defaultCountry: 'BR' })).toMatchObject({
			number: '+41446681800',
		});
		expect(readNumber('0055 11 96123-4567', { defaultCountry: 'BR' })).toMatchObject({
			number: '+5511961234567',
		});
	});

	it('is not guessed where a number without "+" has two readings', () => {
		expect(fault(491511234567, german)).toContain('can be +491511234567 or +49491511234567');
	});

	it('has lost its "+" where no national number is as long', () => {
		expect(readNumber(4915112345678, german)).toMatchObject({ number: '+4915112345678' });
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
					const once = readNumber(text, { defaultCountry });
					if ('fault' in once) return;
					expect(readNumber(once.number, { defaultCountry })).toMatchObject({
						number: once.number,
					});
				},
			),
			{ numRuns: 1000 },
		);
	});

	it('is completed as libphonenumber does it', () => {
		const digits = fc.stringMatching(/^0?[1-9]\d{2,14}$/);
		fc.assert(
			fc.property(digits, fc.constantFrom<CountryCode>(...getCountries()), (national, country) => {
				const completed = nationalNumber(national, country);
				const parsed = parsePhoneNumberFromString(national, country);
				if ('number' in completed && parsed?.isValid() && national.length <= 12)
					expect(completed.number).toBe(parsed.number);
				else if ('fault' in completed && parsed?.isValid())
					expect(completed.reason).toBe('two_readings');
			}),
			{ numRuns: 3000 },
		);
	});

	it('has the lengths that libphonenumber knows', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^\+(1|49|44|39|225|800|7|599)[1-9]\d{2,12}$/), (number) => {
				if (isEmergency(number)) return;
				const parsed = parsePhoneNumberFromString(number);
				const today = canonical(number);
				const possible = parsed?.isPossible() || (today !== number && isPossible(today));
				expect('number' in readNumber(number, {})).toBe(possible === true);
			}),
			{ numRuns: 1000 },
		);
	});

	it('knows every country', () => {
		for (const country of getCountries())
			expect(readNumber('+15105550100', { defaultCountry: country.toLowerCase() })).toMatchObject({
				warnings: [],
			});
	});
});
