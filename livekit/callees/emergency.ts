import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/min';
import { readCountry, splitNumber } from './countries';
import { emergencyNumbers } from './emergencyTable';
import { numberKey } from './text';

/** Numbers that phones treat as emergency calls in every country (3GPP TS 22.101, 10.1), and Britain's and others' 999. */
const everywhere = new Set(['112', '911', '000', '08', '110', '118', '119', '999']);
const anywhere = new Set(emergencyNumbers.map(([number]) => number));

/** Emergency numbers by country (`DE`) and by country code (`49`). */
function byArea(): ReadonlyMap<string, ReadonlySet<string>> {
	const areas = new Map<string, Set<string>>();
	for (const [number, list] of emergencyNumbers) {
		for (const country of list.split(' ')) {
			const read = readCountry(country);
			const code = 'value' in read && read.value ? [getCountryCallingCode(read.value)] : [];
			for (const area of [country, ...code])
				areas.set(area, (areas.get(area) ?? new Set()).add(number));
		}
	}
	return areas;
}

let memory: ReadonlyMap<string, ReadonlySet<string>> | undefined;

function isListed(area: string, digits: string): boolean {
	memory ??= byArea();
	return memory.get(area)?.has(digits) ?? false;
}

function isAt(area: string, digits: string): boolean {
	return everywhere.has(digits) || isListed(area, digits);
}

function behindCode(digits: string): boolean {
	if (anywhere.has(digits.slice(1))) return true;
	const { code, rest } = splitNumber(digits) ?? { code: '', rest: '' };
	// No number of North America starts with 911, and exchanges there connect at its third digit, whatever follows.
	if (code === '1' && rest.startsWith('911')) return true;
	return isAt(code, rest) || isAt(code, rest.replace(/^0/, ''));
}

/** Behind the digit for an outside line. Nothing else begins with 0 and is so short; 9000, 1000 and 1999 are extensions. */
const outsideLine = /^(?:0(?:112|911|000|110|118|119|999)|9(?:112|911|999))$/;

/**
 * Whether a country code that lost its "+", as in a spreadsheet's numeric cell, stands before an emergency number: 49112, 1911.
 * Narrower than with "+", since extensions are short numbers too: only what is one in a country of that code, no two digits
 * (3315), and behind a code of one digit only 112 and 911 (1999). With a country only its own code, since 1911 is a hotline in
 * others.
 */
function hasLostPlus(digits: string, country: CountryCode | undefined): boolean {
	const { code, rest } = splitNumber(`+${digits}`) ?? { code: '', rest: '' };
	if (country !== undefined && getCountryCallingCode(country) !== code) return false;
	return (
		rest === '112' || rest === '911' || (code.length > 1 && rest.length > 2 && isListed(code, rest))
	);
}

/**
 * Whether a number calls an emergency service, also behind a country code, with "+" (+1911) or without (1911), behind the 0 or
 * 9 for an outside line (0112, 9911) or with a closing #, or is the SIP name of one (`sos`, RFC 5031). With a country the short
 * numbers of that country count and those that count everywhere; without one those of all countries.
 *
 * @param number as given or normalised
 * @param defaultCountry ISO alpha-2
 */
export function isEmergency(number: string, defaultCountry?: string): boolean {
	const key = numberKey(number)
		.replace(/^sips?:/, '')
		.replace(/[@;].*$|#+$/, '');
	if (/^(urn:service:)?sos(\.|$)/.test(key)) return true;
	const digits = numberKey(key);
	if (digits.startsWith('+')) return behindCode(digits);
	const read = readCountry(defaultCountry);
	const country = 'value' in read ? read.value : undefined;
	if (outsideLine.test(digits) || hasLostPlus(digits, country)) return true;
	if (country === undefined) return anywhere.has(digits) || everywhere.has(digits);
	const northAmerican = getCountryCallingCode(country) === '1';
	return isAt(country, digits) || (northAmerican && /^1?911/.test(digits));
}
