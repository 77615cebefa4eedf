import { needRoomAdmin } from './grants';
import type { AgentDispatch } from './messages';
import type { NoResponse } from './room-service';
import type { Handler, Service } from './rpc';
import type { Rooms } from './rooms';
import { busError } from './twirp';

/** Refuses a deployment name with a reserved character (`protocol/agent/environment.go`). */
function checkDeployment(deployment: string): void {
	const reserved = [...deployment].find((character) => character === '_' || character <= ' ' || character === '\x7f');
	if (reserved) throw busError('invalid_argument', `deployment contains reserved character '${reserved}'`);
}

/** LiveKit's AgentDispatchService (`livekit-server/pkg/service/agent_dispatch_service.go`). */
export function agentService(rooms: Rooms, noResponse: NoResponse): Service {
	const create: Handler<AgentDispatch> = (request, { claims }) => {
		needRoomAdmin(claims, request.room);
		checkDeployment(request.deployment);
		const room = rooms.open({ name: request.room }, 'ADT_ROOM_API');
		return rooms.dispatch(room, request, 'ADT_DISPATCH_API');
	};

	const list: Handler<{ room: string; dispatch_id: string }> = ({ room: name, dispatch_id: id }, { claims }) => {
		needRoomAdmin(claims, name);
		const room = rooms.get(name);
		if (!room) return noResponse();
		return { agent_dispatches: room.dispatches.filter((dispatch) => !id || dispatch.id === id) };
	};

	const remove: Handler<{ room: string; dispatch_id: string }> = ({ room: name, dispatch_id: id }, { claims }) => {
		needRoomAdmin(claims, name);
		const room = rooms.get(name);
		if (!room) return noResponse();
		const dispatch = room.dispatches.find((item) => item.id === id);
		if (!dispatch) throw busError('not_found', 'dispatch ID not found');
		room.dispatches = room.dispatches.filter((item) => item !== dispatch);
		return dispatch;
	};

	return { CreateDispatch: create, ListDispatch: list, DeleteDispatch: remove };
}
