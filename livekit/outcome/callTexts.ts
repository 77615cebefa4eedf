import type { Entry } from './entry';
import { ending } from './reasons';
import { trunkCredentials } from './sipStatuses';

const unreachable = {
	message: 'LiveKit could not reach an address of the carrier',
	advice:
		'Check {address} and {transport} of the outbound trunk, and firewalls. If calls get through as a rule, it is the address that the carrier named when the callee picked up: ask the carrier.',
};
const pickedUp = {
	message: 'The callee picked up, but LiveKit could not set the call up and ended it',
};
const noMedia = {
	...pickedUp,
	advice:
		"The carrier's answer fits none of the codecs or the encryption offered: check those of trunk and call.",
};
const denied = /permissions?[ _]denied/;
// What Go's resolver, its dialler and its reader of addresses say (net.DNSError, net.OpError, net.AddrError).
const noAddress =
	/\blookup \S+.*: |no such host|server misbehaving|connection refused|no route to host|network is unreachable|\bdial (tcp|udp|tls)|\bin address\b|\b(no suitable|non-IPv[46]|mismatched local) address/;
const noTls = /\b(tls|x509): /;
// The codes with which livekit-sip hands on what they say.
const codesOfGo = ['invalid_argument', 'failed_precondition', 'unknown', 'internal'];
const notTransferred = { outcome: 'failed', message: 'LiveKit could not ask the carrier' } as const;

/**
 * What the texts about a call or a transfer mean (livekit/livekit pkg/service/sip.go; livekit/sip pkg/sip/outbound.go;
 * docs/livekit.md, "Calls: SIP statuses and deadlines" and "Transfers"). The order counts: a text that may hold others
 * stands before them.
 */
export const callTexts: readonly Entry[] = [
	{
		says: /non established call/,
		transfer: {
			outcome: 'failed',
			reason: 'call_not_answered',
			message: 'The call was not answered, so it was not transferred',
		},
		explanation: { advice: 'The call has not been answered yet. Transfer it once it is active.' },
	},
	{
		says: /already being transferred/,
		explanation: { advice: 'A transfer to another target is under way. Wait for it to finish.' },
	},
	// What livekit-sip says after its CANCEL. Of a transfer it proves no more than the next text, which it holds.
	{
		says: /sip request timed out/,
		call: ending('no_answer', 'ring_timeout'),
	},
	// Behind other words the text is half of the story.
	{
		says: /^sip request timed out/,
		explanation: {
			message: 'Nobody answered in time',
			advice:
				'Let it ring longer, or try again later. A carrier whose address does not react looks the same: check {address} and {transport} of the trunk.',
		},
	},
	// The server's deadline: livekit-sip did not report even then, or the callee answered and the DTMF took too long.
	// The carrier may still carry a REFER out (livekit/livekit issue 4555).
	{
		says: /request timed out|deadline exceeded/,
		call: ending('unknown', 'server_deadline'),
		transfer: {
			outcome: 'unknown',
			reason: 'server_deadline',
			message: 'LiveKit gave up waiting for the transfer. It may still be carried out',
		},
	},
	{
		says: /^(request timed out|(context )?deadline exceeded)/,
		explanation: {
			message: 'LiveKit gave up waiting',
			advice:
				'Nobody answered in time, or the SIP service did not report what happened. Look at the call before you try again. A carrier whose address does not react looks the same: check {address} and {transport} of the trunk.',
		},
	},
	{ says: /service shutting down/, call: ending('unknown', 'sip_service_stopped') },
	// Also with no response at all the INVITE may have arrived, and the phone may ring: a firewall that drops the carrier's
	// answers, the one of the callee among them, looks the same.
	{
		says: /transaction failed to complete/,
		call: ending('unknown', 'carrier_silent'),
		transfer: {
			outcome: 'unknown',
			reason: 'carrier_silent',
			message: 'LiveKit saw no reaction of the carrier. The call may have been transferred',
		},
		explanation: {
			message: 'LiveKit saw no reaction of the other side',
			advice:
				'Check {address} and {transport} of the trunk, and firewalls. If this was a transfer, it may have been carried out: look at the call before you try again.',
		},
	},
	{
		says: /auth retry attempts|required auth/i,
		call: trunkCredentials.call,
		explanation: {
			message: trunkCredentials.message,
			advice: 'Check the credentials of the outbound trunk.',
		},
	},
	{ says: /no auth header/i, call: trunkCredentials.call },
	// From here to the media: with these words livekit-sip refuses after the 200 OK of the callee, or may do so. None of
	// them is for a retry (docs/livekit.md, "Before and after the callee has picked up").
	{
		says: /common (audio|video) codec|common encryption|no audio in sdp|no answer provided|invalid audio address/,
		call: ending('carrier_error', 'failed_after_answer'),
		explanation: noMedia,
	},
	{
		says: /in INVITE response|call already closed|media is already closed|error writing digit/,
		call: ending('carrier_error', 'failed_after_answer'),
		explanation: {
			...pickedUp,
			advice: 'If it happens again, look into the log of livekit-sip, or ask the carrier.',
		},
	},
	// Of the trunk's address before the INVITE, or of the address in the 200 OK, to which the ACK goes: the words are the same.
	{
		says: noAddress,
		call: ending('unknown', 'carrier_unreachable'),
		transfer: { ...notTransferred, reason: 'carrier_unreachable' },
	},
	{ says: noAddress, codes: codesOfGo, explanation: unreachable },
	// On a connection that stood, the INVITE may have arrived.
	{ says: /i\/o timeout/, codes: codesOfGo, explanation: unreachable },
	{
		says: noTls,
		call: ending('unknown', 'carrier_tls'),
		transfer: { ...notTransferred, reason: 'carrier_tls' },
	},
	// Under other codes the same words are about the codecs of the request.
	{
		says: /\b(codecs?|sdp|crypto|srtp)\b/i,
		codes: ['failed_precondition'],
		call: ending('carrier_error', 'failed_after_answer'),
		explanation: noMedia,
	},
	// Behind the others, which may hold it: a network denies permissions too. Only with its code it is LiveKit's answer to
	// the API key, and what proves nothing must not count as "not sent".
	{ says: denied, codes: ['permission_denied'], call: ending('not_sent', 'credential') },
	{
		says: denied,
		setup: 'grant',
		explanation: {
			message: 'LiveKit says "permissions denied": the API key may not do this',
			advice:
				'If a proxy stands in front of LiveKit, let it pass the Authorization header on. Otherwise use another API key. The token of each request carries the grant that LiveKit asks for.',
		},
	},
	{
		says: /no numbers on outbound trunk/,
		call: ending('not_sent', 'refused_input'),
		explanation: { advice: 'Fill in {sip_number}, or add numbers to the outbound trunk.' },
	},
];
