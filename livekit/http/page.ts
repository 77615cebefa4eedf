import { scrub } from './token';

/** The words of an HTML page on one line, without its tags, styles and scripts. Takes time in proportion to its length. */
function wordsOf(page: string): string {
	let ends: string | undefined;
	const words = page.split(/<([^<>]*)>/).map((part, index) => {
		if (index % 2 === 0) return ends === undefined ? part : '';
		const name = (/^\/?\w+/.exec(part)?.[0] ?? '').toLowerCase();
		if (ends === undefined && (name === 'style' || name === 'script')) ends = `/${name}`;
		else if (name === ends) ends = undefined;
		return ' ';
	});
	return words.join('').replace(/\s+/g, ' ').trim();
}

/** What a message may show of an answer that is not LiveKit's: its first words, without tokens. */
export function firstWords(text: string): string {
	// JSON that broke off may hold a password.
	if (/^[{[]/.test(text)) return "JSON that broke off, or that is not LiveKit's";
	const words = scrub(wordsOf(text));
	return words.length > 160 ? `${words.slice(0, 157)}...` : words;
}
