import { explain } from './refusals';
import { type JsonObject, entryOf, isObject } from '../json';
import { type CallOutcome, fateOf } from './call';
import { enumOf } from '../schema';
import { type SipStatus, sipStatusOf } from './sipStatus';
import type { Refusal } from '../http/twirp';

/** What became of a transfer. */
export type TransferOutcome = 'transferred' | 'refused' | 'no_answer' | 'failed' | 'unknown';

/** The fate of a transfer that was asked for. */
export interface TransferFate {
	readonly outcome: TransferOutcome;
	/** Why, as a word for workflows; null after a transfer without more to say. */
	readonly reason: string | null;
	/** For people. */
	readonly message: string;
	readonly sipStatus?: SipStatus;
	/** Id of the transfer, empty where LiveKit gives none. */
	readonly transferId: string;
	/** SIPTransferStatus, empty where LiveKit gives none. */
	readonly status: string;
	readonly warnings: readonly string[];
}

type Verdict = readonly [outcome: TransferOutcome, reason: string, message: string];

// SIPTransferReason (livekit_sip.proto), where no SIP status says more.
const byReason: Readonly<Record<string, Verdict>> = {
	STR_REJECTED: ['refused', 'rejected', 'The transfer was rejected'],
	STR_RINGING_TIMEOUT: ['no_answer', 'ring_timeout', 'Nobody answered the transfer in time'],
	STR_SUBSCRIPTION_TERMINATED: [
		'unknown',
		'carrier_stopped_reporting',
		'The carrier stopped reporting on the transfer',
	],
	STR_CANCELED: ['failed', 'canceled', 'The transfer was canceled'],
	STR_CALL_ENDED: ['unknown', 'call_ended', 'The call ended while it was being transferred'],
};

// What the new callee's side or the carrier said about the REFER, by what it would mean for a call.
const byCallOutcome: Readonly<Partial<Record<CallOutcome, TransferOutcome>>> = {
	busy: 'refused',
	declined: 'refused',
	invalid_number: 'refused',
	blocked: 'refused',
	no_answer: 'no_answer',
	carrier_error: 'failed',
	rate_limited: 'failed',
	unknown: 'unknown',
};

// Texts of LiveKit that mean something else for a transfer than for a dial. After a deadline the carrier may still carry
// the REFER out (livekit#4555): that is no proof that nobody answered.
const byText: ReadonlyArray<readonly [RegExp, Verdict]> = [
	[
		/non established call/,
		['failed', 'call_not_answered', 'The call was not answered, so it was not transferred'],
	],
	[
		/sip request timed out/,
		[
			'unknown',
			'server_deadline',
			'LiveKit gave up waiting for the transfer. It may still be carried out',
		],
	],
	[
		/request timed out|deadline exceeded/,
		[
			'unknown',
			'server_deadline',
			'LiveKit gave up waiting for the transfer. It may still be carried out',
		],
	],
	[
		/transaction failed to complete/,
		[
			'unknown',
			'carrier_silent',
			'LiveKit saw no reaction of the carrier. The call may have been transferred',
		],
	],
];

function bySip(refusal: Refusal): Verdict | undefined {
	const { sipStatus, outcome, reason, message } = fateOf(refusal);
	if (!sipStatus) return undefined;
	const refused = outcome === 'carrier_error' && sipStatus.code < 500;
	return [refused ? 'refused' : (byCallOutcome[outcome] ?? 'failed'), reason, message];
}

function withoutReason(refusal: Refusal): Verdict | undefined {
	const text =
		refusal.status === 0 ? undefined : byText.find(([says]) => says.test(refusal.message));
	if (text) return text[1];
	const { outcome, reason } = fateOf(refusal);
	if (outcome === 'not_sent' || outcome === 'rate_limited') return undefined;
	const { message } = explain(refusal);
	return outcome === 'unknown'
		? ['unknown', reason, `${message}. The call may have been transferred`]
		: ['failed', reason, message];
}

function fateWith(
	[outcome, reason, message]: Verdict,
	refusal: Refusal,
	status: string,
): TransferFate {
	const sipStatus = sipStatusOf(refusal);
	return {
		outcome,
		reason,
		message,
		...(sipStatus ? { sipStatus } : {}),
		transferId: refusal.meta.sip_transfer_id ?? '',
		status,
		warnings: [],
	};
}

/**
 * The fate of a transfer that LiveKit answered with a refusal, in any generation of the bridge; undefined where the
 * refusal proves that the carrier was never asked, which is for the user to put right.
 */
export function transferFateOf(refusal: Refusal): TransferFate | undefined {
	const verdict =
		bySip(refusal) ??
		entryOf(byReason, refusal.meta.sip_transfer_reason ?? '') ??
		withoutReason(refusal);
	return verdict && fateWith(verdict, refusal, '');
}

function transferred(transferId: string, status: string, reason: unknown): TransferFate {
	const ended = reason === 'STR_CALL_ENDED';
	return {
		outcome: 'transferred',
		reason: ended ? 'call_ended' : null,
		message: 'The call was transferred',
		transferId,
		status,
		warnings: ended
			? [
					'The call ended before the carrier had reported on the transfer. LiveKit counts that as transferred, but the caller may also have hung up',
				]
			: [],
	};
}

function statusMeta(result: JsonObject): Record<string, string> {
	const status = isObject(result.sip_status) ? result.sip_status : {};
	const code = enumOf('SIPStatusCode')[String(status.code)] ?? 0;
	return code > 0 ? { sip_status_code: String(code), sip_status: String(status.status ?? '') } : {};
}

/**
 * The fate of a transfer that LiveKit answered: `{}` of older servers stands for a transfer, and so does an answer
 * without an id, which newer servers give for older bridges (reference 3.8).
 *
 * @param result decoded TransferSIPParticipantResponse
 */
export function transferResult(result: JsonObject): TransferFate {
	const transferId = String(result.transfer_id ?? '');
	if (transferId === '') return transferred('', '', undefined);
	const status = String(result.status ?? '');
	if (status === 'STS_TRANSFER_SUCCESSFUL') return transferred(transferId, status, result.reason);
	const refusal: Refusal = {
		status: 200,
		code: '',
		message: '',
		meta: { sip_transfer_id: transferId, ...statusMeta(result) },
	};
	if (status !== 'STS_TRANSFER_FAILED')
		return fateWith(['unknown', 'ongoing', 'The transfer is still under way'], refusal, status);
	const verdict = bySip(refusal) ??
		entryOf(byReason, String(result.reason)) ?? [
			'failed',
			'transfer_failed',
			'The transfer did not succeed',
		];
	return fateWith(verdict, refusal, status);
}
