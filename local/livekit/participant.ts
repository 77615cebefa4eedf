import { newId } from './ids';
import type { ParticipantInfo } from './messages';

/** Someone in a room. `onLeave` runs once, when the participant leaves for whatever reason. */
export interface Participant {
	info: ParticipantInfo;
	onLeave?: () => void;
}

/** Why somebody has left, as the open-source server records it (`DisconnectReason`). */
export type LeaveReason =
	| 'CLIENT_INITIATED'
	| 'DUPLICATE_IDENTITY'
	| 'PARTICIPANT_REMOVED'
	| 'ROOM_CLOSED'
	| 'ROOM_DELETED'
	| 'USER_REJECTED'
	| 'USER_UNAVAILABLE';

/** A participant as LiveKit describes one that has just become active. */
export function newParticipant(
	identity: string,
	kind: string,
	about: Partial<ParticipantInfo>,
): ParticipantInfo {
	const now = Date.now();
	return {
		sid: newId('PA'),
		identity,
		name: '',
		state: 'ACTIVE',
		kind,
		metadata: '',
		attributes: {},
		joined_at: String(Math.floor(now / 1000)),
		joined_at_ms: String(now),
		version: 1,
		is_publisher: true,
		permission: {
			can_subscribe: true,
			can_publish: true,
			can_publish_data: true,
			can_update_metadata: true,
		},
		tracks: [
			{
				sid: newId('TR'),
				type: 'AUDIO',
				name: identity,
				source: 'MICROPHONE',
				mime_type: 'audio/opus',
			},
		],
		...about,
	};
}
