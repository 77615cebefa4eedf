// The messages the local server reasons about, in canonical form: snake_case, every implicit field filled in, unset
// messages and unset optional fields absent, durations as "30s". Fields that are only stored and returned are not named.

export interface MediaConfig {
	only_listed_codecs: boolean;
	codecs: Array<{ name: string; rate: number }>;
	encryption?: string;
	media_timeout?: string;
}

interface MediaOwner {
	media_encryption: string;
	media?: MediaConfig;
}

export interface InboundTrunk extends MediaOwner {
	sip_trunk_id: string;
	name: string;
	metadata: string;
	numbers: string[];
	allowed_addresses: string[];
	allowed_numbers: string[];
	auth_username: string;
	auth_password: string;
	auth_realm: string;
	headers: Record<string, string>;
	headers_to_attributes: Record<string, string>;
	attributes_to_headers: Record<string, string>;
	ringing_timeout_status?: string | number;
}

export interface OutboundTrunk extends MediaOwner {
	sip_trunk_id: string;
	name: string;
	metadata: string;
	address: string;
	destination_country: string;
	transport: string;
	numbers: string[];
	auth_username: string;
	auth_password: string;
	headers: Record<string, string>;
	headers_to_attributes: Record<string, string>;
	attributes_to_headers: Record<string, string>;
	from_host: string;
}

export interface Rule {
	dispatch_rule_direct?: { room_name: string; pin: string };
	dispatch_rule_individual?: { room_prefix: string; pin: string };
	dispatch_rule_callee?: { room_prefix: string; pin: string };
}

export interface DispatchRule extends MediaOwner {
	sip_dispatch_rule_id: string;
	rule?: Rule;
	trunk_ids: string[];
	hide_phone_number: boolean;
	inbound_numbers: string[];
	numbers: string[];
	name: string;
	metadata: string;
	attributes: Record<string, string>;
	room_preset: string;
	room_config?: object;
}

export interface ListUpdate {
	set: string[];
	add: string[];
	remove: string[];
	clear: boolean;
}

export interface Page {
	after_id: string;
	limit: number;
}

export interface CreateParticipantRequest {
	sip_trunk_id: string;
	trunk?: {
		hostname: string;
		from_host: string;
		headers_to_attributes: Record<string, string>;
		attributes_to_headers: Record<string, string>;
	};
	sip_call_to: string;
	to_user_override?: string;
	sip_to_header?: object;
	sip_number: string;
	room_name: string;
	participant_identity: string;
	participant_name: string;
	participant_metadata: string;
	participant_attributes: Record<string, string>;
	hide_phone_number: boolean;
	headers: Record<string, string>;
	ringing_timeout?: string;
	max_call_duration?: string;
	media?: MediaConfig;
	wait_until_answered: boolean;
	display_name?: string;
	destination?: { city: string; country: string; region: string };
}

export interface TransferRequest {
	participant_identity: string;
	room_name: string;
	transfer_to: string;
	headers: Record<string, string>;
	ringing_timeout?: string;
}

export interface ParticipantInfo {
	sid: string;
	identity: string;
	name: string;
	state: string;
	kind: string;
	metadata: string;
	attributes: Record<string, string>;
	joined_at: string;
	joined_at_ms: string;
	version: number;
	is_publisher: boolean;
	permission: object;
	tracks: Track[];
	/** Of one that has left. */
	disconnect_reason?: string;
}

export interface Track {
	sid: string;
	type: string;
	name: string;
	source: string;
	mime_type: string;
}

export interface RoomInfo {
	sid: string;
	name: string;
	empty_timeout: number;
	departure_timeout: number;
	max_participants: number;
	creation_time: string;
	creation_time_ms: string;
	turn_password: string;
	enabled_codecs: Array<{ mime: string; fmtp_line: string }>;
	metadata: string;
	num_participants: number;
	num_publishers: number;
}

/** One agent's work on a dispatch. */
export interface AgentJob {
	id: string;
	dispatch_id: string;
	type: string;
	agent_name: string;
	state: {
		status: string;
		participant_identity: string;
		started_at: string;
		ended_at?: string;
	};
}

export interface AgentDispatch {
	id: string;
	agent_name: string;
	room: string;
	metadata: string;
	restart_policy: string;
	deployment: string;
	attributes: Record<string, string>;
	state: { jobs: AgentJob[]; created_at: string; deleted_at: string; trigger: string };
	thread_id: string;
}

/** What LiveKit tells by webhook (`livekit_webhook.proto`), without its ID and time. */
export interface WebhookEvent {
	event: string;
	room?: Partial<RoomInfo>;
	participant?: Partial<ParticipantInfo>;
	track?: Track;
	job?: AgentJob & { room: RoomInfo };
}

/** Milliseconds of a canonical Duration such as `"1.5s"`. */
export function milliseconds(duration: string): number {
	return Number(duration.slice(0, -1)) * 1000;
}
