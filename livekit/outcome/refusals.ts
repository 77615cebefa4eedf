import { sipAdvice, sipStatusOf, sipWords } from './sipStatus';
import type { Refusal } from '../http/twirp';

/** A refusal for a person: what LiveKit said, and what to do about it. */
export interface Explanation {
	readonly message: string;
	readonly advice: string;
}

interface Rule {
	readonly when: (refusal: Refusal) => boolean;
	readonly advice: string;
	/** Stands in the place of LiveKit's message where that says less. */
	readonly message?: string;
}

const says = (pattern: RegExp) => (refusal: Refusal) => pattern.test(refusal.message);
const code =
	(...codes: string[]) =>
	(refusal: Refusal) =>
		codes.includes(refusal.code);

// Words of Go's resolver and dialler about the address of a trunk.
const unreachable =
	/no such host|server misbehaving|connection refused|no route to host|network is unreachable|i\/o timeout/;

// The first that fits wins (texts of reference 1.6, 3 and 11).
const rules: readonly Rule[] = [
	{
		when: (refusal) =>
			refusal.code === 'unauthenticated' &&
			/expired|not valid yet|nbf|exp\b/i.test(refusal.message),
		message: 'LiveKit refused the token because of its time',
		advice:
			'Set the clock of the machine that runs n8n, or of the LiveKit server: they are more than a minute apart.',
	},
	{
		when: (refusal) =>
			refusal.code === 'unauthenticated' && /invalid API key/i.test(refusal.message),
		message: 'LiveKit does not know the API key',
		advice:
			'Check API Key and Server URL in the LiveKit API credential: the key must belong to this project or server.',
	},
	{
		when: (refusal) =>
			refusal.code === 'unauthenticated' &&
			/invalid (authorization )?token|invalid authorization/i.test(refusal.message),
		message: 'LiveKit refused the API key and secret',
		advice: 'Check API Secret in the LiveKit API credential: it must be the one of this API key.',
	},
	{
		when: (refusal) =>
			/permissions? denied/i.test(refusal.message) && sipStatusOf(refusal) === undefined,
		message: 'LiveKit says "permissions denied": the API key may not do this',
		advice:
			'If a proxy stands in front of LiveKit, let it pass the Authorization header on. Otherwise use another API key. The token of each request carries the grant that LiveKit asks for.',
	},
	{
		when: says(/redis required/),
		message: 'This LiveKit server has no SIP: it runs without Redis',
		advice:
			'Set redis in the configuration of the LiveKit server and restart it, or use LiveKit Cloud.',
	},
	{
		when: (refusal) =>
			refusal.code === 'no_room' || /requested room does not exist/.test(refusal.message),
		message: 'The room does not exist',
		advice:
			'Check Room. A room ends some time after everybody has left it, and its dispatches with it. Where LiveKit may not make rooms by itself (room.auto_create), create the room first.',
	},
	{
		when: says(/dispatch ID not found/),
		message: 'The room has no such dispatch',
		advice: 'Check Dispatch ID (AD_...) and Room. The dispatch may have been deleted already.',
	},
	{
		when: says(/no response from servers/),
		message: 'No LiveKit SIP service answered. Nobody was called',
		advice:
			'Start livekit-sip with the same Redis as the LiveKit server. If this was a transfer, the call may have ended already.',
	},
	{
		when: says(/no servers available|cpu exhausted/),
		message: 'No LiveKit SIP service takes more calls at the moment. Nobody was called',
		advice:
			'The LiveKit SIP services are running but take no more calls. Add capacity, or dial more slowly.',
	},
	{
		when: says(/^Conflicting inbound SIP Trunks/),
		advice:
			'Two inbound trunks may not serve the same number for the same callers. Change Your Phone Numbers, or set different Allowed Caller Numbers on both.',
	},
	{
		when: says(/^Dispatch rule for the same trunk/),
		advice:
			'Two dispatch rules may not have the same trunk, numbers and PIN. Bind the rule to another trunk or number, give it a PIN, or update the existing rule. Where LiveKit writes <new>, it means the rule that you give: Get Many shows which other one is in its way.',
	},
	{
		when: says(/requested sip trunk does not exist|object cannot be found/),
		message: 'The trunk does not exist',
		advice:
			'Choose the trunk from the list, or check its ID (ST_...) and that the credential belongs to the same project.',
	},
	{
		when: says(/requested sip dispatch rule does not exist/),
		advice:
			'Choose the rule from the list, or check its ID (SDR_...) and that the credential belongs to the same project.',
	},
	{
		when: says(/participant does not exist/),
		advice:
			'The call has ended, or room and identity do not fit together. Use room_name and participant_identity of the call.',
	},
	{
		when: says(/no SIP session associated/),
		advice: 'This participant is not a phone call. Choose a participant of kind SIP.',
	},
	{
		when: says(/non established call/),
		advice: 'The call has not been answered yet. Transfer it once it is active.',
	},
	{
		when: says(/already being transferred/),
		advice: 'A transfer to another target is under way. Wait for it to finish.',
	},
	{
		when: says(/^sip request timed out/),
		message: 'Nobody answered in time',
		advice:
			'Let it ring longer, or try again later. A carrier whose address does not react looks the same: check Address and Transport of the trunk.',
	},
	{
		when: says(/^request timed out|^context deadline exceeded/),
		message: 'LiveKit gave up waiting',
		advice:
			'Nobody answered in time, or the SIP service did not report what happened. Look at the call before you try again. A carrier whose address does not react looks the same: check Address and Transport of the trunk.',
	},
	{
		when: says(/transaction failed to complete/),
		message: 'LiveKit saw no reaction of the other side',
		advice:
			'Check Address and Transport of the trunk, and firewalls. If this was a transfer, it may have been carried out: look at the call before you try again.',
	},
	{
		when: (refusal) =>
			code('invalid_argument', 'failed_precondition', 'unknown', 'internal')(refusal) &&
			unreachable.test(refusal.message),
		message: 'The carrier cannot be reached',
		advice: 'Check Address and Transport of the outbound trunk, and firewalls.',
	},
	{
		when: says(/update room failed/),
		message: 'The LiveKit SIP service could not join the room',
		advice: 'Check ws_url, api_key and api_secret in the configuration of livekit-sip.',
	},
	{
		when: says(/auth retry attempts|required auth/),
		message: "The carrier refused the trunk's user name or password",
		advice: 'Check the credentials of the outbound trunk.',
	},
	{
		when: says(/for security, one of the fields must be set/),
		advice: 'Fill in Your Phone Numbers, Allowed Addresses, or user name and password.',
	},
	{
		when: code('no_answer'),
		advice:
			'Check Server URL in the LiveKit API credential, and that the server runs and can be reached from n8n.',
	},
	{
		when: code('unknown_fate'),
		advice:
			'The connection ended before LiveKit answered. What was asked for may have happened: look before you try again.',
	},
	{ when: code('no_credential'), advice: 'Open the LiveKit API credential and complete it.' },
	{
		when: code('bad_route'),
		message: 'The LiveKit server does not know this operation',
		advice: 'The server is too old: updating trunks and rules needs LiveKit server 1.9.0 or newer.',
	},
	{
		when: code('no_service'),
		message: 'The server answers, but has no such LiveKit service',
		advice:
			'Check Server URL in the credential. Phone numbers and connectors exist on LiveKit Cloud only.',
	},
	{
		when: code('wrong_region'),
		advice: "The project is pinned to other regions. Use the project's own URL in the credential.",
	},
	{
		when: code('too_large'),
		advice:
			'The request is larger than LiveKit takes. Send less metadata, or fewer entries at once.',
	},
	{
		when: code('malformed'),
		advice:
			'LiveKit could not read the request. Check the types of the JSON you gave; the server may also be newer or older than this node.',
	},
	{
		when: code('unimplemented'),
		advice: 'This LiveKit server or phone number does not support the operation.',
	},
	{
		when: code('resource_exhausted'),
		advice:
			'LiveKit asks to slow down. Send fewer requests at once: set Batching in the Settings of the node.',
	},
	{
		when: code('unavailable'),
		advice: 'The LiveKit server is not available at the moment. Try again later.',
	},
	{
		when: (refusal) => refusal.code === 'foreign' && [429, 502, 503, 504].includes(refusal.status),
		message: 'A gateway in front of the LiveKit server answered in its place',
		advice:
			'The LiveKit server behind it is not available at the moment, or too busy. Try again later.',
	},
	{
		when: says(/^missing (rule|trunk)$/),
		advice:
			'The LiveKit server did not read the object: it is probably older than 1.9.0. Update the server.',
	},
	{
		when: says(/^no trunk numbers specified/),
		advice: 'An outbound trunk needs at least one number to show as caller ID.',
	},
	{
		when: says(/no numbers on outbound trunk/),
		advice: 'Fill in Caller ID, or add numbers to the outbound trunk.',
	},
	{
		when: code('foreign'),
		message: 'The answer did not come from a LiveKit server',
		advice:
			'Check Server URL in the LiveKit API credential: it is the URL of the LiveKit project or server, such as wss://my-project.livekit.cloud. A proxy in front of it may also have answered.',
	},
];

/**
 * What to tell the user about a refused request.
 *
 * A SIP status wins over everything else: it is what the callee or the carrier said, whatever HTTP status it came
 * with (one busy line is 429, 412 or 503 depending on the age of the bridge).
 */
export function explain(refusal: Refusal): Explanation {
	const sip = sipStatusOf(refusal);
	if (sip)
		return {
			message: sipWords(sip),
			advice: `${sipAdvice(sip)} LiveKit's message: ${refusal.message}`,
		};
	const rule = rules.find((candidate) => candidate.when(refusal));
	const said = refusal.message || `HTTP status ${refusal.status} without a message`;
	if (!rule)
		return {
			message: said,
			advice: `LiveKit answered with HTTP status ${refusal.status}, code ${refusal.code}.`,
		};
	return rule.message
		? {
				message: rule.message,
				advice: `${rule.advice} The server said: ${said} (HTTP ${refusal.status})`,
			}
		: { message: said, advice: rule.advice };
}
