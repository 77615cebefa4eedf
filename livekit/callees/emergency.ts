import type { CountryCode } from 'libphonenumber-js/min';
import { planOf, plansOf, readCountry, splitNumber } from './countries';
import { emergencyNumbers } from './emergencyTable';
import { cleaned, digitsIn } from './text';

/** How an emergency number is looked for, see {@link isEmergency}. */
export interface EmergencyOptions {
	readonly defaultCountry?: string;
	readonly internalExtensions?: boolean;
}

/** Numbers that phones treat as emergency calls in every country (3GPP TS 22.101, 10.1), and 999 of Britain and others. */
const everywhere = new Set(['112', '911', '000', '08', '110', '118', '119', '999']);
/** Where more digits may follow an emergency number and make another one of it (libphonenumber, ShortNumberInfo). */
const exactly = new Set(['BR', 'CL', 'NI']);

/** Emergency numbers by country (`DE`) and by country code (`49`). */
function byArea(): ReadonlyMap<string, ReadonlySet<string>> {
	const areas = new Map<string, Set<string>>();
	for (const [country, list] of Object.entries(emergencyNumbers)) {
		const read = readCountry(country);
		const code = 'value' in read && read.value ? [planOf(read.value).code] : [];
		for (const area of [country, ...code])
			areas.set(area, new Set([...(areas.get(area) ?? []), ...list.split(' ')]));
	}
	return areas;
}

const anywhere = new Set(Object.values(emergencyNumbers).flatMap((list) => list.split(' ')));
let memory: ReadonlyMap<string, ReadonlySet<string>> | undefined;

function listedIn(area: string): ReadonlySet<string> {
	memory ??= byArea();
	return memory.get(area) ?? new Set();
}

function isAt(area: string, digits: string): boolean {
	return everywhere.has(digits) || listedIn(area).has(digits);
}

/** The digits, and the digits without each of their leading zeros or a trunk prefix. */
function withoutTrunk(digits: string, code: string): string[] {
	const zeros = /^0*/.exec(digits)?.[0].length ?? 0;
	const trunks = plansOf(code).flatMap(({ trunk }) => trunk ?? []);
	return [
		...Array.from({ length: zeros + 1 }, (_, count) => digits.slice(count)),
		...trunks
			.filter((trunk) => digits.startsWith(trunk))
			.map((trunk) => digits.slice(trunk.length)),
	];
}

function behindCode(digits: string): boolean {
	if (anywhere.has(digits.slice(1))) return true;
	const { code, rest } = splitNumber(digits) ?? { code: '', rest: '' };
	// No number in North America starts with 911, and exchanges connect after its third digit, whatever follows.
	if (code === '1' && /^1?911/.test(rest)) return true;
	// 000 behind zeros is the end of a number.
	if (/^0{5,}$/.test(rest)) return false;
	return withoutTrunk(rest, code).some((number) => isAt(code, number));
}

/** Emergency numbers behind what is dialled before numbers abroad, from wherever: 011 49 112, 00 49 112. */
function isAbroad(digits: string): boolean {
	const behind = /^(?:0*(?:11|8?10)|00+)([1-9]\d{2,})$/.exec(digits)?.[1];
	if (behind === undefined) return false;
	const { code, rest } = splitNumber(`+${behind}`) ?? { code: '', rest: '' };
	const prefixed = digits.startsWith('0') && behind.length > 2 && anywhere.has(behind);
	return (
		prefixed ||
		(rest.length > 2 &&
			(digits.startsWith('0') || rest.length > 4) &&
			behindCode(`+${code}${rest}`))
	);
}

/** Emergency numbers after the 0 or 9 for an outside line. After 9 fewer count, since 9000 or 9110 may be an extension. */
const outsideLine = /^(?:0+(?:112|911|110|118|119|999)|0000|9(?:112|911|999))$/;

/**
 * Whether this is an emergency number after a country code that lost its "+", as in numeric cells of spreadsheets: 49112,
 * 1911. Extensions are short numbers too, so fewer numbers count than with a "+": only those of a country with that code,
 * none of two digits (3315), and after a code of one digit only 112 and 911 (1999 may be an extension). If a default country
 * is set, only its code counts, since 1911 is a hotline elsewhere.
 */
function hasLostPlus(digits: string, country: CountryCode | undefined): boolean {
	const { code, rest } = splitNumber(`+${digits}`) ?? { code: '', rest: '' };
	if (country !== undefined && planOf(country).code !== code) return false;
	return (
		rest === '112' ||
		rest === '911' ||
		(code.length > 1 && rest.length > 2 && listedIn(code).has(rest))
	);
}

/** Of a known country: with trunk prefix, with zeros that a numeric cell lost, and with up to three more digits. */
function isIn(country: CountryCode, digits: string): boolean {
	const { code } = planOf(country);
	if (withoutTrunk(digits, code).some((number) => isAt(country, number))) return true;
	if (code === '1' && /^1?911/.test(digits)) return true;
	const listed = [...listedIn(country)];
	if (listed.some((number) => number.startsWith('0') && number === `0${digits}`)) return true;
	if (/^9\d{5,}$/.test(digits) && listed.includes(digits.slice(1))) return true;
	return (
		digits.length <= 6 &&
		!exactly.has(country) &&
		listed.some((number) => number.length > 2 && digits.startsWith(number))
	);
}

/** Numbers that no extension can have, whatever the form says. */
const neverExtension = /^(?:[09]*(?:112|911|999)|000+)$/;

function isNoExtension(digits: string, country: CountryCode | undefined): boolean {
	const { rest } = splitNumber(`+${digits}`) ?? { rest: '' };
	return (
		neverExtension.test(digits) ||
		rest === '112' ||
		rest === '911' ||
		(country !== undefined && listedIn(country).has(digits))
	);
}

/**
 * Whether a number calls an emergency service. It may follow a country code, with "+" (+1911) or without (1911), what is
 * dialled before numbers abroad (01149112), a trunk prefix or the 0 or 9 for an outside line (0112, 9911), and may end in #.
 * The SIP name of an emergency service (`sos`, RFC 5031) counts too.
 *
 * If a default country is set, the numbers of that country count and those that count everywhere, otherwise the numbers of
 * all countries. With internal extensions, up to six digits are one unless they are 112, 911, 999, 000 or a number of the
 * default country.
 *
 * @param number as given, or as it was read
 */
export function isEmergency(
	number: string,
	{ defaultCountry, internalExtensions }: EmergencyOptions = {},
): boolean {
	const key = cleaned(number)
		.toLowerCase()
		.replace(/^(?:sips?|tel):(?:\/\/)?/, '')
		.split(/[@;]/)[0]
		.replaceAll('#', '');
	if (/^(urn:service:)?sos(\.|$)/.test(key)) return true;
	const written = digitsIn(key);
	if (written === undefined) return false;
	const read = readCountry(defaultCountry);
	const country = 'value' in read ? read.value : undefined;
	if (internalExtensions && /^\d{1,6}$/.test(written)) return isNoExtension(written, country);
	const digits = written.replace(/^00(?=[1-9])/, '+');
	const here = country === undefined ? anywhere.has(written) : isIn(country, written);
	if (here) return true;
	if (digits.startsWith('+')) return behindCode(digits) || isAbroad(written);
	if (outsideLine.test(digits) || isAbroad(digits) || hasLostPlus(digits, country)) return true;
	return (
		everywhere.has(digits) ||
		// Behind a trunk 0, longer numbers are no extension and no local number.
		(country === undefined && /^0\d{5,}$/.test(digits) && anywhere.has(digits.replace(/^0+/, '')))
	);
}
