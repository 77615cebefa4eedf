import { type JsonObject, isObject } from './json';
import { type ListedAs, foreignAnswer, listEach } from './list';
import type { Rpc, StoredObject } from './rpc';
import type { Answer, Refusal } from './twirp';

/** A stored object as the server wrote it, in whatever spelling. */
export interface RawObject {
	readonly id: string;
	readonly raw: Record<string, unknown>;
}

type Send = (rpc: Rpc, body: JsonObject) => Promise<Answer>;

type ReadId = (entry: Record<string, unknown>) => string;

function idReader({ id }: StoredObject): ReadId {
	const camel = id.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
	return (entry) => {
		const value = entry[id] ?? entry[camel];
		return typeof value === 'string' ? value : '';
	};
}

function idsOf(answer: Answer, idOf: ReadId): string[] {
	const items = 'value' in answer ? answer.value.items : undefined;
	return Array.isArray(items) ? items.filter(isObject).map(idOf).filter((id) => id !== '') : [];
}

const getTrunk: Rpc = { service: 'SIP', name: 'GetSIPInboundTrunk', request: 'GetSIPInboundTrunkRequest' };

/**
 * What is in the way of believing an empty list: a LiveKit server says of a trunk that does not exist that it does not
 * exist, or, being old, that it does not know the method. Whatever else answers every request with `{}` does neither.
 */
async function doubtAboutEmpty(send: Send): Promise<Refusal | undefined> {
	const answer = await send(getTrunk, { sip_trunk_id: 'ST_none' });
	if ('value' in answer) return foreignAnswer('an empty list, and an answer for a trunk that does not exist');
	return ['not_found', 'bad_route'].includes(answer.refusal.code) ? undefined : answer.refusal;
}

/**
 * Asks for each page from the last object but one of the page before, so that every answer must hold an object that is
 * known: an empty answer that some proxy gives in the middle of a list then differs from the end of the list.
 */
function overlapping(object: StoredObject, idOf: ReadId, send: Send): (body: JsonObject) => Promise<Answer> {
	let ids: readonly string[] = [];
	return async ({ page, ...body }) => {
		const { after_id: last, ...rest } = isObject(page) ? (page as JsonObject) : {};
		const known = ids[ids.indexOf(String(last)) - 1];
		const start = known ?? last;
		const answer = await send(object.rpcs.list, { ...body, page: { ...rest, ...(start === undefined ? {} : { after_id: start }) } });
		ids = idsOf(answer, idOf);
		if ('refusal' in answer || last === undefined || ids.includes(String(last))) return answer;
		if (known !== undefined) return { refusal: foreignAnswer(`the list of ${object.noun}s broke off after ${String(last)}`) };
		// After a page of one object there is nothing to overlap with, so its end is doubted like an empty list.
		const doubt = ids.length === 0 ? await doubtAboutEmpty(send) : undefined;
		return doubt ? { refusal: doubt } : answer;
	};
}

/**
 * All objects of a kind, or a refusal: never a part of the list, and never an empty list that is not LiveKit's own.
 * Entries stay as the server wrote them.
 *
 * @param send sends one request
 */
export async function listWhole(send: Send, object: StoredObject): Promise<ListedAs<RawObject>> {
	const found: RawObject[] = [];
	const idOf = idReader(object);
	const read = (raw: Record<string, unknown>) => ({ id: idOf(raw), raw });
	const refusal = await listEach(overlapping(object, idOf, send), object, {}, read, (value) => found.push(value) > 0);
	const doubt = refusal ?? (found.length === 0 ? await doubtAboutEmpty(send) : undefined);
	return doubt ? { refusal: doubt } : { value: found };
}
