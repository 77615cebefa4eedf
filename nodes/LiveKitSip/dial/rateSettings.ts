import { showGiven, wholeNumber } from '../../../livekit/json';
import type { FailureRate } from './failureRate';
import { longestWindowMs } from './failureRate';
import type { FormReader } from './formReader';

const minuteMs = 60_000;
const usual = { atLeast: 5, minutes: 2 };
const mostCalls = 1000;

const fields = {
	percent: ['failureRate', 'Stop at Failure Rate (%)'],
	atLeast: ['failureRateCalls', 'Stop at Failure Rate From (Calls)'],
	minutes: ['failureRateMinutes', 'Stop at Failure Rate in (Minutes)'],
} as const;

/** A whole number from 1 on, or what stands for a field that was not added. A limit that cannot be read is a fault. */
function read(
	values: FormReader,
	field: keyof typeof fields,
	most: number,
	otherwise: number,
): number {
	const [name, label] = fields[field];
	if (!values.has('limits', name)) return otherwise;
	const given = values.field('limits', name);
	const value = wholeNumber(given) ?? 0;
	if (value >= 1 && value <= most) return value;
	values.fault(label, `must be a whole number from 1 to ${most}, not ${showGiven(given)}`);
	return otherwise;
}

/** Reads the breaker by rate, undefined if there is none. */
export function readFailureRate(values: FormReader): FailureRate | undefined {
	const isSet = values.has('limits', fields.percent[0]);
	for (const field of ['atLeast', 'minutes'] as const) {
		const [name, label] = fields[field];
		if (!isSet && values.has('limits', name))
			values.fault(
				label,
				'does nothing without Stop at Failure Rate (%). Add that, or remove this',
			);
	}
	const rate = {
		percent: read(values, 'percent', 100, 100),
		atLeast: read(values, 'atLeast', mostCalls, usual.atLeast),
		withinMs: minuteMs * read(values, 'minutes', longestWindowMs / minuteMs, usual.minutes),
	};
	return isSet ? rate : undefined;
}
