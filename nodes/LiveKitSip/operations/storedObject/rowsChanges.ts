import { type Fault, type JsonObject, isJsonObject } from '../../../../livekit/json';
import { readRowsChange } from '../../fields/listUpdate';

// The lists of messages that an update of the form sets or clears as a whole.
const rowsFields = [
	['room_config', 'agents'],
	['media', 'codecs'],
] as const;

/** The changes of a form with rows in the place of what the form says to do with them. */
export function withRows(changes: JsonObject): {
	readonly value: JsonObject;
	readonly faults: readonly Fault[];
} {
	const value = { ...changes };
	const faults: Fault[] = [];
	for (const [message, list] of rowsFields) {
		const inner = value[message];
		if (!isJsonObject(inner) || !Object.hasOwn(inner, list)) continue;
		const rows = readRowsChange(inner[list]);
		if ('fault' in rows) faults.push({ path: `update.${message}.${list}`, message: rows.fault });
		else value[message] = { ...inner, [list]: rows.value };
	}
	return { value, faults };
}
