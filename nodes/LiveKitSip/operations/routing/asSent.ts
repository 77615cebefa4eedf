import { listedNumber } from '../../../../livekit/callees/listed';
import { show } from '../../../../livekit/json';
import type { Result } from '../../../../livekit/result';

const example = 'Give one number or user name, as the carrier sends it';

/**
 * Reads a called number or a caller as the carrier sends it. Only what people write around numbers is taken off: spaces,
 * dashes, dots, brackets, `tel:`. Anything else that a call can have stays, such as codes and user names that begin with
 * digits, since the question is what becomes of just this call.
 *
 * @returns the text, or what is wrong: the rest of a sentence that begins with the field
 */
export function asSent(given: string): Result<string> {
	const text = given.replace(/\p{Cf}/gu, '').trim();
	if (/^<?sips?:|@/i.test(text)) return listedNumber(text);
	const bare = text.replace(/^<?tel:\s*/i, '').replace(/>$/, '');
	if (/^\d[.,]\d+e\+\d+$/i.test(bare))
		return { fault: `is ${show(given)}, which a spreadsheet has rounded. ${example}` };
	if (/^\+?[\d\s()./\p{Pd}]+$/u.test(bare) && /\d/.test(bare)) {
		if (bare.startsWith('+') && bare.includes('(0)'))
			return { fault: `holds "(0)", which no carrier sends behind a country code. ${example}` };
		return { value: bare.replace(/[^\d+]/g, '') };
	}
	return bare === '' || /[\s,;<>"\p{Cc}]/u.test(bare)
		? { fault: `is ${show(given)}, which no call has. ${example}` }
		: { value: bare };
}

/** Warns about a number that carriers mostly send in another form. */
export function oddForm(number: string): string[] {
	return /^00[1-9]\d{5,}$/.test(number)
		? [
				`"${number}" begins with 00, and was looked up like that. Carriers mostly send +${number.slice(2)}`,
			]
		: [];
}
