import { readDoNotCall } from '../../../livekit/callees/doNotCall';
import { readNumber } from '../../../livekit/callees/number';
import { sameSubscriber } from '../../../livekit/callees/subscriber';
import { drained } from '../../support/drained';

type Row = readonly [
	country: string,
	number: string,
	national: string,
	international: string,
	/** As cells give it: the numeric cell of the national number, which has lost its zeros, and its text with decimals. */
	mangled: ReadonlyArray<string | number>,
];

/** The twenty countries with the most mobile phones (ITU), then ten with short or odd national numbers. */
const rows: readonly Row[] = [
	['CN', '+8613123456789', '131 2345 6789', '+86 131-2345-6789', [13123456789, '13123456789.0']],
	['IN', '+918123456789', '081234 56789', '0091 81234 56789', [8123456789, '8123456789,00']],
	['ID', '+62812345678', '0812-345-678', '+62 (0)812-345-678', [812345678, '812345678.0']],
	['US', '+12015550123', '(201) 555-0123', '1-201-555-0123', [2015550123, '12015550123.0']],
	['RU', '+79123456789', '8 (912) 345-67-89', '+7 (912) 345-67-89', [9123456789, 89123456789]],
	[
		'BR',
		'+5511961234567',
		'(11) 96123-4567',
		'+55 (0)11 96123-4567',
		[11961234567, '11961234567.0'],
	],
	['NG', '+2348021234567', '0802 123 4567', '+234 (0)802 123 4567', [8021234567, '8021234567.00']],
	['PK', '+923012345678', '0301 2345678', '0092 301 2345678', [3012345678, '3012345678,0']],
	['JP', '+819012345678', '090-1234-5678', '+81 (0)90-1234-5678', [9012345678, '9012345678.0']],
	['BD', '+8801812345678', '01812-345678', '+880 1812-345678', [1812345678, '1812345678.0']],
	['MX', '+522221234567', '222 123 4567', '+52 1 222 123 4567', [2221234567, '2221234567.0']],
	['VN', '+84912345678', '0912 345 678', '+84 (0)912 345 678', [912345678, '912345678.0']],
	['PH', '+639051234567', '0905 123 4567', '+63 905 123 4567', [9051234567, '9051234567,00']],
	['TH', '+66812345678', '081 234 5678', '+66 (0)81 234 5678', [812345678, '812345678.0']],
	['EG', '+201001234567', '0100 123 4567', '0020 100 123 4567', [1001234567, '1001234567.0']],
	['DE', '+4915123456789', '0151 23456789', '+49 (0)151 23456789', [15123456789, '15123456789.0']],
	['TR', '+905012345678', '0501 234 56 78', '+90 (501) 234 56 78', [5012345678, '5012345678.0']],
	['IR', '+989123456789', '0912 345 6789', '+98 912 345 6789', [9123456789, '9123456789.0']],
	['ZA', '+27711234567', '071 123 4567', '+27 (0)71 123 4567', [711234567, '711234567.0']],
	['GB', '+447400123456', '07400 123456', '+44 (0)7400 123456', [7400123456, '7400123456.0']],
	['AD', '+376312345', '312 345', '+376 312 345', [312345, '312345.0']],
	['NU', '+6834002', '4002', '+683 4002', [4002, '4002.0']],
	['SH', '+29022158', '22158', '+290 22158', [22158, '22158,0']],
	['FO', '+298211234', '211234', '+298 211234', [211234, '211234.0']],
	[
		'AR',
		'+5491123456789',
		'011 15-2345-6789',
		'+54 9 11 2345-6789',
		[111523456789, '111523456789.0'],
	],
	['HU', '+36201234567', '06 20 123 4567', '+36 (06) 20 123 4567', [201234567, 6201234567]],
	['IT', '+390612345678', '06 1234 5678', '+39 (0)6 1234 5678', ['0612345678.0']],
	['SM', '+3780549886377', '0549 886377', '+378 0549 886377', ['0549886377.0']],
	['CI', '+2250707123456', '07 07 12 34 56', '+225 07 07 12 34 56', ['0707123456.0']],
	['LU', '+352628123456', '628 123 456', '+352 628 123 456', [628123456, '628123456.0']],
];

describe.each(rows)('%s: %s', (defaultCountry, number, national, international, mangled) => {
	it('is read as people and spreadsheets write it', () => {
		for (const given of [national, international, ...mangled])
			expect([given, readNumber(given, { defaultCountry })]).toEqual([
				given,
				expect.objectContaining({ number }),
			]);
		expect(readNumber(number)).toMatchObject({ number, country: defaultCountry });
		if (/^(\+|00)/.test(international)) expect(readNumber(international)).toMatchObject({ number });
	});

	it('is one subscriber in all of them, without the country as well', () => {
		for (const given of [national, international, ...mangled]) {
			const read = readNumber(given);
			if ('fault' in read) throw new Error(read.fault);
			expect([given, sameSubscriber(read, { number })]).toEqual([given, true]);
			for (const options of [{}, { defaultCountry }]) {
				const list = drained(readDoNotCall([given], options));
				expect([given, list]).toEqual([given, { value: expect.anything() }]);
				expect('value' in list && list.value.find({ number })).toBe(true);
			}
		}
	});

	it('has a neighbour that is somebody else', () => {
		const last = Number(number.at(-1));
		const other = `${number.slice(0, -1)}${(last + 1) % 10}`;
		for (const given of [national, international, ...mangled]) {
			const list = drained(readDoNotCall([given], { defaultCountry }));
			expect('value' in list && list.value.find({ number: other })).toBeUndefined();
		}
	});
});
