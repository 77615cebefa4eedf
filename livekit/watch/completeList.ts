import { type JsonObject, isObject } from '../json';
import { listEach } from '../objects/list';
import { entriesOf, foreignAnswer } from '../codec/answer';
import type { Rpc, StoredObject } from '../schema/rpc';
import type { Answer, Answered, Refusal } from '../http/twirp';

/** An object of a list. */
export interface ListedObject {
	/** Empty for an entry that stands for a missing object. */
	readonly id: string;
	/** As the server wrote it, in its own spelling. */
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
 * Why an empty list is not to be believed, or undefined: asked for a trunk that does not exist, a LiveKit server says
 * so, or says that it does not know the method. Whatever else answers every request with `{}` does neither.
 */
async function doubtAboutEmpty(send: Send): Promise<Refusal | undefined> {
	const answer = await send(getTrunk, { sip_trunk_id: 'ST_none' });
	if ('value' in answer)
		return foreignAnswer('an empty list, and an answer for a trunk that does not exist');
	return ['not_found', 'bad_route'].includes(answer.refusal.code) ? undefined : answer.refusal;
}

/**
 * Asks for each page from the last object but one of the page before, so that every answer must hold an object that is
 * known: an empty answer that some proxy gives in the middle of a list then differs from the end of the list.
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
		ids = listed.value.map(({ id }) => id).filter((id) => id !== '');
		if (last === undefined || ids.includes(String(last))) return listed;
		if (known !== undefined)
			return {
				refusal: foreignAnswer(`the list of ${object.noun}s broke off after ${String(last)}`),
			};
		// After a page of one object there is nothing to overlap with, so its end is doubted like an empty list.
		const refusal = ids.length === 0 ? await doubt() : undefined;
		return refusal ? { refusal } : listed;
	};
}

/** Reads the id of an object, which an SDK-style server writes in camelCase. */
function idReader({ id }: StoredObject): (raw: JsonObject) => string {
	const camel = id.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
	return (raw) => {
		const value = raw[id] ?? raw[camel];
		return typeof value === 'string' ? value : '';
	};
}

/** All objects of a kind, or a refusal: never a part of the list, and never an empty list that is not LiveKit's own. */
export async function readCompleteList(
	send: Send,
	object: StoredObject,
): Promise<Answered<ListedObject[]>> {
	const found: ListedObject[] = [];
	const idOf = idReader(object);
	const askPage: AskPage = async (body) => {
		const entries = entriesOf(await send(object.rpcs.list, body), 'items', object.info);
		return 'refusal' in entries
			? entries
			: { value: entries.value.map((raw) => ({ id: idOf(raw), raw })) };
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
