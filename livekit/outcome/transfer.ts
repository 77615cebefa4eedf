import { type JsonObject, entryOf, isObject } from '../json';
import { enumOf } from '../schema';
import type { Refusal } from '../http/twirp';
import type { CallOutcome, TransferEnding, TransferOutcome, TransferReason } from './reasons';
import { type Reading, readRefusal } from './refusals';
import type { SipStatus } from './sipStatuses';

/** The fate of a transfer that was asked for. */
export interface TransferFate {
	readonly outcome: TransferOutcome;
	/** Why, as a word for workflows; null after a transfer that leaves nothing to say. */
	readonly reason: TransferReason | null;
	/** For people. */
	readonly message: string;
	readonly sipStatus?: SipStatus;
	/** Id of the transfer, empty if LiveKit gave none. */
	readonly transferId: string;
	/** SIPTransferStatus, empty if LiveKit gave none. */
	readonly status: string;
	readonly warnings: readonly string[];
}

// SIPTransferReason (livekit/protocol protobufs/livekit_sip.proto), if no SIP status says more.
const byReason: Readonly<Record<string, TransferEnding>> = {
	STR_REJECTED: { outcome: 'refused', reason: 'rejected', message: 'The transfer was rejected' },
	STR_RINGING_TIMEOUT: {
		outcome: 'no_answer',
		reason: 'ring_timeout',
		message: 'Nobody answered the transfer in time',
	},
	STR_SUBSCRIPTION_TERMINATED: {
		outcome: 'unknown',
		reason: 'carrier_stopped_reporting',
		message: 'The carrier stopped reporting on the transfer',
	},
	STR_CANCELED: { outcome: 'failed', reason: 'canceled', message: 'The transfer was canceled' },
	STR_CALL_ENDED: {
		outcome: 'unknown',
		reason: 'call_ended',
		message: 'The call ended while it was being transferred',
	},
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

function bySip({ call, message, sipStatus, carrierSays }: Reading): TransferEnding | undefined {
	if (!sipStatus) return undefined;
	const { outcome, reason } = call;
	const refused = outcome === 'carrier_error' && sipStatus.code < 500;
	return {
		outcome: refused ? 'refused' : (byCallOutcome[outcome] ?? 'failed'),
		reason,
		message: carrierSays ?? message,
	};
}

function withoutReason({ call, transfer, message }: Reading): TransferEnding | undefined {
	if (transfer) return transfer;
	const { outcome, reason } = call;
	if (outcome === 'not_sent' || outcome === 'rate_limited') return undefined;
	return outcome === 'unknown'
		? { outcome, reason, message: `${message}. The call may have been transferred` }
		: { outcome: 'failed', reason, message };
}

function fateWith(
	ending: TransferEnding,
	{ sipStatus }: Reading,
	transferId: string,
	status: string,
): TransferFate {
	return { ...ending, ...(sipStatus ? { sipStatus } : {}), transferId, status, warnings: [] };
}

/**
 * The fate of a transfer that LiveKit answered with a refusal, in any generation of the bridge; undefined if the
 * refusal proves that the carrier was never asked, which is for the user to put right.
 */
export function transferFateOf(refusal: Refusal): TransferFate | undefined {
	const reading = readRefusal(refusal);
	const { sip_transfer_reason: reason = '', sip_transfer_id: id = '' } = refusal.meta;
	const ending = bySip(reading) ?? entryOf(byReason, reason) ?? withoutReason(reading);
	return ending && fateWith(ending, reading, id, '');
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
 * The fate of a transfer that LiveKit answered. The `{}` of older servers stands for a transfer, and so does an answer
 * without an id, which newer servers give for older bridges (docs/livekit.md, "Transfers").
 *
 * @param result decoded TransferSIPParticipantResponse
 */
export function transferResult(result: JsonObject): TransferFate {
	const transferId = String(result.transfer_id ?? '');
	if (transferId === '') return transferred('', '', undefined);
	const status = String(result.status ?? '');
	if (status === 'STS_TRANSFER_SUCCESSFUL') return transferred(transferId, status, result.reason);
	const reading = readRefusal({ status: 200, code: '', message: '', meta: statusMeta(result) });
	if (status !== 'STS_TRANSFER_FAILED') {
		const message = 'The transfer is still under way';
		return fateWith(
			{ outcome: 'unknown', reason: 'ongoing', message },
			reading,
			transferId,
			status,
		);
	}
	const ending = bySip(reading) ??
		entryOf(byReason, String(result.reason)) ?? {
			outcome: 'failed',
			reason: 'transfer_failed',
			message: 'The transfer did not succeed',
		};
	return fateWith(ending, reading, transferId, status);
}
