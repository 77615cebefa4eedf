import { type JsonObject, type JsonValue, at, isObject } from '../json';
import { checkHeaderNames, checkHeaders } from './headers';
import type { Allowances, Findings } from './findings';

type TextTest = (text: string) => string | undefined;

function foundIn(body: JsonObject, name: string, test: TextTest): string | undefined {
	const value = body[name];
	return typeof value === 'string' && value !== '' ? test(value) : undefined;
}

/** Adds what a test finds wrong in a text field. Unset and empty fields are not tested. */
export function checkText(
	body: JsonObject,
	name: string,
	path: string,
	findings: Findings,
	test: TextTest,
): void {
	const message = foundIn(body, name, test);
	if (message) findings.faults.push({ path: at(path, name), message });
}

/** Adds what a test warns of in a text field. Unset and empty fields are not tested. */
export function warnOfText(
	body: JsonObject,
	name: string,
	path: string,
	findings: Findings,
	test: TextTest,
): void {
	const message = foundIn(body, name, test);
	if (message) findings.warnings.push(`${at(path, name)}: ${message}`);
}

/** Adds a fault if a field that LiveKit requires is unset or empty. */
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

/** The entries of a list of texts, none if it is unset. */
export function texts(value: JsonValue | undefined): string[] {
	return Array.isArray(value)
		? value.filter((entry): entry is string => typeof entry === 'string')
		: [];
}

// push(...more) would overflow the stack with a list of 130,000.
function addAll<T>(list: T[], more: readonly T[]): void {
	for (const entry of more) list.push(entry);
}

/** Checks the header maps of trunks, inline trunks, calls and transfers. */
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

/** Adds a fault if a duration is 0, which LiveKit reads as something else. */
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

/** Seconds. Carriers end what nobody answers after three minutes (RFC 3261, Timer C) to ten. */
const longestRinging = 600;

/** Why a time to ring is none, undefined if it is one: milliseconds are what people write for seconds. */
function ringingFault(duration: string): string | undefined {
	const seconds = Number.parseFloat(duration);
	return seconds > longestRinging
		? `must be at most ${longestRinging} seconds, not ${seconds}: no carrier lets a phone ring longer`
		: undefined;
}

/** Checks how long a phone rings. A stored trunk may hold what another program wrote: that is only a warning. */
export function checkRingingTime(
	body: JsonObject,
	path: string,
	findings: Findings,
	{ isUpdate }: Allowances,
): void {
	const fault = foundIn(body, 'ringing_timeout', ringingFault);
	if (fault === undefined) return;
	const here = at(path, 'ringing_timeout');
	if (isUpdate) findings.warnings.push(`${here} ${fault}`);
	else findings.faults.push({ path: here, message: fault });
}

/** Warns if a call may last longer than 24 hours, when LiveKit ends it without a word. */
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
