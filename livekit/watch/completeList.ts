import { type JsonObject, isObject } from '../json';
import { listEach } from '../objects/list';
import { entriesOf, foreignAnswer } from '../codec/answer';
import type { Rpc, StoredObject } from '../schema/rpc';
import type { Answer, Answered, Refusal } from '../http/twirp';

/** An object of a list. */
export interface ListedObject {
	readonly id: string;
	/** In the server's own spelling. */
	readonly raw: JsonObject;
}

/** Sends one request. */
type Send = (rpc: Rpc, body: JsonObject) => Promise<Answer>;

type AskPage = (body: JsonObject) => Promise<Answered<ListedObject[]>>;

const getTrunk: Rpc = {
	service: 'SIP',
	name: 'GetSIPInboundTrunk',
	request: 'GetSIPInboundTrunkRequest',
	response: 'GetSIPInboundTrunkResponse',
};

/**
 * Why an empty list must not be believed, undefined if it may. A proxy may answer every request with `{}`. Asked for a trunk
 * that does not exist, a LiveKit server answers that it does not exist, or, if it is old, that it does not know the method.
 */
async function doubtAboutEmpty(send: Send): Promise<Refusal | undefined> {
	const answer = await send(getTrunk, { sip_trunk_id: 'ST_none' });
	if ('value' in answer)
		return foreignAnswer('an empty list, and an answer for a trunk that does not exist');
	return ['not_found', 'bad_route'].includes(answer.refusal.code) ? undefined : answer.refusal;
}

/**
 * Lets pages overlap: each begins after the last object but one of the page before, so that it must hold the last one. This
 * tells the end of the list from an empty answer that a proxy gives in the middle.
 */
function overlapping(
	object: StoredObject,
	askPage: AskPage,
	doubt: () => Promise<Refusal | undefined>,
): AskPage {
	let ids: readonly string[] = [];
	return async ({ page, ...body }) => {
		const { after_id: last, ...rest } = isObject(page) ? page : {};
		const known = ids[ids.indexOf(String(last)) - 1];
		const start = known ?? last;
		const listed = await askPage({
			...body,
			page: { ...rest, ...(start === undefined ? {} : { after_id: start }) },
		});
		if ('refusal' in listed) return listed;
		ids = listed.value.map(({ id }) => id);
		if (last === undefined || ids.includes(String(last))) return listed;
		if (known !== undefined)
			return {
				refusal: foreignAnswer(`the list of ${object.noun}s broke off after ${String(last)}`),
			};
		// A page of one object leaves nothing to overlap with. An empty page after it is doubted like an empty list.
		const refusal = ids.length === 0 ? await doubt() : undefined;
		return refusal ? { refusal } : listed;
	};
}

/** Reads the ID of an object. SDK-style servers write its field in camelCase. */
function idReader({ id }: StoredObject): (raw: JsonObject) => string {
	const camel = id.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
	return (raw) => {
		const value = raw[id] ?? raw[camel];
		return typeof value === 'string' ? value : '';
	};
}

async function readOnce(send: Send, object: StoredObject): Promise<Answered<ListedObject[]>> {
	const found: ListedObject[] = [];
	const idOf = idReader(object);
	const askPage: AskPage = async (body) => {
		const entries = entriesOf(await send(object.rpcs.list, body), 'items', object.info);
		if ('refusal' in entries) return entries;
		const listed = entries.value.flatMap((raw) => {
			const id = raw ? idOf(raw) : '';
			return raw && id ? [{ id, raw }] : [];
		});
		// Only a list that was asked for by IDs may hold entries that stand for missing objects.
		return listed.length === entries.value.length
			? { value: listed }
			: { refusal: foreignAnswer(`the list of ${object.noun}s holds an entry without an ID`) };
	};
	const doubt = async () => await doubtAboutEmpty(send);
	const refusal = await listEach(
		overlapping(object, askPage, doubt),
		object.noun,
		{},
		(value) => found.push(value) > 0,
	);
	const last = refusal ?? (found.length === 0 ? await doubt() : undefined);
	return last ? { refusal: last } : { value: found };
}

/**
 * Reads all objects of a kind, or gives a refusal: never part of the list, never an empty list that is not LiveKit's, and never
 * one that holds anything without an ID.
 *
 * @param hadObjects whether there were objects of this kind when the list was read last. An empty list is then read again, and
 *   what comes the second time counts: one bad answer would otherwise say that all were deleted
 */
export async function readCompleteList(
	send: Send,
	object: StoredObject,
	hadObjects: boolean,
): Promise<Answered<ListedObject[]>> {
	const listed = await readOnce(send, object);
	const believed = 'refusal' in listed || listed.value.length > 0 || !hadObjects;
	return believed ? listed : await readOnce(send, object);
}
