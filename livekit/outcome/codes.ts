import type { Entry } from './entry';
import { ending } from './reasons';

const gateway = {
	message: 'A gateway in front of the LiveKit server answered in its place',
	advice:
		'The LiveKit server behind it is not available at the moment, or too busy. Try again later.',
};

/**
 * What the code of a refusal means if its text says no more: Twirp's codes, and those that stand for answers outside of
 * Twirp and for none (`Refusal.code`).
 */
export const codes: readonly Entry[] = [
	{
		codes: ['no_answer'],
		call: ending('not_sent', 'no_connection'),
		explanation: {
			advice:
				'Check the server URL in the LiveKit API credential, and that the server runs and can be reached from n8n.',
		},
	},
	{
		codes: ['unknown_fate'],
		call: ending('unknown', 'connection_lost'),
		explanation: {
			advice:
				'The connection ended before LiveKit answered. What was asked for may have happened: look before you try again.',
		},
	},
	{
		codes: ['no_credential'],
		call: ending('not_sent', 'credential'),
		explanation: { advice: 'Open the LiveKit API credential and complete it.' },
	},
	{ codes: ['unauthenticated'], call: ending('not_sent', 'credential') },
	{ codes: ['invalid_argument'], call: ending('not_sent', 'refused_input') },
	{ codes: ['not_found'], call: ending('not_sent', 'trunk_missing') },
	{
		codes: ['bad_route'],
		call: ending('not_sent', 'server_too_old'),
		explanation: {
			message: 'The LiveKit server does not know this operation',
			advice:
				'The server is too old: updating trunks and rules needs LiveKit server 1.9.0 or newer.',
		},
	},
	{
		codes: ['no_service'],
		call: ending('not_sent', 'no_livekit'),
		explanation: {
			message: 'The server answers, but has no such LiveKit service',
			advice:
				'Check the server URL in the LiveKit API credential. Phone numbers and connectors exist on LiveKit Cloud only.',
		},
	},
	{
		codes: ['wrong_region'],
		call: ending('not_sent', 'wrong_region'),
		explanation: {
			advice:
				"The project is pinned to other regions. Use the project's own URL in the LiveKit API credential.",
		},
	},
	{
		codes: ['too_large'],
		call: ending('not_sent', 'refused_input'),
		explanation: {
			advice:
				'The request is larger than LiveKit takes. Send less metadata, or fewer entries at once.',
		},
	},
	{
		codes: ['malformed'],
		call: ending('not_sent', 'refused_input'),
		explanation: {
			advice:
				'LiveKit could not read the request. Check the types of the JSON you gave; the server may also be newer or older than this node.',
		},
	},
	{
		codes: ['unimplemented'],
		call: ending('not_sent', 'not_supported'),
		explanation: { advice: 'This LiveKit server or phone number does not support the operation.' },
	},
	{
		codes: ['resource_exhausted'],
		call: ending('rate_limited', 'livekit_limit'),
		explanation: {
			advice:
				'LiveKit asks to slow down. Try again later, and send fewer requests at once: add Batching under Request Options of the node.',
		},
	},
	{
		codes: ['unavailable'],
		explanation: { advice: 'The LiveKit server is not available at the moment. Try again later.' },
	},
	{
		codes: ['foreign'],
		status: /^429$/,
		call: ending('rate_limited', 'gateway_limit'),
		explanation: gateway,
	},
	{ codes: ['foreign'], status: /^50[234]$/, explanation: gateway },
	// With these another server refuses or redirects in LiveKit's place: it has passed nothing on. Any other foreign
	// answer may be that of a gateway that gave up waiting, or one that was cut.
	{
		codes: ['foreign'],
		status: /^(3\d\d|401|403|404|405|407|421)$/,
		call: ending('not_sent', 'no_livekit'),
	},
	{
		codes: ['foreign'],
		explanation: {
			message: 'The answer did not come from a LiveKit server',
			advice:
				'Check the server URL in the LiveKit API credential: it is the URL of the LiveKit project or server, such as wss://my-project.livekit.cloud. A proxy in front of it may also have answered.',
		},
	},
];
