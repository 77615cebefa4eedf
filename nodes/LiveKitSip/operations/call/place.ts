import { agentRpcs, callRpcs, storedObjects } from '../../../../livekit/schema/rpc';
import { placeCall } from '../../dial/placeCall';
import { placeRows } from '../../dial/placeRows';
import { calleeFields, callerId, placeCollections } from '../../fields/call';
import {
	agentFields,
	callingCollections,
	callingFields,
	callingOptions,
	country,
} from '../../fields/calling';
import { inForm, jsonFields } from '../../fields/form';
import { toolNotices } from '../../fields/toolNotices';
import type { Operation } from '../../rows/operation';

const outboundTrunk = storedObjects.outboundTrunk.rpcs;

const example =
	'{\n  "sip_trunk_id": "ST_aBcD1234efGh",\n  "sip_call_to": "+14155550123",\n  "ringing_timeout": "30s",\n  "max_call_duration": "3600s"\n}';

/** Place: calls a number and says what became of the call. The work stands in `dial/`. */
export const place: Operation = {
	resource: 'call',
	value: 'place',
	name: 'Place',
	action: 'Make a call',
	description: 'Call a phone number and connect it with a room',
	rpc: callRpcs.place,
	also: [
		{ rpc: outboundTrunk.get ?? outboundTrunk.list, when: 'for the caller ID' },
		{ rpc: callRpcs.get, when: 'for the end of the call, and to prevent a second one' },
		{ rpc: agentRpcs.create, when: 'for an agent' },
		{ rpc: agentRpcs.getAll, when: 'for an agent' },
		{ rpc: agentRpcs.delete, when: 'for an agent' },
		{ rpc: callRpcs.getAll, when: 'for an agent, and to prevent a second call' },
		{ rpc: callRpcs.rooms, when: 'to prevent a second call' },
	],
	properties: [
		...inForm(calleeFields),
		country,
		...agentFields,
		...inForm([callerId]),
		...toolNotices,
		...callingFields,
		...callingCollections,
		...inForm(placeCollections),
		callingOptions,
		// Last, since few need it.
		...jsonFields('call', example),
	],
	output: {
		outcome: 'string',
		answered: 'boolean',
		retryable: 'boolean',
		reason: 'string null',
		message: 'string',
		sip_status_code: 'number null',
		sip_status: 'string null',
		participant_id: 'string null',
		participant_identity: 'string null',
		room_name: 'string null',
		sip_call_id: 'string null',
		sip_trunk_id: 'string null',
		called_number: 'string null',
		caller_number: 'string null',
		requested_at: 'string null',
		answered_at: 'string null',
		ring_seconds: 'number null',
		ended_at: 'string null',
		talk_seconds: 'number null',
		participant_attributes: 'string{}',
		attempt: 'number null string',
		contact_key: 'string null',
		next_allowed_at: 'string null',
		picked_up_by: 'string null',
		call_again_at: 'string null',
		final: 'boolean null',
		tries: 'number null string',
		calls_today: 'number null string',
		last_called_at: 'string null',
		agent: 'string null',
		agent_dispatch_id: 'string null',
		warnings: 'string[]',
		input: 'string{}',
	},
	effect: 'rings',
	order: 'oneByOne',
	run: placeCall,
	runAll: placeRows,
};
