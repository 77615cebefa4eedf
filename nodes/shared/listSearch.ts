import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { JsonObject } from '../../livekit/json';
import { listObjects, messagesOf } from '../../livekit/objects/list';
import { statusOf } from '../../livekit/objects/simplify';
import { type Rpc, type StoredObject, callRpcs, storedObjects } from '../../livekit/schema/rpc';
import type { Answered } from '../../livekit/http/twirp';
import { operationError } from './errors';
import { pickerEntry } from './pickerEntry';
import { type RequestOptions, type Server, readServer } from './server';
import { refusalError } from './refusal';
import { Allowance } from './limits';
import { sendAndRead, timeoutOf } from './send';

const mostShown = 500;
const shownNumbers = 3;
// Somebody waits before an open form.
const longestMs = 60_000;

function valueOf<T>(functions: ILoadOptionsFunctions, result: Answered<T>): T {
	if ('value' in result) return result.value;
	throw refusalError(functions.getNode(), result.refusal);
}

/**
 * Settings that the editor gives as they are typed: here no expression in them was evaluated. Such a Timeout is not needed for a
 * picker, and such a switch is taken for off. A Proxy is needed, and is refused.
 */
function evaluatedOnly({
	timeout,
	allowUnauthorizedCerts,
	...others
}: RequestOptions): RequestOptions {
	const evaluated = Object.entries({ timeout, allowUnauthorizedCerts }).filter(
		([, value]) => !(typeof value === 'string' && value.startsWith('=')),
	);
	return { ...others, ...Object.fromEntries(evaluated) };
}

async function server(functions: ILoadOptionsFunctions): Promise<Server> {
	const given = (functions.getCurrentNodeParameter('requestOptions') ?? {}) as RequestOptions;
	return await readServer(functions, evaluatedOnly(given));
}

/** The messages of a list that LiveKit gives at once. */
async function listOf(
	functions: ILoadOptionsFunctions,
	rpc: Rpc,
	body: JsonObject,
	list: string,
): Promise<JsonObject[]> {
	const base = await server(functions);
	const allowance = new Allowance(Math.min(timeoutOf(base), longestMs));
	const reply = await sendAndRead(functions, base, rpc, body, { allowance });
	return messagesOf(valueOf(functions, reply)[list]);
}

/** An entry as LiveKit names it, before {@link pickerEntry}. */
interface Found {
	readonly name: string;
	readonly value: string;
	/** Searched too, besides name and value. */
	readonly also?: string;
}

function matching(entries: readonly Found[], filter: string | undefined): INodeListSearchResult {
	const text = (filter ?? '').toLowerCase();
	const found = entries.filter(({ name, value, also = '' }) =>
		`${name} ${value} ${also}`.toLowerCase().includes(text),
	);
	const results = found.map(({ name, value }) => pickerEntry(name, value));
	return {
		results: results.sort((left, right) => left.name.localeCompare(right.name)).slice(0, mostShown),
	};
}

function described(object: JsonObject, id: string): Found {
	const value = String(object[id]);
	const numbers = Array.isArray(object.numbers) ? object.numbers : [];
	const name = String(object.name ?? '') || 'Unnamed';
	const more = numbers.length > shownNumbers ? ` and ${numbers.length - shownNumbers} more` : '';
	const details =
		numbers.length > 0 ? `${numbers.slice(0, shownNumbers).join(', ')}${more}` : value;
	return { name: `${name} (${details})`, value, also: numbers.join(' ') };
}

async function objectsOf(
	functions: ILoadOptionsFunctions,
	object: StoredObject,
): Promise<JsonObject[]> {
	const base = await server(functions);
	const allowance = new Allowance(Math.min(timeoutOf(base), longestMs));
	const listed = await listObjects(
		async (body) => await sendAndRead(functions, base, object.rpcs.list, body, { allowance }),
		object,
	);
	return valueOf(functions, listed);
}

async function searchObjects(
	functions: ILoadOptionsFunctions,
	object: StoredObject,
	filter: string | undefined,
): Promise<INodeListSearchResult> {
	const objects = await objectsOf(functions, object);
	return matching(
		objects.map((item) => described(item, object.id)),
		filter,
	);
}

/** Numbers of inbound trunks for a picker, with the names of their trunks. */
export async function searchCalledNumbers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const trunks = await objectsOf(this, storedObjects.inboundTrunk);
	const numbers = trunks.flatMap((trunk) =>
		(Array.isArray(trunk.numbers) ? trunk.numbers : []).map((number) => ({
			name: `${String(number)} (${String(trunk.name ?? '') || 'Unnamed'})`,
			value: String(number),
		})),
	);
	return matching(numbers, filter);
}

/** Inbound trunks for a picker, by name and number. */
export async function searchInboundTrunks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchObjects(this, storedObjects.inboundTrunk, filter);
}

/** Outbound trunks for a picker, by name and number. */
export async function searchOutboundTrunks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchObjects(this, storedObjects.outboundTrunk, filter);
}

/** Dispatch rules for a picker, by name. */
export async function searchDispatchRules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchObjects(this, storedObjects.dispatchRule, filter);
}

/** Rooms for a picker. */
export async function searchRooms(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const rooms = (await listOf(this, callRpcs.rooms, {}, 'rooms'))
		.map((room) => String(room.name ?? ''))
		.filter((name) => name !== '');
	return matching(
		rooms.map((name) => ({ name, value: name })),
		filter,
	);
}

/** SIP participants of the chosen room for a picker, with number and call status. */
export async function searchParticipants(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const room = String(this.getCurrentNodeParameter('room', { extractValue: true }) ?? '');
	if (room === '')
		throw operationError(this.getNode(), 'Choose the Room first, then the participant in it');
	const participants = await listOf(this, callRpcs.getAll, { room }, 'participants');
	const calls = participants.filter(({ kind }) => kind === 'SIP');
	const results = calls.map((call) => {
		const [value, status] = [String(call.identity), statusOf(call)];
		return { name: status ? `${value} (${status})` : value, value };
	});
	return matching(results, filter);
}
