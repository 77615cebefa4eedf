/** The bytes of JSON's structure. All are ASCII, so none is a part of another character in UTF-8. */
const byte = { quote: 0x22, comma: 0x2c, backslash: 0x5c, open: 0x7b, close: 0x7d } as const;

const space = new Set([0x20, 0x09, 0x0a, 0x0d]);
const head = /^[ \t\n\r]*\{[ \t\n\r]*"items"[ \t\n\r]*:[ \t\n\r]*\[[ \t\n\r]*/;
const tail = /^\][ \t\n\r]*\}[ \t\n\r]*$/;
const longestEdge = 100;

/** The place of the quote that ends the text that begins at `start`. */
function endOfText(body: Buffer, start: number): number {
	let at = start + 1;
	while (at < body.length && body[at] !== byte.quote) at += body[at] === byte.backslash ? 2 : 1;
	return at;
}

/** The place after the object that begins at `start`, or -1 when the bytes end before it does. */
function endOfObject(body: Buffer, start: number): number {
	let depth = 0;
	for (let at = start; at < body.length; at++) {
		const current = body[at];
		if (current === byte.quote) at = endOfText(body, at);
		else if (current === byte.open) depth++;
		else if (current === byte.close && --depth === 0) return at + 1;
	}
	return -1;
}

function afterSpace(body: Buffer, start: number): number {
	let at = start;
	while (space.has(body[at])) at++;
	return at;
}

/**
 * Cuts a list answer `{"items":[{...},{...}]}` into the bytes of its objects without parsing them: of a long list of
 * which little has changed, little has to be parsed.
 *
 * What is inside the pieces is not looked at; whether one is JSON is for JSON.parse to say.
 *
 * @param body UTF-8
 * @returns undefined for every other text, an empty list too; it may be JSON all the same
 */
export function cutItems(body: Buffer): Buffer[] | undefined {
	const items: Buffer[] = [];
	let start = head.exec(body.toString('latin1', 0, longestEdge))?.[0].length ?? -1;
	while (body[start] === byte.open) {
		const end = endOfObject(body, start);
		if (end < 0) return undefined;
		items.push(body.subarray(start, end));
		const next = afterSpace(body, end);
		if (body[next] !== byte.comma)
			return body.length - next < longestEdge && tail.test(body.toString('latin1', next))
				? items
				: undefined;
		start = afterSpace(body, next + 1);
	}
	return undefined;
}
