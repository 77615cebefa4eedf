import { noSuchRule, noSuchTrunk } from '../objects/absent';
import type { Entry } from './entry';
import { ending } from './reasons';

const wrongSecret = {
	message: 'LiveKit refused the API key and secret',
	advice: 'Check the API secret in the LiveKit API credential: it must be the one of this API key.',
};

const noRoom = {
	message: 'The room does not exist',
	advice:
		'Check {room}. A room ends some time after everybody has left it, and its dispatches with it. Where LiveKit may not make rooms by itself (room.auto_create), create the room first.',
};

/**
 * What the texts mean that come before any call: of the LiveKit server and of those that look for a SIP service for it
 * (livekit/livekit pkg/service/auth.go, errors.go and sip.go; livekit/protocol sip/sip.go; livekit/psrpc;
 * docs/livekit.md, "Answers and refusals"). The order counts: a text that may hold others stands before them.
 */
export const serverTexts: readonly Entry[] = [
	// The key is looked up before the signature is checked, so each of these texts puts the blame on one field alone.
	{
		says: /invalid API key/i,
		codes: ['unauthenticated'],
		setup: 'key',
		explanation: {
			message: 'LiveKit does not know the API key',
			advice:
				'Check the API key and the server URL in the LiveKit API credential: the key must belong to this project or server.',
		},
	},
	{
		says: /expired|not valid yet|\b(exp|nbf)\b/i,
		codes: ['unauthenticated'],
		setup: 'clock',
		explanation: {
			message: 'LiveKit refused the token because of its time',
			advice:
				'Set the clock of the machine that runs n8n, or of the LiveKit server: they are more than a minute apart.',
		},
	},
	{
		says: /invalid (authorization )?token/i,
		codes: ['unauthenticated'],
		setup: 'secret',
		explanation: wrongSecret,
	},
	{ says: /invalid authorization/i, codes: ['unauthenticated'], explanation: wrongSecret },
	// `aboutRoom` gives this code to "no response from servers".
	{ codes: ['no_room'], missing: ['room_name', 'room'], explanation: noRoom },
	{
		says: /requested room does not exist/,
		missing: ['room_name', 'room'],
		explanation: noRoom,
	},
	{
		says: /dispatch ID not found/,
		missing: ['dispatch_id', 'room'],
		explanation: {
			message: 'The room has no such dispatch',
			advice:
				'Check {dispatch_id} (AD_...) and {room}. The dispatch may have been deleted already.',
		},
	},
	{
		// The whole text: what only holds it proves nothing, and a call of which this is said is dialled again.
		says: /^(?:update room failed: )?no response from servers/,
		ofDispatch: 'no_room',
		call: { ...ending('not_sent', 'no_sip_service'), retryable: true },
		explanation: {
			message: 'No LiveKit SIP service answered. Nobody was called',
			advice:
				'Start livekit-sip with the same Redis as the LiveKit server. If this was a transfer, the call may have ended already.',
		},
	},
	{
		says: /no servers available|cpu exhausted/,
		call: ending('not_sent', 'sip_service_full'),
		explanation: {
			message: 'No LiveKit SIP service takes more calls at the moment. Nobody was called',
			advice:
				'The LiveKit SIP services are running but take no more calls. Add capacity, or dial more slowly.',
		},
	},
	{
		says: /redis required/,
		setup: 'redis',
		call: ending('not_sent', 'no_sip_service'),
		explanation: {
			message: 'This LiveKit server has no SIP: it runs without Redis',
			advice:
				'Set redis in the configuration of the LiveKit server and restart it, or use LiveKit Cloud.',
		},
	},
	{ says: /sip not connected/, call: ending('not_sent', 'no_sip_service') },
	// livekit-sip puts Go's reason behind it, such as a refused connection or a denied permission, and that is about its
	// own way to the LiveKit server (livekit/sip pkg/sip/outbound.go).
	{
		says: /update room failed/,
		call: ending('not_sent', 'room_failed'),
		explanation: {
			message: 'The LiveKit SIP service could not join the room',
			advice: 'Check ws_url, api_key and api_secret in the configuration of livekit-sip.',
		},
	},
	{
		says: /^Conflicting inbound SIP Trunks/,
		explanation: {
			advice:
				'Two inbound trunks may not serve the same number for the same callers. Change {numbers}, or set different {allowed_numbers} on both.',
		},
	},
	{
		says: /^Dispatch rule for the same trunk/,
		explanation: {
			advice:
				'Two dispatch rules may not have the same trunk, numbers and PIN. Bind the rule to another trunk or number, give it a PIN, or update the existing rule. Where LiveKit calls a rule new, or names the rule that you change, it means the one that you give: {getAll} shows which other one is in its way.',
		},
	},
	{
		says: noSuchTrunk,
		missing: ['sip_trunk_id'],
		explanation: {
			message: 'The trunk does not exist',
			advice:
				'Choose the trunk from the list, or check its ID (ST_...) and that the credential belongs to the same project.',
		},
	},
	{
		says: noSuchRule,
		missing: ['sip_dispatch_rule_id'],
		explanation: {
			message: 'The dispatch rule does not exist',
			advice:
				'Choose the rule from the list, or check its ID (SDR_...) and that the credential belongs to the same project.',
		},
	},
	{
		says: /participant does not exist/,
		missing: ['participant_identity', 'identity', 'room_name', 'room'],
		explanation: {
			message: 'The participant does not exist',
			advice:
				'The call has ended, or room and identity do not fit together. Use room_name and participant_identity of the call.',
		},
	},
	{
		says: /no SIP session associated/,
		missing: ['participant_identity', 'room_name'],
		explanation: {
			message: 'The participant is not a phone call',
			advice: 'This participant is not a phone call. Choose a participant of kind SIP.',
		},
	},
	{
		says: /for security, one of the fields must be set/,
		explanation: {
			advice: 'Fill in {numbers}, {allowed_addresses}, or user name and password.',
		},
	},
	{
		says: /^missing (rule|trunk)$/,
		explanation: {
			advice:
				'The LiveKit server did not read the object: it is probably older than 1.9.0. Update the server.',
		},
	},
	{
		says: /^no trunk numbers specified/,
		explanation: { advice: 'An outbound trunk needs at least one number to show as caller ID.' },
	},
];
