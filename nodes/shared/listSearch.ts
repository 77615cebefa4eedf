import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { JsonObject } from '../../livekit/json';
import { listObjects, messagesOf } from '../../livekit/objects/list';
import { type Ask, type RunningCall, callsOfAllRooms } from '../../livekit/objects/runningCalls';
import { phoneNumberOf, simplifyMessage, statusOf } from '../../livekit/objects/simplify';
import {
	type Rpc,
	type StoredObject,
	agentRpcs,
	callRpcs,
	storedObjects,
} from '../../livekit/schema/rpc';
import type { Answered } from '../../livekit/http/twirp';
import { operationError } from './errors';
import { pickedCall } from './pickedCall';
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

/** What asks for a picker, all of it within the time for which somebody waits. */
async function asking(functions: ILoadOptionsFunctions): Promise<Ask> {
	const base = await server(functions);
	const allowance = new Allowance(Math.min(timeoutOf(base), longestMs));
	return async (rpc, body) => await sendAndRead(functions, base, rpc, body, { allowance });
}

/** The messages of a list that LiveKit gives at once. */
async function listOf(
	functions: ILoadOptionsFunctions,
	rpc: Rpc,
	body: JsonObject,
	list: string,
): Promise<JsonObject[]> {
	const ask = await asking(functions);
	return messagesOf(valueOf(functions, await ask(rpc, body))[list]);
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
	const ask = await asking(functions);
	const listed = await listObjects(async (body) => await ask(object.rpcs.list, body), object);
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

/** A running call such as "+4915112345678 - active - outbound-44a9". Of one whose number is hidden the identity is shown. */
function describedCall({ room, participant }: RunningCall): Found {
	const identity = String(participant.identity);
	const name = [phoneNumberOf(participant) || identity, statusOf(participant), room]
		.filter((part) => part !== '')
		.join(' - ');
	return { name, value: pickedCall({ room, identity }) };
}

/** Running calls of all rooms for a picker, with number, status and room. */
export async function searchCalls(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const calls = await callsOfAllRooms(await asking(this), { mostRooms: mostShown });
	return matching(valueOf(this, calls).map(describedCall), filter);
}

/** A dispatch such as "appointment-agent - running - AD_aBcD1234efGh". */
function describedDispatch(dispatch: JsonObject): Found {
	const value = String(dispatch.id);
	const { agent_name: agent, status } = simplifyMessage('AgentDispatch', dispatch);
	return { name: `${String(agent || 'Unnamed agent')} - ${String(status)} - ${value}`, value };
}

/**
 * The room in whose dispatches somebody looks. Where an expression of Room has no value in the editor, n8n gives `null`, the
 * locator without its value, or the expression itself (n8n-editor-ui resolveRequiredParameters; n8n-core extract-value).
 */
function chosenRoom(functions: ILoadOptionsFunctions): string {
	const given = functions.getCurrentNodeParameter('room', { extractValue: true });
	const isExpression = given !== undefined && (typeof given !== 'string' || given.startsWith('='));
	const room = isExpression ? '' : (given ?? '').trim();
	if (room !== '') return room;
	throw operationError(
		functions.getNode(),
		isExpression
			? 'Room is an expression that gives no room yet. Execute the nodes before this one first, or choose By ID'
			: 'Choose the Room first, then the dispatch in it',
	);
}

/** Agent dispatches of the chosen room for a picker. */
export async function searchDispatches(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const room = chosenRoom(this);
	const dispatches = await listOf(this, agentRpcs.getAll, { room }, 'agent_dispatches');
	return matching(dispatches.map(describedDispatch), filter);
}
