import type { IDataObject } from 'n8n-workflow';
import { readCountry } from '../../../../livekit/callees/countries';
import { unwrapFlat } from '../../../../livekit/codec/unwrap';
import type { JsonObject } from '../../../../livekit/json';
import {
	type TransferFate,
	transferFateOf,
	transferResult,
} from '../../../../livekit/outcome/transfer';
import { callRpcs } from '../../../../livekit/schema/rpc';
import { labels, withLabels } from '../../../shared/labels';
import { FormReader, objectOf } from '../../dial/formReader';
import { refusedNumber } from '../../dial/guards';
import type { Verdict } from '../../dial/item';
import { readDoNotCallField } from '../../dial/plan';
import { readNumberRules } from '../../dial/settings';
import { runState } from '../../dial/state';
import { callLocators, dialtone, ringingSeconds } from '../../fields/callShared';
import { additionalFields, to, withJson } from '../../fields/form';
import { noCountry } from '../../fields/countries';
import { transferGuardFields } from '../../fields/guards';
import { headersField } from '../../fields/maps';
import { formOrJson, prepare } from '../../request/body';
import { sendOnce } from '../../request/ask';
import { type RowResult, inputFailure, refusalFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import { withCall } from './participants';

const rpc = callRpcs.transfer;

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

/** The item of a call that was deliberately not transferred. */
function skippedItem(body: JsonObject, verdict: Verdict, warnings: readonly string[]): IDataObject {
	const { outcome, reason = null, message } = verdict;
	return {
		outcome,
		transferred: false,
		reason,
		message,
		sip_status_code: null,
		sip_status: null,
		transfer_id: null,
		status: null,
		room_name: body.room_name,
		participant_identity: body.participant_identity,
		transfer_to: body.transfer_to,
		warnings: [...warnings],
	};
}

/** The rule that excludes the target of a transfer, if one does. They are those of Call: Place. */
async function refusedTarget(row: Row, body: JsonObject): Promise<RowResult<Verdict | undefined>> {
	const added = (collection: string) => Object.keys(objectOf(row.node.parameters[collection]));
	const values = new FormReader((name, fallback) => row.read(name, fallback), added);
	const given = values.has('guards', 'country') ? values.field('guards', 'country') : noCountry;
	const settings = readNumberRules(values, given);
	const country = readCountry(settings.defaultCountry);
	if ('fault' in country) values.fault(labels.default_country, country.fault);
	if (values.faults.length > 0) return inputFailure(row, values.faults);
	const state = runState(row.shared.executeData, row.origin);
	return await refusedNumber({ row, plan: { body }, settings, state, ...readDoNotCallField(row) });
}

/**
 * One REFER, whose fate is the item. The row fails only for what must be put right before LiveKit asks the carrier. A
 * broken connection is an unknown fate and no failure: Retry On Fail must not ask twice.
 */
async function transferCall(row: Row, raw: JsonObject): Promise<RowResult<IDataObject[]>> {
	const form = row.settings.fromJson
		? { value: raw }
		: withCall(row, raw, 'room_name', 'participant_identity');
	if ('failure' in form) return form;
	const given = formOrJson(row, raw, unwrapFlat, form.value);
	if ('failure' in given) return given;
	const prepared = prepare(row, rpc, given.value.value, { warnings: given.value.warnings });
	if ('failure' in prepared) return prepared;
	const { warnings, body: asked } = prepared.value;
	const refused = await refusedTarget(row, asked);
	if ('failure' in refused) return refused;
	if (refused.value) return { value: [skippedItem(asked, refused.value, warnings)] };
	// Some servers gave up after 10 seconds on their own and reported a transfer that succeeded as failed.
	const body = { ...asked, ringing_timeout: asked.ringing_timeout ?? `${ringingSeconds}s` };
	const reply = await sendOnce(row, rpc, body, {
		atLeastMs: Number.parseFloat(String(body.ringing_timeout)) * 1000 + answerMarginMs,
	});
	const itemOf = (fate: TransferFate) => ({ value: [transferItem(body, fate, warnings)] });
	if ('value' in reply) return itemOf(transferResult(reply.value));
	const fate = transferFateOf(reply.refusal);
	return fate ? itemOf(fate) : refusalFailure(row, reply.refusal);
}

const example =
	'{\n  "room_name": "my-call",\n  "participant_identity": "sip_+14155550123",\n  "transfer_to": "tel:+14155550199"\n}';

/** Transfer: hands a running call to another number. */
export const transfer: Operation = {
	resource: 'call',
	value: 'transfer',
	name: 'Transfer',
	action: 'Transfer a call',
	description: 'Hand a running call over to another number (blind transfer by SIP REFER)',
	rpc,
	properties: [
		...withJson('transfer', example, [
			...callLocators('room_name', 'participant_identity'),
			{
				displayName: 'Transfer To',
				name: 'transferTo',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. +14155550123',
				description:
					'Phone number with country code, or a URI that starts with sip:, sips: or tel:. The carrier must allow SIP REFER. A call that still rings is transferred once it is answered.',
				routing: to('transfer_to'),
			},
			additionalFields([
				dialtone(
					'Tone that the caller hears during the transfer. Older LiveKit servers know only on and off.',
				),
				headersField('', 'the REFER that asks the carrier to transfer the call'),
				{
					displayName: 'Ring New Callee (Seconds)',
					name: 'ringFor',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: ringingSeconds,
					description: 'How long the transfer may take. LiveKit waits 30 seconds by default.',
					routing: to('ringing_timeout'),
				},
			]),
		]),
		...transferGuardFields,
	],
	output: {
		outcome: 'string',
		transferred: 'boolean',
		reason: 'string null',
		message: 'string',
		sip_status_code: 'number null',
		sip_status: 'string null',
		transfer_id: 'string null',
		status: 'string null',
		room_name: 'string',
		participant_identity: 'string',
		transfer_to: 'string',
		warnings: 'string[]',
	},
	effect: 'rings',
	order: 'together',
	run: transferCall,
};
