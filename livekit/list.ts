import { decode } from './decode';
import { type JsonObject, isObject } from './json';
import type { StoredObject } from './rpc';
import type { Answer, Refusal } from './twirp';

/** Listed objects, decoded, or the refusal of the page that did not come. */
export type Listed = { readonly value: JsonObject[] } | { readonly refusal: Refusal };

const pageSize = 1000;
const mostPages = 1000;

/** An answer of LiveKit's shape nowhere: a proxy's, or one that was cut. Never to be read as an empty list. */
export function foreignAnswer(what: string): Refusal {
	return { status: 200, code: 'foreign', message: what, meta: {} };
}

/**
 * The entries of a list answer. Servers that leave empty lists out answer `{}`; any other object without the list,
 * or a list that is no array, is a foreign answer.
 */
export function entriesOf(answer: Answer, list: string): { readonly value: Array<Record<string, unknown>> } | { readonly refusal: Refusal } {
	if ('refusal' in answer) return answer;
	const entries = answer.value[list] ?? [];
	const other = answer.value[list] === undefined && Object.keys(answer.value).length > 0;
	if (!Array.isArray(entries) || other) return { refusal: foreignAnswer(`a list of ${list} was expected`) };
	return { value: entries.filter(isObject) };
}

/**
 * Lists stored objects page by page, decoded, each once.
 *
 * LiveKit's answer holds no mark of the end, and the open-source server ignores `limit` (reference 3.5): pages are
 * asked for until one brings no new id. Entries without an id, which stand for missing objects, are dropped.
 *
 * @param ask sends one list request
 * @param filters LiveKit's filters, encoded
 * @param wanted how many matching objects are enough
 * @param matches which objects count
 */
export async function listObjects(
	ask: (body: JsonObject) => Promise<Answer>,
	object: StoredObject,
	filters: JsonObject = {},
	wanted = Infinity,
	matches: (value: JsonObject) => boolean = () => true,
): Promise<Listed> {
	const seen = new Set<string>();
	const found: JsonObject[] = [];
	let after = '';
	for (let page = 0; page < mostPages; page++) {
		const entries = entriesOf(await ask({ ...filters, page: { ...(after ? { after_id: after } : {}), limit: pageSize } }), 'items');
		if ('refusal' in entries) return entries;
		const fresh = entries.value
			.map((item) => decode(object.info, item))
			.filter((item) => item[object.id] !== '' && !seen.has(String(item[object.id])));
		if (fresh.length === 0) return { value: found };
		for (const item of fresh) {
			seen.add(String(item[object.id]));
			if (matches(item)) found.push(item);
			if (found.length >= wanted) return { value: found };
		}
		after = String(fresh[fresh.length - 1][object.id]);
	}
	return { refusal: foreignAnswer(`the list of ${object.noun}s does not end`) };
}
