import { toScalar } from '../../../livekit/codec/scalars';
import { fieldNamed } from '../../../livekit/codec/spellings';
import { type Fault, type JsonObject, isObject, sameJson } from '../../../livekit/json';
import { messageOf } from '../../../livekit/schema';
import { callRpcs } from '../../../livekit/schema/rpc';
import type { Row } from '../rows/row';

const rpc = callRpcs.place;

/** Names in a request's value that mean a field, in whatever spelling. */
function spellingsIn(value: unknown, field: string): string[] {
	if (!isObject(value)) return [];
	const request = messageOf(rpc.request);
	return Object.keys(value).filter((name) => fieldNamed(request, name)?.name === field);
}

/** What a request's value holds in a field, in whatever spelling. */
export function given(value: unknown, field: string): unknown {
	if (!isObject(value)) return undefined;
	const values = spellingsIn(value, field).map((name) => value[name] ?? undefined);
	return values.find((one) => one !== undefined);
}

/** The request's value with the number to call instead of what was given for it. */
export function withNumber(value: unknown, callee: unknown, number: string): unknown {
	if (!isObject(value)) return value;
	// Another number in another spelling stays, and is a fault.
	const names = spellingsIn(value, 'sip_call_to').filter((name) =>
		sameJson(value[name] ?? callee, callee),
	);
	return { ...value, ...Object.fromEntries(names.map((name) => [name, number])) };
}

/** The request's value, with what the form has beside the JSON, such as the room. What stands in both is a fault. */
export function besideJson(
	row: Row,
	value: unknown,
	raw: JsonObject,
): { readonly value: unknown; readonly faults: readonly Fault[] } {
	if (!row.settings.fromJson || !isObject(value)) return { value, faults: [] };
	const beside = Object.entries(raw).filter(([path, own]) => path !== 'json' && own !== '');
	const faults = beside
		.filter(([path]) => given(value, path) !== undefined)
		.map(([path]) => ({ path, message: 'stands in the JSON too. Remove one of them' }));
	return { value: { ...value, ...Object.fromEntries(beside) }, faults };
}

/** Whether the JSON says to wait or not to. The request would leave a plain `false` out, like every default. */
export function askedToWait(row: Row, value: unknown): unknown {
	if (!row.settings.fromJson) return undefined;
	const wait = toScalar('bool', given(value, 'wait_until_answered'));
	return 'value' in wait ? wait.value : undefined;
}
