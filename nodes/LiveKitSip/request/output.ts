import type { IDataObject } from 'n8n-workflow';
import { maskSecrets } from '../../../livekit/codec/secrets';
import type { JsonObject } from '../../../livekit/json';
import { type Difference, notKept } from '../../../livekit/objects/notKept';
import { simplifyMessage } from '../../../livekit/objects/simplify';
import { sinceOf } from '../../../livekit/objects/since';
import type { MessageName } from '../../../livekit/schema';
import { type Row, option } from '../rows/row';

/** Makes output of decoded objects of a row: simplified if asked for, secrets masked unless asked for. */
export function shownBy(row: Row, message: MessageName): (decoded: JsonObject) => IDataObject {
	const secrets = option(row, 'includeSecrets');
	return (decoded) => {
		const shown = secrets ? decoded : maskSecrets(message, decoded);
		return row.settings.simplify ? simplifyMessage(message, shown) : shown;
	};
}

function lossWarning(message: MessageName, { path, missing }: Difference): string {
	if (!missing) return `${path}: the server keeps another value than the one that was sent`;
	const since = sinceOf(message, path);
	const why = since ? `older than LiveKit ${since}` : 'too old for it';
	return `${path}: the server did not keep it, it is probably ${why}`;
}

/** What was written, and the answer to it. */
export interface Written {
	/** What the answer should hold. */
	readonly sent: JsonObject;
	readonly answer: JsonObject;
	readonly warnings: readonly string[];
}

/** Output of a written object: the answer, and warnings, also about what the server did not keep. */
export function shownWritten(row: Row, message: MessageName, written: Written): IDataObject {
	const { sent, answer } = written;
	const lost = notKept(message, sent, answer).map((difference) => lossWarning(message, difference));
	const warnings = [...written.warnings, ...lost];
	const output = shownBy(row, message)(answer);
	return warnings.length > 0 ? { ...output, warnings } : output;
}
