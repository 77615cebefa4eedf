import { getCountryCallingCode } from 'libphonenumber-js/min';
import { readCountry, splitNumber } from './countries';
import { emergencyNumbers } from './emergencyTable';
import { numberKey } from './text';

/** Numbers that phones treat as emergency calls in every country (3GPP TS 22.101, 10.1), and Britain's and others' 999. */
const everywhere = new Set(['112', '911', '000', '08', '110', '118', '119', '999']);
const anywhere = new Set(emergencyNumbers.map(([number]) => number));

/** Emergency numbers by country (`DE`) and by country code (`49`). */
function byPlace(): ReadonlyMap<string, ReadonlySet<string>> {
	const places = new Map<string, Set<string>>();
	for (const [number, list] of emergencyNumbers) {
		for (const country of list.split(' ')) {
			const read = readCountry(country);
			const code = 'value' in read && read.value ? [getCountryCallingCode(read.value)] : [];
			for (const place of [country, ...code]) places.set(place, (places.get(place) ?? new Set()).add(number));
		}
	}
	return places;
}

let memory: ReadonlyMap<string, ReadonlySet<string>> | undefined;

function isAt(place: string, digits: string): boolean {
	memory ??= byPlace();
	return everywhere.has(digits) || (memory.get(place)?.has(digits) ?? false);
}

function behindCode(digits: string): boolean {
	if (anywhere.has(digits.slice(1))) return true;
	const { code, rest } = splitNumber(digits) ?? { code: '', rest: '' };
	// No number of North America starts with 911, and exchanges there connect at its third digit, whatever follows.
	if (code === '1' && rest.startsWith('911')) return true;
	return isAt(code, rest) || isAt(code, rest.replace(/^0/, ''));
}

/**
 * Whether a number calls an emergency service, also behind a country code (+1911) or behind the 0 or 9 for an outside line
 * (9911), or is the SIP name of one (`sos`, RFC 5031). With a country the short numbers of that country count and those that
 * count everywhere; without one those of all countries.
 *
 * @param number as given or normalised
 * @param defaultCountry ISO alpha-2
 */
export function isEmergency(number: string, defaultCountry?: string): boolean {
	const key = numberKey(number).replace(/^sips?:/, '').replace(/[@;].*$/, '');
	if (/^(urn:service:)?sos(\.|$)/.test(key)) return true;
	const digits = numberKey(key);
	if (digits.startsWith('+')) return behindCode(digits);
	if (/^[09](112|911)$/.test(digits)) return true;
	const country = readCountry(defaultCountry);
	if ('fault' in country || country.value === undefined) return anywhere.has(digits) || everywhere.has(digits);
	const northAmerican = getCountryCallingCode(country.value) === '1';
	return isAt(country.value, digits) || (northAmerican && /^1?911/.test(digits));
}
