import { needRoomAdmin, needRoomCreate, needRoomList } from './grants';
import type { ParticipantInfo } from './messages';
import type { Handler, Service } from './rpc';
import type { Participant } from './participant';
import type { Room, Rooms, RoomSettings } from './rooms';
import { hangUp } from './telephone';
import type { Claims } from './token';
import { busError } from './twirp';

const MAX_ROOM_NAME = 256;

interface InRoom {
	room: string;
	identity: string;
}

/** Waits as LiveKit does for a node that never answers, then fails. */
export type NoResponse = () => Promise<never>;

/**
 * LiveKit's RoomService, as far as telephone calls need it (`livekit-server/pkg/service/roomservice.go`).
 *
 * @param bridgeEndsCalls whether the bridge knows `lk.sip.EndCall`
 */
export function roomService(
	rooms: Rooms,
	noResponse: NoResponse,
	bridgeEndsCalls: () => boolean,
): Service {
	const participantOf = (
		claims: Claims | undefined,
		{ room: name, identity }: InRoom,
	): [Room, Participant] => {
		needRoomAdmin(claims, name);
		const room = rooms.get(name);
		const participant = room?.participants.get(identity);
		if (!room || !participant) throw busError('not_found', 'participant does not exist');
		return [room, participant];
	};

	const existing = (name: string): Room => {
		const room = rooms.get(name);
		if (!room) throw busError('not_found', 'requested room does not exist');
		return room;
	};

	const createRoom: Handler<RoomSettings> = (request, { claims }) => {
		needRoomCreate(claims);
		if (Buffer.byteLength(request.name) > MAX_ROOM_NAME) {
			throw busError(
				'invalid_argument',
				`room name length exceeds limits: max length ${MAX_ROOM_NAME}`,
			);
		}
		return rooms.open(request, 'ADT_ROOM_API').info;
	};

	const listRooms: Handler<{ names: string[] }> = ({ names }, { claims }) => {
		needRoomList(claims);
		return { rooms: rooms.list(names).map(({ info }) => info) };
	};

	const deleteRoom: Handler<{ room: string }> = ({ room }, { claims }) => {
		needRoomCreate(claims);
		existing(room);
		rooms.close(room, 'ROOM_DELETED');
		return {};
	};

	const listParticipants: Handler<{ room: string }> = ({ room }, { claims }) => {
		needRoomAdmin(claims, room);
		return {
			participants: [...(rooms.get(room)?.participants.values() ?? [])].map(({ info }) => info),
		};
	};

	const getParticipant: Handler<InRoom> = (request, { claims }) =>
		participantOf(claims, request)[1].info;

	const removeParticipant: Handler<InRoom> = (request, { claims }) => {
		const [room] = participantOf(claims, request);
		rooms.leave(room, request.identity, 'PARTICIPANT_REMOVED');
		return {};
	};

	const updateParticipant: Handler<
		InRoom & Pick<ParticipantInfo, 'name' | 'metadata' | 'attributes'>
	> = (request, { claims }) => {
		const [, { info }] = participantOf(claims, request);
		info.name = request.name || info.name;
		info.metadata = request.metadata || info.metadata;
		const attributes = Object.entries({ ...info.attributes, ...request.attributes });
		info.attributes = Object.fromEntries(
			attributes.filter(([name]) => request.attributes[name] !== ''),
		);
		return info;
	};

	const updateMetadata: Handler<{ room: string; metadata: string }> = (
		{ room, metadata },
		{ claims },
	) => {
		needRoomAdmin(claims, room);
		const { info } = existing(room);
		info.metadata = metadata;
		return info;
	};

	const sendData: Handler<{ room: string }> = ({ room }, { claims }) => {
		needRoomAdmin(claims, room);
		return rooms.get(room) ? {} : noResponse();
	};

	/** What the bridge registers as RPCs of a SIP participant: hang up with headers, and reading the callee's headers. */
	const performRpc: Handler<{ room: string; destination_identity: string; method: string }> = (
		request,
		{ claims },
	) => {
		const { room: name, destination_identity: identity, method } = request;
		needRoomAdmin(claims, name);
		if (!identity) throw busError('invalid_argument', 'destination identity is required');
		const room = rooms.get(name);
		const participant = room?.participants.get(identity);
		if (!room || participant?.info.kind !== 'SIP') return noResponse();
		if (method === 'lk.sip.GetRemoteHeaders') return { payload: '{"headers":{}}' };
		if (method !== 'lk.sip.EndCall' || !bridgeEndsCalls()) {
			throw busError('invalid_argument', 'RpcError 1400: Method not supported at destination');
		}
		hangUp(rooms, room, participant);
		// Seen with livekit-server 1.13.5 and livekit-sip 1.11: the bridge is gone before its answer.
		return noResponse();
	};

	return {
		CreateRoom: createRoom,
		ListRooms: listRooms,
		DeleteRoom: deleteRoom,
		ListParticipants: listParticipants,
		GetParticipant: getParticipant,
		RemoveParticipant: removeParticipant,
		UpdateParticipant: updateParticipant,
		UpdateRoomMetadata: updateMetadata,
		SendData: sendData,
		PerformRpc: performRpc,
	};
}
