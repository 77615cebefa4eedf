import { table } from './table.mjs';

// The parts of docs/reasons.md, and the outcomes whose reasons each one lists.
const parts = {
	'reasons, callee': [
		'answered',
		'dialing',
		'busy',
		'declined',
		'no_answer',
		'invalid_number',
		'blocked',
	],
	'reasons, carrier': ['rate_limited', 'carrier_error'],
	'reasons, unclear': ['unknown'],
	'reasons, not sent': ['not_sent'],
	'reasons, skipped': ['skipped'],
};

const head = ['`outcome`', '`reason`', '`retryable`', 'What it means'];
const withoutReason = [
	'`answered`, `dialing`',
	'none',
	'no',
	'The call was answered, or *Wait For* is Nothing',
];

function retryableWords(retryable) {
	if (retryable === 'depends') return 'yes, or no';
	return retryable ? 'yes' : 'no';
}

function rowsOf({ reasons, meanings }, outcome) {
	return Object.entries(reasons[outcome]).map(([reason, { retryable }]) => [
		`\`${outcome}\``,
		`\`${reason}\``,
		retryableWords(retryable),
		meanings[outcome][reason],
	]);
}

/**
 * The tables of reasons in docs/reasons.md.
 *
 * @param {{reasons: object, meanings: object}} sources the exports of livekit/outcome/reasons.ts and meanings.ts
 * @returns {Record<string, string>} Markdown by the name of the part
 */
export function reasonTables(sources) {
	const listed = Object.values(parts).flat();
	const missing = Object.keys(sources.reasons).filter((outcome) => !listed.includes(outcome));
	if (missing.length > 0) throw new Error(`No part of docs/reasons.md lists ${missing.join(', ')}`);
	return Object.fromEntries(
		Object.entries(parts).map(([name, outcomes]) => {
			const rows = outcomes.flatMap((outcome) => rowsOf(sources, outcome));
			return [name, table(head, outcomes.includes('answered') ? [withoutReason, ...rows] : rows)];
		}),
	);
}
