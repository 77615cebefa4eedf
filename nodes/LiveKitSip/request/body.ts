import { checkBody } from '../../../livekit/checks';
import type { Allowances } from '../../../livekit/checks/findings';
import { emptyObjectsForLists } from '../../../livekit/codec/emptyObjects';
import { encode } from '../../../livekit/codec/encode';
import { addOlderForms } from '../../../livekit/codec/olderForms';
import { parseJson } from '../../../livekit/codec/parseJson';
import type { Unwrapped } from '../../../livekit/codec/unwrap';
import { type Fault, type JsonObject, type JsonValue } from '../../../livekit/json';
import type { Rpc } from '../../../livekit/schema/rpc';
import { type RowResult, inputFailure, labelled } from '../rows/failure';
import { type Row, option } from '../rows/row';
import { emptyInJson } from './emptyJson';

/** A body that is ready to be sent. */
export interface Prepared {
	readonly body: JsonObject;
	readonly warnings: readonly string[];
}

/** What an operation that takes a form or JSON was given: the values of the form, or the JSON brought to one form. */
export function formOrJson(
	row: Row,
	raw: JsonObject,
	unwrap: (given: JsonObject) => Unwrapped,
	form: JsonValue,
): RowResult<Unwrapped> {
	if (!row.settings.fromJson) return { value: { value: form, faults: [], warnings: [] } };
	const parsed = parseJson(raw.json);
	if ('fault' in parsed) return inputFailure(row, [{ path: '', message: parsed.fault }]);
	const unwrapped = unwrap(parsed.value);
	return unwrapped.faults.length > 0 ? inputFailure(row, unwrapped.faults) : { value: unwrapped };
}

// If what the server had stored before is wrong and the user did not touch it, that is no reason to refuse the change.
function wasStored({ path }: Fault, touched: ReadonlySet<string> | undefined): boolean {
	const [, field] = path.replace(/\[\d+\]/g, '').split('.');
	return touched !== undefined && !touched.has(field);
}

/** What is known of a request's value besides itself. */
export interface About {
	readonly warnings?: readonly string[];
	/** What was found missing already. */
	readonly faults?: readonly Fault[];
	/**
	 * Fields that the user changed; the rest is what the server had stored. Names that only a newer server knows are then
	 * kept.
	 */
	readonly touched?: ReadonlySet<string>;
}

/** Encodes and checks the request of a method, and adds the forms that older servers know. */
export function prepare(
	row: Row,
	rpc: Rpc,
	value: unknown,
	about: About = {},
): RowResult<Prepared> {
	const { warnings = [], faults: known = [], touched } = about;
	// The changes of an update were looked at before they were merged.
	const empty = row.operation === 'update' ? [] : emptyInJson(row, value, rpc.request);
	const objects = row.settings.fromJson ? emptyObjectsForLists(rpc.request, value) : [];
	if (empty.length > 0 || objects.length > 0) return inputFailure(row, [...empty, ...objects]);
	const { body, faults } = encode(rpc.request, value, '', { keepUnknown: touched !== undefined });
	const others: Fault[] = faults.length > 0 ? [] : addOlderForms(rpc.request, body);
	const allow: Allowances = {
		hostNames: option(row, 'allowHostNames'),
		isUpdate: row.operation === 'update',
	};
	const found = checkBody(rpc.request, body, allow);
	const read = [...faults, ...others];
	// A field that could not be read must not be reported as missing too.
	const fresh = [...known, ...found.faults].filter(
		(fault) => !read.some(({ path }) => path.startsWith(fault.path)),
	);
	const stored = fresh.filter((fault) => wasStored(fault, touched));
	const all = [...read, ...fresh.filter((fault) => !stored.includes(fault))];
	if (all.length > 0) return inputFailure(row, all);
	const noticed = [...found.warnings, ...stored.map(({ path, message }) => `${path}: ${message}`)];
	return {
		value: { body, warnings: [...warnings, ...noticed.map((warning) => labelled(row, warning))] },
	};
}
