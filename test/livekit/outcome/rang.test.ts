import { fateOf } from '../../../livekit/outcome/call';
import { mayHaveRung } from '../../../livekit/outcome/rang';
import { type CallOutcome, type Reason, reasons } from '../../../livekit/outcome/reasons';
import { afterAnswer, bySipStatus, said, withoutSip } from './examples';

const none: ReadonlySet<CallOutcome> = new Set(['not_sent', 'skipped']);
const rang = (outcome: CallOutcome, reason: Reason | null, ring_seconds: number | null) =>
	mayHaveRung({ outcome, reason, ring_seconds });

/** Whether a phone may have rung by an answer at once, and by one after a while. */
const table: Record<string, [atOnce: boolean, late: boolean]> = {
	answered: [true, true],
	dialing: [true, true],
	busy: [true, true],
	declined: [true, true],
	no_answer: [true, true],
	unknown: [true, true],
	invalid_number: [false, true],
	blocked: [false, true],
	'blocked callee_blocks': [true, true],
	rate_limited: [false, true],
	'rate_limited livekit_limit': [false, false],
	'rate_limited gateway_limit': [false, false],
	carrier_error: [false, true],
	'carrier_error failed_after_answer': [true, true],
	'carrier_error trunk_credentials': [false, false],
	not_sent: [false, false],
	skipped: [false, false],
};

const all = Object.entries(reasons).flatMap(([outcome, ofOutcome]) =>
	[null, ...Object.keys(ofOutcome)].map((reason): [CallOutcome, Reason | null] => [
		outcome as CallOutcome,
		reason as Reason | null,
	]),
);

it.each(all)('%s %s', (outcome, reason) => {
	const expected = table[`${outcome} ${reason}`] ?? table[outcome];
	expect([rang(outcome, reason, 0.2), rang(outcome, reason, 12)]).toEqual(expected);
	// Without a request there was no call, unless its outcome itself says so.
	if (!expected[0]) expect(rang(outcome, reason, null)).toBe(false);
});

// What a callee's phone, or whoever holds it, can make its side say.
const byCallee = [408, 480, 486, 487, 600, 603, 607, 608];
const statuses = Object.keys(bySipStatus).map(Number);

it.each(statuses)('SIP %i', (code) => {
	const { outcome, reason } = fateOf(said(code, ''));
	const isFinal = code >= 300;
	expect(rang(outcome, reason, 0.2)).toBe(!isFinal || byCallee.includes(code));
	expect(rang(outcome, reason, 12)).toBe(code !== 401 && code !== 407);
});

it.each(afterAnswer)('%s, which can follow the answer of the callee', (_fate, refusal) => {
	const { outcome, reason } = fateOf(refusal);
	expect(rang(outcome, reason, 0.2)).toBe(true);
});

it.each(withoutSip)('%s without a SIP status: not where nothing was passed on', (fate, refusal) => {
	const { outcome, reason } = fateOf(refusal);
	const passedOn = !none.has(outcome) && !/rate_limited|trunk_credentials/.test(fate);
	expect(rang(outcome, reason, 0.2)).toBe(passedOn);
});
