/** Old and second spellings of a country code's numbers, and how they are written today. Digits without "+". */
type Spelling = readonly [written: RegExp, today: string | ((...parts: string[]) => string)];

/** Mobile prefixes of Vietnam that became shorter in September 2018. */
const vietnam: Readonly<Record<string, string>> = {
	120: '70',
	121: '79',
	122: '77',
	123: '83',
	124: '84',
	125: '85',
	126: '76',
	127: '81',
	128: '78',
	129: '82',
	162: '32',
	163: '33',
	164: '34',
	165: '35',
	166: '36',
	167: '37',
	168: '38',
	169: '39',
	186: '56',
	188: '58',
	199: '59',
};

/** Mobile prefixes of Egypt that became longer in October 2011. */
const egypt: Readonly<Record<string, string>> = {
	10: '100',
	11: '111',
	12: '122',
	14: '114',
	16: '106',
	17: '127',
	18: '128',
	19: '109',
};

/** First digits of Gabon that became two in June 2019. */
const gabon: Readonly<Record<string, string>> = {
	1: '11',
	2: '62',
	4: '74',
	5: '65',
	6: '66',
	7: '77',
};

/** The two digits that Côte d'Ivoire put before its numbers in January 2021: by the operator, which the old digits tell. */
function ivoryCoast(first: string, second: string, third: string): string {
	if (first === '2' || first === '3') return third === '8' ? '21' : third === '0' ? '25' : '27';
	if (/[0-3]/.test(second)) return '01';
	return /[4-6]/.test(second) ? '05' : '07';
}

/**
 * By country code, the numbers that one subscriber has besides those of today: a digit that only some networks need, a 0 that
 * is left out, a second country code, the time before a new numbering. What is still dialled and what only stands in old
 * lists is not told apart. Sources: Google's libphonenumber (mobile tokens, national prefix rules) and ITU-T's notices of
 * changed national numbering plans.
 */
const spellings: Readonly<Record<string, readonly Spelling[]>> = {
	// Mobile phones of Egypt.
	20: [[/^(1[0124678])(\d{7})$|^(19)(\d{7})$/, (_, a, b, c, d) => egypt[a ?? c] + (b ?? d)]],
	// Côte d'Ivoire.
	225: [[/^((\d)(\d)(\d)\d{5})$/, (_, all, a, b, c) => ivoryCoast(a, b, c) + all]],
	// Benin, November 2024.
	229: [[/^([24-69]\d{7})$/, '01$1']],
	// Cameroon, November 2014.
	237: [
		[/^([5-79]\d{7})$/, '6$1'],
		[/^([23]\d{7})$/, '2$1'],
	],
	// Gabon.
	241: [
		[/^0?([124567])(\d{6})$/, (_, first, rest) => gabon[first] + rest],
		[/^0((?:11|6[01256]|7[467])\d{6})$/, '$1'],
	],
	// Dialled within France, these are overseas.
	33: [
		[/^((?:590|690|691)\d{6})$/, '+590$1'],
		[/^((?:594|694)\d{6})$/, '+594$1'],
		[/^((?:596|696|697)\d{6})$/, '+596$1'],
		[/^((?:262|269|639|692|693)\d{6})$/, '+262$1'],
		[/^508(\d{6})$/, '+508$1'],
	],
	// Northern Ireland, dialled from the Republic.
	353: [[/^48(\d{8})$/, '+4428$1']],
	// Kosovo had numbers of Monaco, Serbia and Slovenia until 2018.
	377: [[/^(4[3-9]\d{6})$/, '+383$1']],
	381: [[/^((?:28|29|38|39)\d{6})$/, '+383$1']],
	386: [[/^(4[39]\d{6})$/, '+383$1']],
	// San Marino, with and without its area code, and by way of Italy.
	378: [[/^0?549(\d{6})$/, '$1']],
	39: [
		[/^0?549(\d{6})$/, '+378$1'],
		// The first 0 belongs to the number, but many leave it out.
		[/^0(\d{4,11})$/, '$1'],
	],
	// Mexico: the 1 of mobile phones and what was dialled within the country, until 2019.
	52: [[/^(?:1|01|044|045)(\d{10})$/, '$1']],
	// Argentina: the 9 of mobile phones from abroad.
	54: [[/^9(\d{10})$/, '$1']],
	// Brazil: the ninth digit of mobile phones, 2012 to 2016.
	55: [[/^(\d\d)([6-9]\d{7})$/, '$19$2']],
	// Chile, 2013 to 2016.
	56: [
		[/^2(\d{7})$/, '22$1'],
		[/^([89]\d{7})$/, '9$1'],
	],
	// Landlines of Colombia, September 2021. 46 begins other numbers.
	57: [[/^([125-8]\d{7}|4[0-57-9]\d{6})$/, '60$1']],
	// Sint Maarten, September 2011.
	599: [[/^(5\d{6})$/, '+1721$1']],
	84: [[/^(1[268]\d|199)(\d{7})$/, (_, first, rest) => (vietnam[first] ?? first) + rest]],
	// Palestine is reached by its own code and by that of Israel.
	970: [[/^(\d{8,9})$/, '+972$1']],
};

function respelled(code: string, rest: string): string | undefined {
	for (const [written, today] of spellings[code] ?? []) {
		const parts = written.exec(rest);
		if (!parts) continue;
		const found = typeof today === 'string' ? rest.replace(written, today) : today(...parts);
		return found.startsWith('+') ? found : `+${code}${found}`;
	}
	return undefined;
}

/**
 * The one spelling of a subscriber's number: of numbers that are two E.164 spellings of one subscriber it is the same. Not
 * always the one to dial.
 *
 * @param number starts with "+"
 */
export function canonical(number: string): string {
	for (const length of [2, 3]) {
		const code = number.slice(1, 1 + length);
		if (Object.hasOwn(spellings, code)) return respelled(code, number.slice(1 + length)) ?? number;
	}
	return number;
}
