/** An attempt as a number where it is one, however a table's cell writes it: `1`, `01`, `1.0`, `1,00`. Null if it is empty. */
export function attemptOf(words: string): string | number | null {
	if (words === '') return null;
	const number = /^0*(\d{1,15})(?:[.,]0+)?$/.exec(words)?.[1];
	return number === undefined ? words : Number(number);
}
