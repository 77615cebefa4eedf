import { type ILoadOptionsFunctions, type INodeListSearchItems, type INodeListSearchResult, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { decode } from '../../../livekit/decode';
import { explain } from '../../../livekit/explain';
import { type JsonObject, isObject } from '../../../livekit/json';
import { entriesOf, listObjects } from '../../../livekit/list';
import { type Rpc, callRpcs, storedObjects } from '../../../livekit/rpc';
import type { Refusal } from '../../../livekit/twirp';
import { httpBase } from '../../../livekit/url';
import { exchange } from '../request/link';

const mostShown = 500;

async function baseUrl(functions: ILoadOptionsFunctions): Promise<string> {
	const credentials = await functions.getCredentials('liveKitApi');
	const base = httpBase(credentials.url);
	if (!base.ok) throw new NodeOperationError(functions.getNode(), `Server URL of the credential is not usable. ${base.message}`);
	return base.value;
}

function valueOf<T>(functions: ILoadOptionsFunctions, result: { readonly value: T } | { readonly refusal: Refusal }): T {
	if ('value' in result) return result.value;
	const { message, advice } = explain(result.refusal);
	const { code, message: msg } = result.refusal;
	throw new NodeApiError(functions.getNode(), { code, msg }, { message, description: advice });
}

async function ask(functions: ILoadOptionsFunctions, rpc: Rpc, body: JsonObject, list: string): Promise<Array<Record<string, unknown>>> {
	const base = { baseURL: await baseUrl(functions) };
	return valueOf(functions, entriesOf(await exchange(functions, base, rpc, body), list));
}

function matching(results: INodeListSearchItems[], filter: string | undefined): INodeListSearchResult {
	const text = (filter ?? '').toLowerCase();
	const found = results.filter(({ name, value }) => name.toLowerCase().includes(text) || String(value).toLowerCase().includes(text));
	return { results: found.sort((left, right) => left.name.localeCompare(right.name)).slice(0, mostShown) };
}

function described(object: JsonObject, id: string): INodeListSearchItems {
	const value = String(object[id]);
	const numbers = Array.isArray(object.numbers) ? object.numbers.slice(0, 3).join(', ') : '';
	const name = String(object.name ?? '') || 'Unnamed';
	return { name: numbers ? `${name} (${numbers})` : `${name} (${value})`, value };
}

async function searchObjects(functions: ILoadOptionsFunctions, resource: string, filter: string | undefined): Promise<INodeListSearchResult> {
	const object = storedObjects[resource];
	const base = { baseURL: await baseUrl(functions) };
	const listed = await listObjects(async (body) => await exchange(functions, base, object.rpcs.list, body), object);
	return matching(valueOf(functions, listed).map((item) => described(item, object.id)), filter);
}

/** Inbound trunks for a picker, by name and number. */
export async function searchInboundTrunks(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchObjects(this, 'inboundTrunk', filter);
}

/** Outbound trunks for a picker, by name and number. */
export async function searchOutboundTrunks(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchObjects(this, 'outboundTrunk', filter);
}

/** Dispatch rules for a picker, by name. */
export async function searchDispatchRules(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await searchObjects(this, 'dispatchRule', filter);
}

/** Rooms for a picker. */
export async function searchRooms(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const rooms = (await ask(this, callRpcs.rooms, {}, 'rooms')).map((room) => String(room.name ?? '')).filter((name) => name !== '');
	return matching(rooms.map((name) => ({ name, value: name })), filter);
}

/** SIP participants of the chosen room for a picker, with number and call status. */
export async function searchParticipants(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const room = String(this.getCurrentNodeParameter('room', { extractValue: true }) ?? '');
	if (room === '') throw new NodeOperationError(this.getNode(), 'Choose the Room first, then the participant in it');
	const participants = (await ask(this, callRpcs.getAll, { room }, 'participants'))
		.map((participant) => decode('ParticipantInfo', participant))
		.filter(({ kind }) => kind === 'SIP');
	const results = participants.map(({ identity, attributes }) => {
		const status = isObject(attributes) ? attributes['sip.callStatus'] : undefined;
		return { name: status ? `${String(identity)} (${String(status)})` : String(identity), value: String(identity) };
	});
	return matching(results, filter);
}
