import type { Reply } from '../../../livekit/codec/response';
import type { JsonObject } from '../../../livekit/json';
import type { Rpc } from '../../../livekit/schema/rpc';
import type { SendOptions } from '../../shared/send';
import { type RowResult, refusalFailure } from '../rows/failure';
import type { Row } from '../rows/row';
import { requestId } from './requestId';

/** Sends a request of a row. A refusal, and an answer that is not LiveKit's, is the row's failure. */
export async function ask(
	row: Row,
	rpc: Rpc,
	body: JsonObject,
	options?: SendOptions,
): Promise<RowResult<JsonObject>> {
	const reply = await row.send(rpc, body, options);
	return 'refusal' in reply ? refusalFailure(row, reply.refusal) : reply;
}

/** Sends a request that changes something, once: newer servers carry it out once, however often it is sent. */
export async function sendOnce(
	row: Row,
	rpc: Rpc,
	body: JsonObject,
	options: SendOptions = {},
): Promise<Reply> {
	return await row.send(rpc, body, { ...options, requestId: requestId(row, body) });
}

/** Sends it likewise. A refusal is the row's failure. */
export async function askOnce(
	row: Row,
	rpc: Rpc,
	body: JsonObject,
): Promise<RowResult<JsonObject>> {
	return await ask(row, rpc, body, { requestId: requestId(row, body) });
}
