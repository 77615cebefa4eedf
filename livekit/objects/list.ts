import { foreignAnswer } from '../codec/answer';
import type { Reply } from '../codec/response';
import { type JsonObject, type JsonValue, isJsonObject } from '../json';
import type { StoredObject } from '../schema/rpc';
import type { Answered, Refusal } from '../http/twirp';

const pageSize = 1000;
const mostPages = 1000;
/** More than any LiveKit stores; a list that holds more does not end. */
const mostEntries = 100_000;

/** The messages in a list of a decoded message. */
export function messagesOf(list: JsonValue | undefined): JsonObject[] {
	return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/**
 * Lists stored objects, decoded. Pages are asked for as {@link listEach} does.
 *
 * @param filters LiveKit's filters, encoded
 * @param wanted how many matching objects are enough
 * @param matches which of the listed objects to return
 * @returns the objects, or the refusal of the first page that did not come
 */
export async function listObjects(
	ask: (body: JsonObject) => Promise<Reply>,
	object: StoredObject,
	filters: JsonObject = {},
	wanted = Infinity,
	matches: (value: JsonObject) => boolean = () => true,
): Promise<Answered<JsonObject[]>> {
	const found: JsonObject[] = [];
	const askPage = async (body: JsonObject) => {
		const reply = await ask(body);
		if ('refusal' in reply) return reply;
		const values = messagesOf(reply.value.items);
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
 * LiveKit's answers do not mark the end of a list, and the open-source server ignores `limit` (docs/livekit.md, Lists and
 * pages). So pages are asked for until one brings no new ID. Entries without an ID, which stand for missing objects, are
 * dropped.
 *
 * @param ask asks for one page
 * @param noun what the objects are called
 * @param take takes an object, and returns false if no more are wanted
 * @returns the refusal of the first page that did not come, undefined if all came
 */
export async function listEach<T extends { readonly id: string }>(
	ask: (body: JsonObject) => Promise<Answered<readonly T[]>>,
	noun: string,
	filters: JsonObject,
	take: (value: T) => boolean,
): Promise<Refusal | undefined> {
	const seen = new Set<string>();
	let after = '';
	for (let page = 0; page < mostPages; page++) {
		const listed = await ask({
			...filters,
			page: { ...(after ? { after_id: after } : {}), limit: pageSize },
		});
		if ('refusal' in listed) return listed.refusal;
		const fresh = listed.value.filter(({ id }) => id !== '' && !seen.has(id));
		if (fresh.length === 0) return undefined;
		for (const value of fresh) {
			if (seen.has(value.id)) continue;
			seen.add(value.id);
			if (seen.size > mostEntries)
				return foreignAnswer(`the list of ${noun}s holds more than ${mostEntries} entries`);
			if (!take(value)) return undefined;
		}
		after = fresh[fresh.length - 1].id;
	}
	return foreignAnswer(`the list of ${noun}s does not end`);
}
