import type { JsonObject } from '../json';
import { directionOf, statusOf } from '../objects/simplify';
import { type WebhookEvent, messageIn, textIn } from './event';
import { callOf, isLeaving } from './kinds';
import { Recent } from './recent';
import { joinedAt } from './times';

const mostRooms = 10_000;
const mostInRoom = 200;
const mostNoted = 20_000;

/** What was seen of a room. */
interface Sighting {
	/** Who publishes, by the ID of the track. */
	readonly tracks: Recent<string>;
	/** When inbound calls were answered, by the ID of their participant, in Unix milliseconds; undefined if not yet. */
	readonly calls: Recent<{ answeredAt?: number }>;
}

function roomKey({ whole }: WebhookEvent): string {
	return textIn(whole.room, 'sid') || textIn(whole.room, 'name');
}

/**
 * What the events of one process have told of inbound calls that are still on. LiveKit has no event for the answer, but the
 * bridge answers an inbound call as soon as somebody else in its room publishes (livekit-sip pkg/sip/inbound.go), or before
 * it asks for a PIN, and then joins as `active`. Events of one room come in order. Keeps the newest 10,000 rooms.
 */
export class Sightings {
	private readonly rooms = new Recent<Sighting>(mostRooms);
	/** IDs of events. Two triggers get each event twice, the second time maybe after later events of the room. */
	private readonly noted = new Recent<true>(mostNoted);

	/** Takes note of an event, whether anybody wants it or not. */
	note(event: WebhookEvent): void {
		const key = roomKey(event);
		if (key === '' || this.noted.get(event.id)) return;
		this.noted.set(event.id, true);
		const participant = messageIn(event.whole, 'participant');
		const sid = textIn(participant, 'sid');
		if (event.name === 'participant_joined') this.join(key, event, sid, participant);
		else if (event.name === 'track_published') this.publish(key, event, sid);
		else if (event.name === 'track_unpublished')
			this.rooms.get(key)?.tracks.delete(textIn(event.whole.track, 'sid'));
		else if (isLeaving(event)) this.leave(key, sid);
	}

	/** When an inbound call was answered, in Unix milliseconds; undefined if that was not seen. */
	answeredAt(event: WebhookEvent): number | undefined {
		const sid = textIn(event.whole.participant, 'sid');
		return this.rooms.get(roomKey(event))?.calls.get(sid)?.answeredAt;
	}

	private room(key: string): Sighting {
		const room = this.rooms.get(key) ?? {
			tracks: new Recent<string>(mostInRoom),
			calls: new Recent<{ answeredAt?: number }>(mostInRoom),
		};
		this.rooms.set(key, room);
		return room;
	}

	/** What was seen of the call itself stays: the event of its end may have to be read again. */
	private leave(key: string, sid: string): void {
		const tracks = this.rooms.get(key)?.tracks;
		for (const [track, owner] of tracks?.all() ?? []) if (owner === sid) tracks?.delete(track);
	}

	private join(key: string, event: WebhookEvent, sid: string, participant: JsonObject): void {
		if (callOf(event) === undefined || directionOf(participant) !== 'inbound') return;
		const room = this.room(key);
		const answered = statusOf(participant) === 'active' || room.tracks.size > 0;
		room.calls.set(sid, answered ? { answeredAt: joinedAt(participant) || event.at } : {});
	}

	private publish(key: string, event: WebhookEvent, sid: string): void {
		const room = this.room(key);
		room.tracks.set(textIn(event.whole.track, 'sid'), sid);
		for (const [call, seen] of room.calls.all()) if (call !== sid) seen.answeredAt ??= event.at;
	}
}
