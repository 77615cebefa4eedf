import { decode } from './decode';
import { type JsonObject, isObject } from './json';
import { fieldKey, fieldOf, messageOf } from './schema';
import type { StoredObject } from './rpc';
import type { Answer, Refusal } from './twirp';

/** Listed objects, decoded, or the refusal of the page that did not come. */
export type Listed = ListedAs<JsonObject>;

/** The same in another form than decoded. */
export type ListedAs<T> = { readonly value: T[] } | { readonly refusal: Refusal };

const pageSize = 1000;
const mostPages = 1000;

/** An answer of LiveKit's shape nowhere: a proxy's, or one that was cut. Never to be read as an empty list. */
export function foreignAnswer(what: string): Refusal {
	return { status: 200, code: 'foreign', message: what, meta: {} };
}

/**
 * Whether an object can be LiveKit's answer of a message: it has none of its fields and others instead, then it
 * comes from somebody else, such as a proxy.
 */
export function isForeign(message: string, value: Record<string, unknown>): boolean {
	const names = Object.keys(value);
	const known = messageOf(message);
	return names.length > 0 && !names.some((name) => fieldOf(known, name));
}

/**
 * The entries of a list answer. Servers that leave empty lists out answer `{}`; any other object without the list,
 * or a list that is no array or holds something else than the message, is a foreign answer.
 */
export function entriesOf(answer: Answer, list: string, message: string): { readonly value: Array<Record<string, unknown>> } | { readonly refusal: Refusal } {
	if ('refusal' in answer) return answer;
	const held = Object.entries(answer.value).find(([name]) => fieldKey(name) === fieldKey(list))?.[1];
	const entries = held ?? [];
	const other = held === undefined && Object.keys(answer.value).length > 0;
	const odd = Array.isArray(entries) && entries.some((entry) => entry !== null && !(isObject(entry) && !isForeign(message, entry)));
	if (!Array.isArray(entries) || other || odd) return { refusal: foreignAnswer(`a list of ${list} was expected`) };
	return { value: entries.filter(isObject) };
}

/**
 * Lists stored objects page by page, decoded, each once, see {@link listEach}.
 *
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
	const found: JsonObject[] = [];
	const askPage = async (body: JsonObject) => {
		const entries = entriesOf(await ask(body), 'items', object.info);
		if ('refusal' in entries) return entries;
		const values = entries.value.map((entry) => decode(object.info, entry));
		return { value: values.map((value) => ({ id: String(value[object.id]), value })) };
	};
	const refusal = await listEach(askPage, object.noun, filters, ({ value }) => {
		if (matches(value)) found.push(value);
		return found.length < wanted;
	});
	return refusal ? { refusal } : { value: found };
}

/**
 * Asks for a list page by page and hands each object over once.
 *
 * LiveKit's answer holds no mark of the end, and the open-source server ignores `limit` (reference 3.5): pages are
 * asked for until one brings no new id. Entries without an id, which stand for missing objects, are dropped.
 *
 * @param ask gives the objects of one page
 * @param take false when no more are wanted
 * @returns the refusal of the page that did not come
 */
export async function listEach<T extends { readonly id: string }>(
	ask: (body: JsonObject) => Promise<ListedAs<T>>,
	noun: string,
	filters: JsonObject,
	take: (value: T) => boolean,
): Promise<Refusal | undefined> {
	const seen = new Set<string>();
	let after = '';
	for (let page = 0; page < mostPages; page++) {
		const listed = await ask({ ...filters, page: { ...(after ? { after_id: after } : {}), limit: pageSize } });
		if ('refusal' in listed) return listed.refusal;
		const fresh = listed.value.filter(({ id }) => id !== '' && !seen.has(id));
		if (fresh.length === 0) return undefined;
		for (const value of fresh) {
			if (seen.has(value.id)) continue;
			seen.add(value.id);
			if (!take(value)) return undefined;
		}
		after = fresh[fresh.length - 1].id;
	}
	return foreignAnswer(`the list of ${noun}s does not end`);
}
