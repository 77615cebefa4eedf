import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { type EventName, type Watch, advance } from '../../livekit/watch/diff';
import type { Refusal } from '../../livekit/http/twirp';
import type { JsonObject } from '../../livekit/json';
import { type Rpc, storedObjects } from '../../livekit/schema/rpc';
import { plainLine } from '../../livekit/plain';
import { type KindState, type Snapshot, version } from '../../livekit/watch/snapshot';
import { numberOf, readStored, sealed } from '../../livekit/watch/stored';
import { type ListedObject, readCompleteList } from '../../livekit/watch/completeList';
import { type Server, readServer } from '../shared/server';
import { Allowance } from '../shared/limits';
import { refusalError } from '../shared/refusal';
import { send } from '../shared/send';
import { matchesFilters } from './filters';
import { itemOf } from './items';
import { type Past, readPast } from './past';
import { samples } from './samples';
import { type Settings, readSettings } from './settings';

interface Listing {
	readonly kind: string;
	readonly objects: readonly ListedObject[];
}

// n8n 1.x sets no limit for a poll. The limit of 2.x is at least 36 seconds.
const longestPollMs = 30_000;

/** A refusal with advice that fits a trigger, which sends few requests and has no Batching. */
function forPoll(refusal: Refusal): Refusal {
	const advice =
		'LiveKit asks to slow down. The next poll tries again. If this comes often, choose longer Poll Times.';
	return refusal.code === 'resource_exhausted' ? { ...refusal, advice } : refusal;
}

async function listAll(
	functions: IPollFunctions,
	settings: Settings,
	server: Server,
	known: Snapshot | undefined,
): Promise<Listing[]> {
	const allowance = new Allowance(
		Math.min(longestPollMs, functions.getPollBudgetMs?.() ?? longestPollMs),
	);
	const sendRead = async (rpc: Rpc, body: JsonObject) =>
		await send(functions, server, rpc, body, { allowance });
	const listings: Listing[] = [];
	for (const kind of settings.kinds) {
		const hadObjects = Object.keys(known?.kinds[kind]?.objects ?? {}).length > 0;
		const listed = await readCompleteList(sendRead, storedObjects[kind], hadObjects);
		if ('refusal' in listed) throw refusalError(functions.getNode(), forPoll(listed.refusal));
		listings.push({ kind, objects: listed.value });
	}
	return listings;
}

function isIgnored(ignored: readonly string[], path: string): boolean {
	return ignored.some((name) => path === name || path.startsWith(`${name}.`));
}

function wants(settings: Settings, event: EventName): boolean {
	return event === 'existing' ? settings.emitExisting : settings.events.has(event);
}

/** Compares the lists with the stored state. `after`, which gets the number `n`, is undefined if there is nothing to store. */
function step(
	{ server, salt, prints, filter, state: past, sameKey, sameFilter }: Past,
	listings: readonly Listing[],
	settings: Settings,
	now: Date,
	n: number,
): { items: INodeExecutionData[]; after?: Snapshot } {
	const common = {
		server,
		prints,
		sameKey,
		sameFilter,
		wants: (event: EventName) => wants(settings, event),
		relevant: (changed: readonly string[]) =>
			changed.filter((path) => !isIgnored(settings.ignored, path)),
	};
	const items: INodeExecutionData[] = [];
	const kinds: Record<string, KindState> = {};
	for (const { kind, objects } of listings) {
		const object = storedObjects[kind];
		const watch: Watch = {
			...common,
			kind,
			object,
			matches: (value) => matchesFilters(settings.filters, kind, value),
		};
		const { events, state } = advance(past?.kinds[kind], objects, watch);
		kinds[kind] = state;
		items.push(
			...events.map((event) => itemOf(object, event, { now, simplify: settings.simplify })),
		);
	}
	const same =
		sameKey &&
		sameFilter &&
		Object.keys(past?.kinds ?? {}).length === listings.length &&
		listings.every(({ kind }) => kinds[kind] === past?.kinds[kind]);
	if (same) return { items };
	const { key } = prints;
	return { items, after: sealed({ v: version, n, salt, server, key, filter, kinds }) };
}

/** Writes into n8n's log that the stored state was of no use, and what that means. */
function tellLost(functions: IPollFunctions, why: string): void {
	const { name, id } = functions.getWorkflow();
	const words = `The state that "${functions.getNode().name}" of the workflow "${name}" (${id}) has stored ${why}. The node begins anew with what is in LiveKit now. What changed since its last poll is not reported. If this comes again, deactivate and activate the workflow.`;
	functions.logger.warn(plainLine(words));
}

/**
 * One poll: lists all that is watched and emits what changed since the last poll.
 *
 * n8n keeps the state between polls in memory, or in its database, or as a durable cursor, depending on its settings
 * (scheduler.config.ts in @n8n/config; test/support/polling.ts plays all three). The poll is right with each of them: it
 * replaces the state as a whole, and only if it is still the one that was read before the lists. If a list is refused or
 * incomplete, nothing changes.
 *
 * A state that cannot be used is replaced by what is there now, as at the first activation. Only n8n's log can say so: a poll
 * that throws stores nothing, and would throw for ever.
 *
 * @throws NodeApiError for any answer that is not the complete list
 */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(this);
	const now = new Date();
	const manual = this.getMode() === 'manual';
	const found: unknown = manual ? undefined : this.getWorkflowStaticData('node').snapshot;
	const before = numberOf(found);
	const stored = readStored(found);
	const server = await readServer(this, settings.connection);
	const { apiSecret } = await this.getCredentials('liveKitApi');
	const past = readPast(
		'fault' in stored ? undefined : stored.value,
		server.baseURL,
		String(apiSecret).trim(),
		settings.filters,
	);
	const listings = await listAll(this, settings, server, past.state);
	if (manual) return [samples(this.getNode(), listings, settings, past.server, now)];

	const state = this.getWorkflowStaticData('node');
	// Another poll ran at the same time and has finished first. Nobody knows which list is newer.
	if (numberOf(state.snapshot) !== before) return null;
	if ('fault' in stored) tellLost(this, stored.fault);
	const { items, after } = step(past, listings, settings, now, before + 1);
	if (after) state.snapshot = after;
	return items.length > 0 ? [items] : null;
}
