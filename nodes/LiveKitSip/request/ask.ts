import type { JsonObject } from '../../../livekit/json';
import type { Rpc } from '../../../livekit/schema/rpc';
import type { SendOptions } from '../../shared/send';
import { type Result, refusalFailure } from '../rows/failure';
import type { Row } from '../rows/row';
import { requestId } from './requestId';

/** Sends a request of a row. A refusal, and an answer that is not LiveKit's, is the row's failure. */
export async function ask(
	row: Row,
	rpc: Rpc,
	body: JsonObject,
	options?: SendOptions,
): Promise<Result<JsonObject>> {
	const reply = await row.send(rpc, body, options);
	return 'refusal' in reply ? refusalFailure(row, reply.refusal) : reply;
}

/** The same for a request that changes something: newer servers carry it out once, however often it is sent. */
export async function askOnce(row: Row, rpc: Rpc, body: JsonObject): Promise<Result<JsonObject>> {
	return await ask(row, rpc, body, { requestId: requestId(row, body) });
}
