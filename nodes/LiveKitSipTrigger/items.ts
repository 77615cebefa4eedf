import type { INodeExecutionData } from 'n8n-workflow';
import type { ChangeEvent } from '../../livekit/watch/diff';
import { maskSecrets } from '../../livekit/codec/secrets';
import type { StoredObject } from '../../livekit/schema/rpc';

/** Makes the item of an event. Secrets are masked. Of a deleted object it holds the ID and the last known name. */
export function itemOf(
	object: StoredObject,
	event: ChangeEvent,
	detectedAt: Date,
): INodeExecutionData {
	return {
		json: {
			event: event.event,
			event_id: event.eventId,
			detected_at: detectedAt.toISOString(),
			object_type: object.noun.replace(/ /g, '_'),
			id: event.id,
			name: event.name,
			changed: [...event.changed],
			object: event.object
				? maskSecrets(object.info, event.object)
				: { [object.id]: event.id, name: event.name },
		},
	};
}
