import { type JsonObject, isObject } from '../json';
import { type ListedAs, listEach } from '../objects/list';
import { foreignAnswer } from '../codec/answer';
import { type Memory, type RawObject, readBytes, readPage } from './page';
import type { Rpc, StoredObject } from '../schema/rpc';
import type { HttpAnswer, Refusal } from '../http/twirp';

/** Sends one request. The body of the answer is bytes. */
type Send = (rpc: Rpc, body: JsonObject) => Promise<HttpAnswer | { readonly refusal: Refusal }>;

type AskPage = (body: JsonObject) => Promise<ListedAs<RawObject>>;

const getTrunk: Rpc = {
	service: 'SIP',
	name: 'GetSIPInboundTrunk',
	request: 'GetSIPInboundTrunkRequest',
	response: 'GetSIPInboundTrunkResponse',
};

/**
 * What is in the way of believing an empty list: a LiveKit server says of a trunk that does not exist that it does not
 * exist, or, being old, that it does not know the method. Whatever else answers every request with `{}` does neither.
 */
async function doubtAboutEmpty(send: Send): Promise<Refusal | undefined> {
	const sent = await send(getTrunk, { sip_trunk_id: 'ST_none' });
	const answer = 'refusal' in sent ? sent : readBytes(sent);
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
		const { after_id: last, ...rest } = isObject(page) ? (page as JsonObject) : {};
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

/**
 * All objects of a kind, or a refusal: never a part of the list, and never an empty list that is not LiveKit's own.
 *
 * @param memory what need not be read again
 */
export async function listWhole(
	send: Send,
	object: StoredObject,
	memory: Memory,
): Promise<ListedAs<RawObject>> {
	const found: RawObject[] = [];
	const askPage: AskPage = async (body) => {
		const answer = await send(object.rpcs.list, body);
		return 'refusal' in answer ? answer : readPage(answer, object, memory);
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
