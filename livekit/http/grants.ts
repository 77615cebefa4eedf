import { type JsonObject, isJsonObject } from '../json';

/** The permissions in a token (livekit/protocol auth/grants.go). `{}` permits nothing. */
export interface Grant {
	video?: VideoGrant;
	sip?: { admin?: true; call?: true };
}

/** Permissions on rooms; `roomAdmin` holds for `room` alone. */
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
 * What each service asks for (livekit/livekit pkg/service: sip.go, roomservice.go, agent_dispatch_service.go, egress.go,
 * ingress.go; PhoneNumberService and Connector from the Go SDK's clients). `otherwise` also serves methods newer than this list.
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
 * The least grant with which LiveKit accepts a request.
 *
 * `path` is the path of a Twirp call or a whole URL, with or without prefix and query. `body` is the request's body as an
 * object, as JSON text or as its bytes; the room of a room-bound grant is read from it, in either casing. A path that is no
 * call of a known service gets `{}`: a token without permission is all that an unknown receiver may see.
 */
export function grantFor(path: string, body?: unknown): Grant {
	const [pathname = ''] = path.split(/[?#]/);
	const [, service = '', method = ''] =
		/(?:^|\/)twirp\/+livekit\.(\w+)\/(\w+)\/?$/.exec(pathname) ?? [];
	if (!Object.hasOwn(SERVICES, service)) return {};
	const { otherwise, methods = {} } = SERVICES[service];
	const grantOf = Object.hasOwn(methods, method) ? methods[method] : otherwise;
	return grantOf(fieldsOf(body));
}
