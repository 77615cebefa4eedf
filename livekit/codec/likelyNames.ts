import { fieldKey } from '../schema';

const trunk = {
	password: 'auth_password',
	authpass: 'auth_password',
	username: 'auth_username',
	user: 'auth_username',
	phonenumber: 'numbers',
	phonenumbers: 'numbers',
	number: 'numbers',
	trunkname: 'name',
};
const participant = {
	room: 'room_name',
	identity: 'participant_identity',
};

// What people write where LiveKit has another word, by the message and by the key of the name (`fieldKey`).
const meant: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	SIPInboundTrunkInfo: { ...trunk, allowedips: 'allowed_addresses', ips: 'allowed_addresses' },
	SIPOutboundTrunkInfo: {
		...trunk,
		host: 'address',
		hostname: 'address',
		domain: 'address',
		sipserver: 'address',
	},
	SIPOutboundConfig: {
		password: 'auth_password',
		username: 'auth_username',
		user: 'auth_username',
		address: 'hostname',
		host: 'hostname',
		domain: 'hostname',
	},
	SIPDispatchRuleInfo: {
		trunk: 'trunk_ids',
		trunkid: 'trunk_ids',
		trunks: 'trunk_ids',
		siptrunkid: 'trunk_ids',
		phonenumber: 'numbers',
		phonenumbers: 'numbers',
		rulename: 'name',
	},
	CreateSIPParticipantRequest: {
		...participant,
		trunkid: 'sip_trunk_id',
		siptrunk: 'sip_trunk_id',
		phonenumber: 'sip_call_to',
		phone: 'sip_call_to',
		number: 'sip_call_to',
		to: 'sip_call_to',
		from: 'sip_number',
		sipcallfrom: 'sip_number',
		callfrom: 'sip_number',
		callerid: 'sip_number',
		name: 'participant_name',
		metadata: 'participant_metadata',
		attributes: 'participant_attributes',
	},
	TransferSIPParticipantRequest: {
		...participant,
		to: 'transfer_to',
		number: 'transfer_to',
		phonenumber: 'transfer_to',
		sipcallto: 'transfer_to',
	},
	CreateAgentDispatchRequest: { agent: 'agent_name', name: 'agent_name' },
};

/**
 * The field that people mean who write another word for it.
 *
 * @param message name of the message, such as `SIPInboundTrunkInfo`
 */
export function likelyField(message: string, name: string): string | undefined {
	return new Map(Object.entries(meant[message] ?? {})).get(fieldKey(name));
}

/** How many letters must be put in, taken out or changed to come from one text to the other; 99 if it is not worth counting. */
export function editDistance(left: string, right: string): number {
	if (Math.abs(left.length - right.length) > 6 || left.length > 60) return 99;
	let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (let row = 1; row <= left.length; row++) {
		const current = [row];
		for (let column = 1; column <= right.length; column++) {
			const swap = previous[column - 1] + (left[row - 1] === right[column - 1] ? 0 : 1);
			current.push(Math.min(previous[column] + 1, current[column - 1] + 1, swap));
		}
		previous = current;
	}
	return previous[right.length];
}

/** Whether a name is likely to mean another: two letters differ at most, or it holds the other, as `inboundTrunk` holds `trunk`. */
export function isLike(name: string, other: string): boolean {
	const [left, right] = [fieldKey(name), fieldKey(other)];
	return left.includes(right) || editDistance(left, right) <= 2;
}
