import type { Limit } from './limits';

/** What was read of an answer. */
export interface Body {
	readonly text: string;
	/** How many bytes were read. */
	readonly bytes: number;
	/** `cut` if there was more than is read, `broken` if it broke off or was stopped. */
	readonly end: 'whole' | 'cut' | 'broken';
}

/** Bytes that are read of an answer that is not LiveKit's JSON. */
export const mostOfForeign = 64 * 1024;

interface Stream extends AsyncIterable<Uint8Array> {
	destroy(): unknown;
}

/** Whether n8n gave the body as it arrives. */
export function isStream(body: unknown): body is Stream {
	return (
		typeof body === 'object' &&
		body !== null &&
		Symbol.asyncIterator in body &&
		'destroy' in body &&
		typeof body.destroy === 'function'
	);
}

const openingBrace = 0x7b;
const lastBlank = 0x20;

/**
 * Reads an answer as it arrives, and ends the connection as soon as it is longer than it may be, or takes longer.
 *
 * @param most bytes that are read of a JSON object; of anything else 64 KB
 */
export async function readBody(body: Stream, most: number, bounds: Limit): Promise<Body> {
	const chunks: Uint8Array[] = [];
	let [bytes, first]: [number, number | undefined] = [0, undefined];
	const read = (end: Body['end']): Body => {
		if (end !== 'whole') body.destroy();
		// Unlike a buffer's toString it takes the byte order mark away, as axios does.
		return { text: new TextDecoder().decode(Buffer.concat(chunks)), bytes, end };
	};
	const arriving = body[Symbol.asyncIterator]();
	try {
		for (;;) {
			// A destroyed stream of n8n 2.x does not end before its next byte: hence not `for await`.
			const { done, value } = await bounds.orStop(arriving.next());
			if (done) return read('whole');
			const chunk: Uint8Array = value;
			first ??= chunk.find((byte) => byte > lastBlank);
			const left = (first === openingBrace ? most : Math.min(most, mostOfForeign)) - bytes;
			chunks.push(chunk.subarray(0, left));
			bytes += Math.min(chunk.length, left);
			if (chunk.length > left) return read('cut');
		}
	} catch {
		return read('broken');
	}
}
