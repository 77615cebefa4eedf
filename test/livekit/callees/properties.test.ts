import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { planOf } from '../../../livekit/callees/countries';
import { isEmergency } from '../../../livekit/callees/emergency';
import { readNumber } from '../../../livekit/callees/number';
import { SubscriberIndex, sameSubscriber } from '../../../livekit/callees/subscriber';
import * as fc from '../../support/fastCheck';

interface Sample {
	readonly country: CountryCode;
	readonly number: string;
	readonly international: string;
	readonly national: string;
	readonly uri: string;
	readonly valid: boolean;
}

/** A number that libphonenumber calls possible, of any country. */
const sample: fc.Arbitrary<Sample> = fc
	.constantFrom<CountryCode>(...getCountries())
	.chain((country) =>
		fc
			.constantFrom(...planOf(country).lengths)
			.chain((length) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`)))
			.map((digits) => ({
				country,
				parsed: parsePhoneNumberFromString(`+${planOf(country).code}${digits}`),
			})),
	)
	.filter(
		({ parsed }) => parsed !== undefined && parsed.isPossible() && !isEmergency(parsed.number),
	)
	.map(({ country, parsed }) => ({
		country: parsed?.country ?? country,
		number: parsed?.number ?? '',
		international: parsed?.formatInternational() ?? '',
		national: parsed?.formatNational() ?? '',
		uri: parsed?.getURI() ?? '',
		valid: parsed?.isValid() ?? false,
	}));

const separators = fc.constantFrom(' ', '-', '.', ' - ', '  ', '\u00a0', '\u2011', ' . ');

function separated(text: string, separator: string): string {
	return text.replace(/[ -]+/g, separator);
}

test('what libphonenumber calls possible is read as that number, however it is written', () => {
	fc.assert(
		fc.property(sample, separators, ({ number, international, uri, valid, country }, separator) => {
			const code = planOf(country).code;
			const texts = [
				number,
				uri,
				separated(international, separator),
				`(+${code}) ${separated(international.slice(code.length + 1), separator)}`,
				// With 0011 Australia dials abroad, and no number in North America begins with 1.
				...(number.startsWith('+11') ? [] : [`00${number.slice(1)}`]),
				`\u202a${international}\u202c`,
				`whatsapp:${number}`,
				...(valid && planOf(country).trunk === '0'
					? [international.replace(/^\+\d+/, (found) => `${found} (0)`)]
					: []),
			];
			for (const text of texts) {
				expect([text, readNumber(text)]).toEqual([text, expect.objectContaining({ number })]);
				expect([text, readNumber(`${text} ext. 12`)]).toEqual([
					text,
					expect.objectContaining({ number, extension: '12' }),
				]);
			}
		}),
		{ numRuns: 300 },
	);
});

test('a national number is completed, and is one subscriber with and without the country', () => {
	fc.assert(
		fc.property(
			// The library itself takes 0370 150-0000 for another number in Argentina.
			sample.filter(
				({ valid, national, country, number }) =>
					valid && parsePhoneNumberFromString(national, country)?.number === number,
			),
			separators,
			({ number, national, country }, separator) => {
				const text = separated(national, separator);
				const whole = readNumber(text, { defaultCountry: country });
				if ('number' in whole)
					expect([text, country, whole.number]).toEqual([text, country, number]);
				else expect([text, whole.reason]).toEqual([text, 'two_readings']);
				const plain = readNumber(text);
				if ('fault' in plain) return;
				const [one, other] = [new SubscriberIndex<boolean>(), new SubscriberIndex<boolean>()];
				one.add(plain, true);
				other.add({ number }, true);
				expect([
					text,
					sameSubscriber(plain, { number }),
					sameSubscriber({ number }, plain),
				]).toEqual([text, true, true]);
				expect([text, one.find({ number }), other.find(plain)]).toEqual([text, true, true]);
			},
		),
		{ numRuns: 300 },
	);
});

test('two numbers are never read as one', () => {
	const whole = sample.filter(
		({ valid, number, country }) => valid && number.length - planOf(country).code.length > 7,
	);
	const between = fc.constantFrom(
		' ',
		', ',
		'; ',
		' / ',
		'/',
		'-',
		' - ',
		'\n',
		' or ',
		' und ',
		',',
		'|',
		' & ',
		' ~ ',
		',,',
	);
	fc.assert(
		fc.property(whole, whole, between, fc.boolean(), (a, b, separator, complete) => {
			const options = complete ? { defaultCountry: a.country } : {};
			for (const [one, other] of [
				[a.number, b.number],
				[a.international, b.international],
				[a.national, b.national],
				[a.number, b.national],
				[a.national, b.number],
			]) {
				const text = `${one}${separator}${other}`;
				expect([text, readNumber(text, options)]).toEqual([
					text,
					expect.objectContaining({ fault: expect.any(String) }),
				]);
			}
		}),
		{ numRuns: 300 },
	);
});
