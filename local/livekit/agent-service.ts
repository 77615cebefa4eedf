import { needRoomAdmin } from './grants';
import type { AgentDispatch } from './messages';
import type { NoResponse } from './room-service';
import type { Handler, Service } from './rpc';
import type { Rooms } from './rooms';
import { busError } from './twirp';

const MAX_DEPLOYMENT = 64;

/** Refuses a deployment name that is too long or holds a reserved character (`protocol/agent/environment.go`). */
function checkDeployment(deployment: string): void {
	const bytes = Buffer.from(deployment);
	if (bytes.length > MAX_DEPLOYMENT)
		throw busError('invalid_argument', `deployment exceeds ${MAX_DEPLOYMENT} bytes`);
	for (const [position, byte] of bytes.entries()) {
		if (byte === 0x5f)
			throw busError('invalid_argument', "deployment contains reserved character '_'");
		if (byte <= 0x20 || byte === 0x7f)
			throw busError(
				'invalid_argument',
				`deployment contains whitespace or control byte at position ${position}`,
			);
	}
}

/** LiveKit's AgentDispatchService (`livekit-server/pkg/service/agent_dispatch_service.go`). */
export function agentService(rooms: Rooms, noResponse: NoResponse): Service {
	const create: Handler<AgentDispatch> = (request, { claims }) => {
		needRoomAdmin(claims, request.room);
		checkDeployment(request.deployment);
		const room = rooms.open({ name: request.room }, 'ADT_ROOM_API');
		return rooms.dispatch(room, request, 'ADT_DISPATCH_API');
	};

	const list: Handler<{ room: string; dispatch_id: string }> = (
		{ room: name, dispatch_id: id },
		{ claims },
	) => {
		needRoomAdmin(claims, name);
		const room = rooms.get(name);
		if (!room) return noResponse();
		return { agent_dispatches: room.dispatches.filter((dispatch) => !id || dispatch.id === id) };
	};

	const remove: Handler<{ room: string; dispatch_id: string }> = (
		{ room: name, dispatch_id: id },
		{ claims },
	) => {
		needRoomAdmin(claims, name);
		const room = rooms.get(name);
		if (!room) return noResponse();
		const dispatch = room.dispatches.find((item) => item.id === id);
		if (!dispatch) throw busError('not_found', 'dispatch ID not found');
		room.dispatches = room.dispatches.filter((item) => item !== dispatch);
		for (const { state } of dispatch.state.jobs)
			rooms.leave(room, state.participant_identity, 'PARTICIPANT_REMOVED');
		return dispatch;
	};

	return { CreateDispatch: create, ListDispatch: list, DeleteDispatch: remove };
}
