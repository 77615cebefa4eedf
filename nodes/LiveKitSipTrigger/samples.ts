import type { INode, INodeExecutionData } from 'n8n-workflow';
import { decode } from '../../livekit/codec/decode';
import type { ChangeEvent, EventName } from '../../livekit/watch/diff';
import { eventId } from '../../livekit/watch/fingerprint';
import type { JsonObject } from '../../livekit/json';
import type { ListedObject } from '../../livekit/watch/completeList';
import { storedObjects } from '../../livekit/schema/rpc';
import { operationError } from '../shared/errors';
import { matchesFilters } from './filters';
import { itemOf } from './items';
import type { Settings } from './settings';

function sample(
	event: EventName,
	kind: string,
	id: string,
	object: JsonObject,
	server: string,
): ChangeEvent {
	return {
		event,
		eventId: eventId(server, kind, id, 0, event, '', object),
		id,
		name: String(object.name ?? ''),
		changed: event === 'updated' ? ['name'] : [],
		...(event === 'deleted' ? {} : { object }),
	};
}

/**
 * Makes events for the editor's "Fetch Test Event": one of each chosen event, as if it had just happened to the first object
 * that the filters let through.
 *
 * @throws NodeOperationError if there is no such object
 */
export function samples(
	node: INode,
	listings: ReadonlyArray<{ readonly kind: string; readonly objects: readonly ListedObject[] }>,
	settings: Settings,
	server: string,
	now: Date,
): INodeExecutionData[] {
	const items = listings.flatMap(({ kind, objects }) => {
		const stored = storedObjects[kind];
		for (const { id, raw } of objects) {
			const object = decode(stored.info, raw);
			if (!matchesFilters(settings.filters, kind, object)) continue;
			return [...settings.events].sort().map((event) =>
				itemOf(stored, sample(event, kind, id, object, server), {
					now,
					simplify: settings.simplify,
				}),
			);
		}
		return [];
	});
	if (items.length > 0) return items;
	const nouns = settings.kinds.map((kind) => `${storedObjects[kind].noun}s`).join(' or ');
	throw operationError(node, `There are no ${nouns} that match the filters yet`, {
		description:
			'Create one in LiveKit, or change Watch or Filters, and fetch again. The active workflow starts without that.',
	});
}
