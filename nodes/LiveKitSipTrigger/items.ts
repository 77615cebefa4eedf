import type { INodeExecutionData } from 'n8n-workflow';
import { maskSecrets } from '../../livekit/codec/secrets';
import { simplifyMessage } from '../../livekit/objects/simplify';
import { plainLine } from '../../livekit/plain';
import type { StoredObject } from '../../livekit/schema/rpc';
import type { ChangeEvent } from '../../livekit/watch/diff';
import { summaryOf } from '../../livekit/watch/summary';
import { plainText } from '../shared/errors';

/** How the items of events are made. */
export interface ItemStyle {
	/** When the poll saw the changes. */
	readonly now: Date;
	/** Whether the rule or trunk is in its short form. */
	readonly simplify: boolean;
}

/** Makes the item of an event. Secrets are masked. Of a deleted object it holds the ID and the last known name. */
export function itemOf(
	object: StoredObject,
	event: ChangeEvent,
	{ now, simplify }: ItemStyle,
): INodeExecutionData {
	const shown = event.object && maskSecrets(object.info, event.object);
	const held = shown && simplify ? simplifyMessage(object.info, shown) : shown;
	return {
		json: {
			event: event.event,
			type: object.noun.replace(/ /g, '_'),
			name: event.name,
			changed: [...event.changed],
			summary: plainText(plainLine(summaryOf(object.noun, event))),
			id: event.id,
			detected_at: now.toISOString(),
			object: held ?? { [object.id]: event.id, name: event.name },
			event_id: event.eventId,
		},
	};
}
