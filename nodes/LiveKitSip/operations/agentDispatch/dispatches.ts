import type { IDataObject } from 'n8n-workflow';
import { decode } from '../../../../livekit/codec/decode';
import { aboutRoom } from '../../../../livekit/outcome/missingRoom';
import type { JsonObject } from '../../../../livekit/json';
import { entriesOf, foreignAnswer, isForeign } from '../../../../livekit/codec/answer';
import { agentRpcs } from '../../../../livekit/schema/rpc';
import { unwrapFlat } from '../../../../livekit/codec/unwrap';
import { type Outcome, refusalFailure } from '../../rows/failure';
import { fromJsonOrForm, prepare } from '../../request/body';
import { presentWritten, presenter } from '../../request/output';
import { requestId } from '../../request/requestId';
import type { Row } from '../../rows/row';

/** An operation on agent dispatches: raw body in, output items out. */
export type AgentOperation = (row: Row, raw: JsonObject) => Promise<Outcome<IDataObject[]>>;

/** Create: sends for an agent. LiveKit makes the room if there is none. */
export const createDispatch: AgentOperation = async (row, raw) => {
	const input = fromJsonOrForm(row, raw, unwrapFlat, () => raw);
	if ('failure' in input) return input;
	const prepared = prepare(row, agentRpcs.create.request, input.value.value, input.value.warnings);
	if ('failure' in prepared) return prepared;
	const { body, warnings } = prepared.value;
	const answer = await row.send(agentRpcs.create, body, { requestId: requestId(row, body) });
	if ('refusal' in answer) return refusalFailure(row, aboutRoom(answer.refusal));
	if (isForeign('AgentDispatch', answer.value))
		return refusalFailure(row, foreignAnswer('the new agent dispatch was expected'));
	return { value: [presentWritten(row, 'AgentDispatch', body, answer.value, warnings)] };
};

/** Get Many: the dispatches of a room. */
export const getManyDispatches: AgentOperation = async (row, raw) => {
	const prepared = prepare(row, agentRpcs.getAll.request, raw);
	if ('failure' in prepared) return prepared;
	const answer = await row.send(agentRpcs.getAll, prepared.value.body);
	if ('refusal' in answer) return refusalFailure(row, aboutRoom(answer.refusal));
	const found = entriesOf(answer, 'agent_dispatches', 'AgentDispatch');
	if ('refusal' in found) return refusalFailure(row, found.refusal);
	const shown = presenter(row, 'AgentDispatch');
	return {
		value: found.value
			.slice(0, row.settings.wanted)
			.map((dispatch) => shown(decode('AgentDispatch', dispatch))),
	};
};

/** Delete: an agent that came for the dispatch leaves the room. */
export const deleteDispatch: AgentOperation = async (row, raw) => {
	const prepared = prepare(row, agentRpcs.delete.request, raw);
	if ('failure' in prepared) return prepared;
	const { body } = prepared.value;
	const answer = await row.send(agentRpcs.delete, body, { requestId: requestId(row, body) });
	if ('refusal' in answer) return refusalFailure(row, aboutRoom(answer.refusal));
	if (isForeign('AgentDispatch', answer.value))
		return refusalFailure(row, foreignAnswer('the deleted agent dispatch was expected'));
	return { value: [{ deleted: true, dispatch_id: body.dispatch_id, room_name: body.room }] };
};
