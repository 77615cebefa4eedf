import type { IDataObject } from 'n8n-workflow';
import { decode } from '../../../../livekit/codec/decode';
import type { JsonObject } from '../../../../livekit/json';
import { foreignAnswer, isForeign } from '../../../../livekit/codec/answer';
import { callRpcs } from '../../../../livekit/schema/rpc';
import {
	type TransferFate,
	transferFateOf,
	transferResult,
} from '../../../../livekit/outcome/transfer';
import { unwrapFlat } from '../../../../livekit/codec/unwrap';
import type { CallOperation } from './participants';
import { refusalFailure } from '../../rows/failure';
import { fromJsonOrForm, prepare } from '../../request/body';
import { requestId } from '../../request/requestId';
import { withLabels } from '../../../shared/labels';

// The server answers at the end of the ring at the latest.
const answerMarginMs = 15_000;

function transferItem(
	body: JsonObject,
	fate: TransferFate,
	warnings: readonly string[],
): IDataObject {
	return {
		outcome: fate.outcome,
		transferred: fate.outcome === 'transferred',
		reason: fate.reason,
		message: withLabels(fate.message),
		sip_status_code: fate.sipStatus?.code ?? null,
		sip_status: fate.sipStatus ? fate.sipStatus.phrase : null,
		transfer_id: fate.transferId || null,
		status: fate.status || null,
		room_name: body.room_name,
		participant_identity: body.participant_identity,
		transfer_to: body.transfer_to,
		warnings: [...warnings, ...fate.warnings],
	};
}

/**
 * Transfer: one REFER, whose fate is the item. A failure is what has to be put right before LiveKit asks the carrier.
 * A broken connection is an unknown fate and no failure: Retry On Fail must not ask twice.
 */
export const transferCall: CallOperation = async (row, raw) => {
	const input = fromJsonOrForm(row, raw, unwrapFlat, () => raw);
	if ('failure' in input) return input;
	const prepared = prepare(row, callRpcs.transfer.request, input.value.value, input.value.warnings);
	if ('failure' in prepared) return prepared;
	const { warnings } = prepared.value;
	// Some servers gave up after 10 seconds on their own and reported a transfer that succeeded as failed.
	const body: JsonObject = {
		...prepared.value.body,
		ringing_timeout: prepared.value.body.ringing_timeout ?? '30s',
	};
	const sent = await row.send(callRpcs.transfer, body, {
		requestId: requestId(row, body),
		atLeastMs: Number.parseFloat(String(body.ringing_timeout)) * 1000 + answerMarginMs,
	});
	const foreign = 'value' in sent && isForeign('TransferSIPParticipantResponse', sent.value);
	const answer = foreign
		? { refusal: foreignAnswer('the result of a transfer was expected') }
		: sent;
	if ('value' in answer)
		return {
			value: [
				transferItem(
					body,
					transferResult(decode('TransferSIPParticipantResponse', answer.value)),
					warnings,
				),
			],
		};
	const fate = transferFateOf(answer.refusal);
	return fate
		? { value: [transferItem(body, fate, warnings)] }
		: refusalFailure(row, answer.refusal);
};
