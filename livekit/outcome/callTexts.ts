import type { Entry } from './entry';
import { ending } from './reasons';
import { trunkCredentials } from './sipStatuses';

const unreachable = {
	message: 'The carrier cannot be reached',
	advice: 'Check {address} and {transport} of the outbound trunk, and firewalls.',
};
const denied = /permissions?[ _]denied/;
const noAddress =
	/no such host|server misbehaving|connection refused|no route to host|network is unreachable|\bdial .*i\/o timeout/;
// The codes with which livekit-sip hands on what Go's resolver and dialler say.
const codesOfGo = ['invalid_argument', 'failed_precondition', 'unknown', 'internal'];

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
	// Without a single response no phone rang. The next text, which this one holds, has the words.
	{
		says: /transaction failed to complete \(0 /,
		call: ending('carrier_error', 'carrier_silent'),
	},
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
	// Go's resolver and dialler about the address of a trunk: nothing was sent.
	{ says: noAddress, call: ending('carrier_error', 'carrier_unreachable') },
	{ says: noAddress, codes: codesOfGo, explanation: unreachable },
	// On a connection that stood, the INVITE may have arrived.
	{ says: /i\/o timeout/, codes: codesOfGo, explanation: unreachable },
	{ says: /\b(tls|x509): /, call: ending('carrier_error', 'carrier_tls') },
	// Under other codes the same words are about the codecs of the request.
	{
		says: /\b(codecs?|sdp|crypto|srtp)\b/i,
		codes: ['failed_precondition'],
		call: ending('carrier_error', 'media_mismatch'),
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
