import { inWords } from '../../../livekit/callees/zones';
import type { Row } from '../rows/row';
import { type Call, laneName } from './call';
import { type Counted, noteCall, trippedBy } from './failureRate';
import { type CallItem, type Verdict, skipped } from './item';
import { isoTime } from './moment';
import { type Lane, laneOf } from './pace';
import { judged } from './state';

/** What a person knows a call by. It may be of another workflow over the same trunk: its number is shown in part. */
function wordsOf({ called_number: number, reason, outcome }: CallItem): string {
	const shown = number === null || number.length < 8 ? 'a call' : `...${number.slice(-4)}`;
	return `${shown} at ${isoTime(Date.now()).slice(11, 19)} (${reason ?? outcome})`;
}

/** Notes for all executions of the process what came of the call of a row over a lane. */
export function noteInLane(lane: Lane, { origin, itemIndex }: Row, item: CallItem): void {
	const verdict = judged(item);
	// That LiveKit dials does not show that the carrier lets calls through.
	if (verdict !== undefined && item.outcome !== 'dialing')
		noteCall(lane.recent, {
			at: performance.now(),
			failed: verdict === 'failure',
			row: `${origin} ${itemIndex}`,
			words: wordsOf(item),
		});
}

const mostShown = 5;

function listed(failures: readonly Counted[]): string {
	const last = failures.slice(-mostShown).map(({ words }) => words);
	return `${failures.length > mostShown ? 'the last ones ' : ''}${last.join(', ')}`;
}

/** Why nobody is called for now: too many of the last calls over this trunk have failed, in whichever execution. */
export function byFailureRate(call: Call): Verdict | undefined {
	const { failureRate: rate } = call.settings;
	if (!rate) return undefined;
	const steady = performance.now();
	const tripped = trippedBy(laneOf(laneName(call)).recent, rate, steady);
	if (!tripped) return undefined;
	const failures = tripped.calls.filter(({ failed }) => failed);
	const now = Date.now();
	const until = now + tripped.until - steady;
	const time = `${inWords('UTC', until, now)}:${isoTime(until).slice(17, 19)} UTC`;
	return skipped(
		'circuit_open',
		`${failures.length} of the last ${tripped.calls.length} calls over this trunk failed at the carrier or LiveKit within ${rate.withinMs / 60_000} min: ${listed(failures)}. Calling goes on ${time}. Nobody was called`,
		{ retryable: true, next_allowed_at: isoTime(until) },
	);
}
