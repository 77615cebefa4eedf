import { checkBody } from '../../../livekit/checks';
import type { Allowances } from '../../../livekit/checks/findings';
import { addOtherForms } from '../../../livekit/codec/olderForms';
import { encode } from '../../../livekit/codec/encode';
import { type Fault, type JsonObject, isObject } from '../../../livekit/json';
import { type Unwrapped, parseJson } from '../../../livekit/codec/unwrap';
import { type Outcome, inputFailure, labelled } from '../rows/failure';
import { type Row, option } from '../rows/row';

/** A body that is ready to be sent. */
export interface Prepared {
	readonly body: JsonObject;
	readonly warnings: readonly string[];
}

/** What a JSON-or-form operation got: the user's JSON brought to one form, or the form's values. */
export function fromJsonOrForm(
	row: Row,
	raw: JsonObject,
	unwrap: (given: unknown) => Unwrapped,
	form: () => unknown,
): Outcome<Unwrapped> {
	if (!row.settings.fromJson) return { value: { value: form(), faults: [], warnings: [] } };
	const parsed = parseJson(raw.json);
	if (parsed.faults.length > 0) return inputFailure(row, parsed.faults);
	if (!isObject(parsed.value))
		return inputFailure(row, [{ path: '', message: 'must be one object in curly brackets' }]);
	const unwrapped = unwrap(parsed.value);
	return unwrapped.faults.length > 0 ? inputFailure(row, unwrapped.faults) : { value: unwrapped };
}

// Faults of what the server had stored before and the user did not touch are no reason to refuse the change.
function wasStored({ path }: Fault, touched: ReadonlySet<string> | undefined): boolean {
	const [, field] = path.replace(/\[\d+\]/g, '').split('.');
	return touched !== undefined && !touched.has(field);
}

/**
 * Encodes and checks a request, and adds the forms that older servers know.
 *
 * @param message request message, such as `CreateSIPInboundTrunkRequest`
 * @param touched fields that the user changed, where the rest is what the server had stored; names of a newer server
 * are then kept
 */
export function prepare(
	row: Row,
	message: string,
	value: unknown,
	warnings: readonly string[] = [],
	touched?: ReadonlySet<string>,
): Outcome<Prepared> {
	const { body, faults } = encode(message, value, '', { keepUnknown: touched !== undefined });
	const others: Fault[] = faults.length > 0 ? [] : addOtherForms(message, body);
	const allow: Allowances = { hostNames: option(row, 'allowHostNames') };
	const found = checkBody(message, body, allow);
	// A field that could not be read must not be reported as missing too.
	const fresh = found.faults.filter(
		(fault) => ![...faults, ...others].some((known) => known.path.startsWith(fault.path)),
	);
	const stored = fresh.filter((fault) => wasStored(fault, touched));
	const all = [...faults, ...others, ...fresh.filter((fault) => !stored.includes(fault))];
	if (all.length > 0) return inputFailure(row, all);
	const noticed = [
		...found.warnings,
		...stored.map(({ path, message: words }) => `${path}: ${words}`),
	];
	return {
		value: { body, warnings: [...warnings, ...noticed.map((warning) => labelled(row, warning))] },
	};
}
