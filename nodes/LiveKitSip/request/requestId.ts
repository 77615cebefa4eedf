import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../livekit/json';
import type { Row } from '../rows/row';

/**
 * The `X-Livekit-Request-Id` of a writing request: the same for every try of one call, and never shared by two calls
 * of two rows, runs, executions or n8n instances, nor by two bodies. Shaped as a UUID, as LiveKit's SDKs send it.
 *
 * @param origin what identifies the call, if the user does it by something else than execution, run and row
 */
export function requestId(
	row: Row,
	body: JsonObject,
	origin: unknown = [row.origin, row.itemIndex],
): string {
	const hash = createHash('sha256')
		.update(JSON.stringify([origin, row.resource, row.operation, body]))
		.digest('hex');
	return [
		hash.slice(0, 8),
		hash.slice(8, 12),
		`5${hash.slice(13, 16)}`,
		`a${hash.slice(17, 20)}`,
		hash.slice(20, 32),
	].join('-');
}
