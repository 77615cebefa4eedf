import { type JsonObject, isJsonObject } from '../json';

/** The permissions of a token (livekit/protocol auth/grants.go). `{}` permits nothing. */
export interface Grant {
	video?: VideoGrant;
	sip?: { admin?: true; call?: true };
}

/** Permissions for rooms. `roomAdmin` applies to `room` only. */
export interface VideoGrant {
	roomCreate?: true;
	roomList?: true;
	roomRecord?: true;
	roomAdmin?: true;
	ingressAdmin?: true;
	room?: string;
	destinationRoom?: string;
}

type GrantOf = (body: JsonObject) => Grant;

const sipAdmin: GrantOf = () => ({ sip: { admin: true } });
const sipCall: GrantOf = () => ({ sip: { call: true } });
const roomCreate: GrantOf = () => ({ video: { roomCreate: true } });
const roomList: GrantOf = () => ({ video: { roomList: true } });
const roomRecord: GrantOf = () => ({ video: { roomRecord: true } });
const ingressAdmin: GrantOf = () => ({ video: { ingressAdmin: true } });

function text(body: JsonObject, ...names: string[]): string | undefined {
	return names
		.map((name) => body[name])
		.find((value): value is string => typeof value === 'string' && value !== '');
}

const roomAdmin: GrantOf = (body) => {
	const room = text(body, 'room', 'room_name', 'roomName');
	return { video: { roomAdmin: true, ...(room !== undefined && { room }) } };
};

const moveParticipant: GrantOf = (body) => {
	const destinationRoom = text(body, 'destination_room', 'destinationRoom');
	return {
		video: { ...roomAdmin(body).video, ...(destinationRoom !== undefined && { destinationRoom }) },
	};
};

const transfer: GrantOf = (body) => ({ ...roomAdmin(body), ...sipCall(body) });

/**
 * The grant that each service asks for (livekit/livekit pkg/service: sip.go, roomservice.go, agent_dispatch_service.go,
 * egress.go, ingress.go; PhoneNumberService and Connector: the clients of livekit/server-sdk-go). `otherwise` also
 * applies to methods that are newer than this list.
 */
const SERVICES: Readonly<
	Record<string, { otherwise: GrantOf; methods?: Readonly<Record<string, GrantOf>> }>
> = {
	SIP: {
		otherwise: sipAdmin,
		methods: { CreateSIPParticipant: sipCall, TransferSIPParticipant: transfer },
	},
	RoomService: {
		otherwise: roomAdmin,
		methods: {
			CreateRoom: roomCreate,
			DeleteRoom: roomCreate,
			ListRooms: roomList,
			ForwardParticipant: moveParticipant,
			MoveParticipant: moveParticipant,
		},
	},
	AgentDispatchService: { otherwise: roomAdmin },
	Egress: { otherwise: roomRecord },
	Ingress: { otherwise: ingressAdmin },
	PhoneNumberService: { otherwise: sipAdmin },
	Connector: { otherwise: roomCreate },
};

function fieldsOf(body: unknown): JsonObject {
	const source = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
	try {
		const parsed: unknown = typeof source === 'string' ? JSON.parse(source) : source;
		return isJsonObject(parsed) ? parsed : {};
	} catch {
		return {};
	}
}

/**
 * The least grant with which LiveKit accepts a request. A path that is no call of a known service gets `{}`: an unknown
 * receiver must see no token that permits anything.
 *
 * @param path path of a Twirp call behind the address of the server, see `pathAt`
 * @param body body of the request as an object, JSON text or bytes; it names the room that the grant is bound to
 */
export function grantFor(path: string, body?: unknown): Grant {
	const [, service = '', method = ''] = /^\/twirp\/livekit\.(\w+)\/(\w+)$/.exec(path) ?? [];
	if (!Object.hasOwn(SERVICES, service)) return {};
	const { otherwise, methods = {} } = SERVICES[service];
	const grantOf = Object.hasOwn(methods, method) ? methods[method] : otherwise;
	return grantOf(fieldsOf(body));
}
