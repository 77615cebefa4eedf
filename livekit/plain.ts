// What ends a line for some reader: a terminal, a log, a browser.
const lineEnds = /[\t-\r\u0085\u2028\u2029]+/g;
// C0 and C1 with ESC, bidirectional marks and other characters that are not seen, and halves of characters. The two joiners
// are kept: emoji and some scripts are written with them.
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * Text of somebody else (LiveKit, a carrier, a row) as messages, terminals and AI models get it: on one line, without control
 * characters, escape sequences and marks that change the order of what is read.
 *
 * @param most characters that are kept, with `...` as the last of them where text was cut
 */
export function plainLine(text: string, most = Infinity): string {
	const clean = text.replace(lineEnds, ' ').replace(unseen, '');
	return clean.length > most
		? `${clean.slice(0, most - 3).replace(/[\ud800-\udbff]$/, '')}...`
		: clean;
}

/** The same for text of several lines of our own: each line by itself. */
export function plainLines(text: string): string {
	return text
		.split('\n')
		.map((line) => plainLine(line))
		.join('\n');
}

function codeOf(character: string): string {
	return Array.from({ length: character.length }, (_, index) => {
		const unit = character.charCodeAt(index).toString(16);
		return `\\u${unit.padStart(4, '0')}`;
	}).join('');
}

/** A value with its unseen characters written as JSON may write them: what is wrong with it may be just these. */
export function withUnseen(text: string): string {
	return text.replace(lineEnds, codesOf).replace(unseen, codeOf);
}

function codesOf(characters: string): string {
	return Array.from(characters, codeOf).join('');
}
