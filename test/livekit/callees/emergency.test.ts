import { ShortNumberInfo, shortnumbermetadata } from 'google-libphonenumber';
import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	isSupportedCountry,
} from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/examples.mobile.json';
import { isEmergency } from '../../../livekit/callees/emergency';
import { emergencyNumbers } from '../../../livekit/callees/emergencyTable';

const german = { defaultCountry: 'DE' };

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
				expect(isEmergency(number, { defaultCountry: country })).toBe(true);
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
		expect(
			['49112', '44999', '61000', '1911'].map((number) => isEmergency(number, german)),
		).toEqual([true, false, false, false]);
		expect([
			isEmergency('1911', { defaultCountry: 'LK' }),
			isEmergency('376112', { defaultCountry: 'FR' }),
			isEmergency('1911', { defaultCountry: 'CA' }),
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
				(number) =>
					number === '' || isEmergency(number) || isEmergency(number, { defaultCountry: country }),
			);
		});
		expect(refused).toEqual([]);
	});

	it('are those of the default country and of everywhere', () => {
		expect(
			['DE', 'US', 'IN'].map((country) => isEmergency('100', { defaultCountry: country })),
		).toEqual([false, false, true]);
		for (const country of ['DE', 'us', 'IN', 'ZZ', ''])
			expect(isEmergency('112', { defaultCountry: country })).toBe(true);
		expect(isEmergency('911 555 0100', { defaultCountry: 'US' })).toBe(true);
		expect(isEmergency('911 234 567', { defaultCountry: 'ES' })).toBe(false);
	});
});

describe('Google knows an emergency number that', () => {
	const oracle = ShortNumberInfo.getInstance();
	const known = Object.entries(emergencyNumbers).flatMap(([region, list]) =>
		list.split(' ').map((number) => ({ region, number })),
	);

	it('is in the table, for every region', () => {
		expect(Object.keys(emergencyNumbers).length).toBeGreaterThan(200);
		// Of two to four digits each is asked about, of five and six those of the table: tools/generate/emergency.mjs asks about all.
		const missing = oracle.getSupportedRegions().flatMap((region) => {
			const listed = new Set((emergencyNumbers[region] ?? '').split(' '));
			return Array.from({ length: 900 }, (_, index) => String(index + 100)).filter(
				(number) => oracle.isEmergencyNumber(number, region) !== listed.has(number),
			);
		});
		expect(missing).toEqual([]);
		expect(known.filter(({ region, number }) => !oracle.isEmergencyNumber(number, region))).toEqual(
			[],
		);
	});

	it('is never called, in any spelling', () => {
		const called = known.flatMap(({ region, number }) => {
			if (!isSupportedCountry(region)) return [];
			const code = getCountryCallingCode(region);
			const here = { defaultCountry: region };
			const abroad = [`+${code}`, `00${code}`, `011${code}`, `0011 ${code} `, `+${code} (0)`];
			const written = [
				isEmergency(number) ? '' : number,
				...['', '0', '00'].map((zeros) =>
					isEmergency(zeros + number, here) ? '' : `${zeros + number} in ${region}`,
				),
				...abroad.map((before) =>
					number.length < 3 || isEmergency(before + number) ? '' : before + number,
				),
			];
			return written.filter((text) => text !== '');
		});
		expect(called).toEqual([]);
	});

	it('begins a longer one where exchanges connect after its digits', () => {
		expect(isEmergency('1123', german)).toBe(oracle.connectsToEmergencyNumber('1123', 'DE'));
		expect(isEmergency('1903', { defaultCountry: 'BR' })).toBe(
			oracle.connectsToEmergencyNumber('1903', 'BR'),
		);
	});

	it('has a place in the metadata that the generator reads', () => {
		expect(shortnumbermetadata.countryToMetadata.ZA?.[27]?.[2]).toContain('77)|12)');
	});
});

describe('an internal extension', () => {
	const inside = { internalExtensions: true };
	it.each(['101', '110', '118', '1001', '4711', '10111', '20000', '1300'])(
		'%s may be dialled',
		(number) => {
			expect(isEmergency(number, inside)).toBe(false);
		},
	);
	it.each([
		'112',
		'911',
		'999',
		'000',
		'0112',
		'9911',
		'9112',
		'1911',
		'49112',
		'+49112',
		'0049112',
	])('%s is closed all the same', (number) => {
		for (const defaultCountry of [undefined, 'DE', 'US'])
			expect(isEmergency(number, { ...inside, defaultCountry })).toBe(true);
	});
	it('is closed if it is an emergency number of the default country', () => {
		expect(isEmergency('110', { ...inside, ...german })).toBe(true);
		expect(isEmergency('101', { ...inside, ...german })).toBe(false);
		expect(isEmergency('101', { ...inside, defaultCountry: 'IN' })).toBe(true);
	});
});
