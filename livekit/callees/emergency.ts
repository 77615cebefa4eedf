import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/min';
import { readCountry, splitNumber } from './countries';
import { emergencyNumbers } from './emergencyTable';
import { numberKey } from './text';

/** Numbers that phones treat as emergency calls in every country (3GPP TS 22.101, 10.1), and 999 of Britain and others. */
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
	// No number in North America starts with 911, and exchanges connect after its third digit, whatever follows.
	if (code === '1' && rest.startsWith('911')) return true;
	return isAt(code, rest) || isAt(code, rest.replace(/^0/, ''));
}

/** Emergency numbers after the 0 or 9 for an outside line. After 9 fewer count, since 9000 or 9110 may be an extension. */
const outsideLine = /^(?:0(?:112|911|000|110|118|119|999)|9(?:112|911|999))$/;

/**
 * Whether this is an emergency number after a country code that lost its "+", as in numeric cells of spreadsheets: 49112,
 * 1911. Extensions are short numbers too, so fewer numbers count than with a "+": only those of a country with that code,
 * none of two digits (3315), and after a code of one digit only 112 and 911 (1999 may be an extension). If a default country
 * is set, only its code counts, since 1911 is a hotline elsewhere.
 */
function hasLostPlus(digits: string, country: CountryCode | undefined): boolean {
	const { code, rest } = splitNumber(`+${digits}`) ?? { code: '', rest: '' };
	if (country !== undefined && getCountryCallingCode(country) !== code) return false;
	return (
		rest === '112' || rest === '911' || (code.length > 1 && rest.length > 2 && isListed(code, rest))
	);
}

/**
 * Whether a number calls an emergency service. It may follow a country code, with "+" (+1911) or without (1911), or the 0 or
 * 9 for an outside line (0112, 9911), and may end in #. The SIP name of an emergency service (`sos`, RFC 5031) counts too.
 *
 * @param number as given, or normalised
 * @param defaultCountry ISO alpha-2; if set, the numbers of that country count and those that count everywhere, otherwise
 * the numbers of all countries
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
