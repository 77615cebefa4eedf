import { digitsIn } from './text';

/** A number and what is to be dialled after the answer. */
export interface WithKeys {
	readonly base: string;
	readonly extension?: string;
	/** DTMF as LiveKit takes it: w is half a second. */
	readonly keys?: string;
	/** Set if what follows the number may be another number. */
	readonly several?: boolean;
}

const words = 'ext(?:ension|n)?|x|доб(?:авочный)?|anexo|int(?:erno|\\.)?|poste|durchwahl|dw';
const labelled = new RegExp(
	`^(.*?\\d[)\\]]?)[\\s,;.-]*[([]?(?:${words})[\\s.:=-]*(\\d{1,20})#?[)\\]]?$`,
	'iu',
);
const hashed = /^(.*?\d[)\]]?)\s*#\s*(\d{1,9})#?$/;
const paused = /^([^,pw]*?)((?:\s*[,pw]+\s*[\d*#]+)+)$/i;
const longestKeys = 60;

function count(text: string): number {
	return text.replace(/\D/g, '').length;
}

/** Whether the digits behind commas may be a second number: as long as the first, or long and not ended by "#". */
function maybeNumber(base: string, tail: string): boolean {
	const commas = /^[\s,]*/.exec(tail)?.[0].replace(/\s/g, '').length ?? 0;
	return tail
		.split(/[\s,pw]+/i)
		.some(
			(piece) =>
				/^\d+$/.test(piece) &&
				(piece.length === count(base) || (piece.length >= 7 && commas < 3) || count(base) < 7),
		);
}

/** Whether an extension may be a second number: about as long as the first, and not ended by "#" like a PIN. */
function isLikeNumber(base: string, extension: string, text: string): boolean {
	return extension.length >= 7 && extension.length >= count(base) - 3 && !/#[)\]]?$/.test(text);
}

/**
 * Splits what is dialled after the answer from a number: `ext. 55`, `x55`, `#55`, and digits behind the commas that phones
 * pause at. Each comma is a second.
 *
 * @param text cleaned
 */
export function splitKeys(text: string): WithKeys {
	if (!/[#,pw]|\p{L}/iu.test(text)) return { base: text };
	const named = labelled.exec(text) ?? hashed.exec(text);
	if (named && count(named[1]) >= 3 && digitsIn(named[1]) !== undefined) {
		const [, base, extension] = named;
		return isLikeNumber(base, extension, text)
			? { base, several: true }
			: { base, extension, keys: `ww${extension}` };
	}
	const [, base, tail] = paused.exec(text) ?? [];
	if (base === undefined || digitsIn(base) === undefined || tail.length > longestKeys)
		return { base: text };
	if (maybeNumber(base, tail)) return { base, several: true };
	const keys = tail.replace(/\s/g, '').replace(/[,pw]/gi, 'ww');
	const extension = /^ww(\d{1,6})$/.exec(keys)?.[1];
	return { base, keys, ...(extension !== undefined && { extension }) };
}
