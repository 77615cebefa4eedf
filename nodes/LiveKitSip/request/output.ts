import type { IDataObject } from 'n8n-workflow';
import { type Difference, notKept } from '../../../livekit/objects/notKept';
import { decode } from '../../../livekit/codec/decode';
import type { JsonObject } from '../../../livekit/json';
import { maskSecrets } from '../../../livekit/codec/secrets';
import { simplifyMessage } from '../../../livekit/objects/simplify';
import { sinceOf } from '../../../livekit/objects/since';
import { type Row, option } from '../rows/row';

/** Output of decoded objects of a row: simplified if asked for, secrets masked unless asked for. */
export function presenter(row: Row, message: string): (decoded: JsonObject) => IDataObject {
	const secrets = option(row, 'includeSecrets');
	return (decoded) => {
		const shown = secrets ? decoded : maskSecrets(message, decoded);
		return row.settings.simplify ? simplifyMessage(message, shown) : shown;
	};
}

/** Output of one decoded object, with warnings if there are any. */
export function present(
	row: Row,
	message: string,
	decoded: JsonObject,
	warnings: readonly string[] = [],
): IDataObject {
	const output = presenter(row, message)(decoded);
	return warnings.length > 0 ? { ...output, warnings: [...warnings] } : output;
}

function keptWarning(message: string, { path, missing }: Difference): string {
	if (!missing) return `${path}: the server keeps another value than the one that was sent`;
	const since = sinceOf(message, path);
	return `${path}: the server did not keep it${since ? `, it is probably older than LiveKit ${since}` : ', it is probably too old for it'}`;
}

/** Warnings about fields that were sent and that the answer does not hold. */
export function lossWarnings(message: string, sent: JsonObject, kept: JsonObject): string[] {
	return notKept(message, sent, kept).map((difference) => keptWarning(message, difference));
}

/** Output of a written object: the answer, with warnings about what the server did not keep of what was sent. */
export function presentWritten(
	row: Row,
	message: string,
	sent: JsonObject,
	answer: Record<string, unknown>,
	warnings: readonly string[],
): IDataObject {
	const decoded = decode(message, answer);
	return present(row, message, decoded, [...warnings, ...lossWarnings(message, sent, decoded)]);
}
