import { type JsonObject, type JsonValue, at, isObject } from '../json';
import { checkHeaderNames, checkHeaders } from './headers';
import type { Findings } from './findings';

/** Adds a fault where a text field is set and the test finds something. */
export function checkText(
	body: JsonObject,
	name: string,
	path: string,
	findings: Findings,
	test: (text: string) => string | undefined,
): void {
	const value = body[name];
	if (typeof value !== 'string' || value === '') return;
	const message = test(value);
	if (message) findings.faults.push({ path: at(path, name), message });
}

/** Adds a fault where a field that LiveKit requires is unset. */
export function requireField(
	body: JsonObject,
	name: string,
	path: string,
	findings: Findings,
	message: string,
): void {
	const value = body[name];
	const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
	if (empty) findings.faults.push({ path: at(path, name), message });
}

/** The entries of a list of texts, empty when unset. */
export function texts(value: JsonValue | undefined): string[] {
	return Array.isArray(value)
		? value.filter((entry): entry is string => typeof entry === 'string')
		: [];
}

// Not by push with all of them as arguments, of which there are more than the stack holds in a list of 130,000.
function addAll<T>(list: T[], more: readonly T[]): void {
	for (const entry of more) list.push(entry);
}

/** Checks the three header maps that trunks, inline trunks, calls and transfers share. */
export function checkHeaderMaps(body: JsonObject, path: string, findings: Findings): void {
	if (isObject(body.headers)) {
		const found = checkHeaders(body.headers, at(path, 'headers'));
		addAll(findings.faults, found.faults);
		addAll(findings.warnings, found.warnings);
	}
	if (isObject(body.headers_to_attributes)) {
		addAll(
			findings.faults,
			checkHeaderNames(Object.keys(body.headers_to_attributes), at(path, 'headers_to_attributes')),
		);
	}
	if (isObject(body.attributes_to_headers)) {
		addAll(
			findings.faults,
			checkHeaderNames(
				Object.values(body.attributes_to_headers).map(String),
				at(path, 'attributes_to_headers'),
			),
		);
	}
}

/** Adds a fault where a duration is set to 0, which LiveKit takes for something else than what it says. */
export function checkNotZero(
	body: JsonObject,
	name: string,
	path: string,
	findings: Findings,
	message: string,
): void {
	if (typeof body[name] === 'string' && Number.parseFloat(body[name]) === 0)
		findings.faults.push({ path: at(path, name), message });
}

/** Warns where a call may last longer than LiveKit lets it: 24 hours, silently. */
export function checkCallDuration(body: JsonObject, path: string, findings: Findings): void {
	if (
		typeof body.max_call_duration === 'string' &&
		Number.parseFloat(body.max_call_duration) > 86_400
	) {
		findings.warnings.push(
			`${at(path, 'max_call_duration')}: LiveKit ends every call after 24 hours`,
		);
	}
}
