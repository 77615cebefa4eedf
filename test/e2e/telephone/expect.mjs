import { same } from '../checks.mjs';
import { headerOf } from './trace.mjs';

/** One call on the wire, of so many INVITEs (more than one only where the carrier asks for a password). */
export function oneCall(trace, invites = 1) {
	same({ calls: trace.calls, invites: trace.requests('INVITE').length }, { calls: 1, invites });
}

/** LiveKit sent each of these requests once and none of the others; ACK is part of INVITE. */
export function sent(trace, ...methods) {
	const seen = Object.fromEntries(
		['CANCEL', 'BYE', 'REFER'].map((method) => [method, trace.requests(method).length]),
	);
	same(
		seen,
		Object.fromEntries(
			Object.keys(seen).map((method) => [method, methods.includes(method) ? 1 : 0]),
		),
	);
}

/** No node stopped. */
export function well({ failed }) {
	same(failed, []);
}

/** One node stopped, and said all these texts. */
export function stopped({ failed }, node, ...texts) {
	same(
		failed.map((entry) => entry.node),
		[node],
	);
	for (const text of texts)
		if (!failed[0].message.includes(text))
			throw new Error(`"${text}" does not stand in "${failed[0].message}".`);
}

/** The object holds these values, whatever else it has. */
export function holds(object, expected) {
	same(Object.fromEntries(Object.keys(expected).map((key) => [key, object?.[key]])), expected);
}

/** The message has these headers. */
export function hasHeaders(message, expected) {
	same(
		Object.fromEntries(Object.keys(expected).map((name) => [name, headerOf(message, name)])),
		expected,
	);
}
