import { pickedUpBy } from '../../../livekit/outcome/pickedUpBy';
import { type RowResult, refusalFailure } from '../rows/failure';
import { noteInLane } from './byFailureRate';
import { type Call, type Placed, asPlaced } from './call';
import { callerIn } from './callerId';
import { dial } from './dial';
import { followCall } from './follow';
import { refusedNow } from './guards';
import { type CallItem, type Verdict, callItem, skipped } from './item';
import type { Moment } from './moment';
import { type Lane, adapt } from './pace';
import type { Plan } from './plan';
import { type AskRunning, oncePerContact } from './runningCall';
import { noPlace } from './noPlace';
import { countCall } from './state';
import type { Row } from '../rows/row';
import { type Turn, takeTurn } from './turns';

/** Waits for a turn of the lane and makes the call. */
export async function ringAlone(call: Call, lane: Lane): Promise<Placed> {
	const { row, settings } = call;
	const turn = await takeTurn(lane, settings.pace.perSecond, row.shared.cancel, call.patience);
	const early = withoutTurn(call, turn);
	if (early) return early;
	return await oncePerContact(call, async (running) => await ring(call, lane, turn, running));
}

/** What a row without a turn came to: it was cancelled, or gave up waiting. */
export function withoutTurn(call: Call, { given }: Turn): Placed | undefined {
	if (given) return undefined;
	return asPlaced(call.plan.facts, lateVerdict(call)) ?? noPlace(call);
}

/** What has become wrong with a call while it waited, if anything. */
export function lateVerdict(call: Call): RowResult<Verdict | undefined> {
	return call.row.shared.cancel.happened()
		? { value: skipped('canceled', 'The execution was cancelled before this call') }
		: refusedNow(call);
}

/**
 * Makes the call, unless one to this contact is running, its agent has left, or a rule has come to forbid it. Then its turn
 * does not count.
 *
 * @param ready asks once more for what the call needs
 */
export async function ring(
	call: Call,
	lane: Lane,
	turn: Turn,
	running: AskRunning,
	ready: () => Promise<Verdict | undefined> = async () => undefined,
): Promise<Placed> {
	const { facts } = call.plan;
	// Running calls and the agent are asked for as late as possible: this row may have waited.
	const early =
		asPlaced(facts, await running()) ??
		asPlaced(facts, { value: await ready() }) ??
		asPlaced(facts, lateVerdict(call));
	if (!early) return await ringNow(call, lane, turn);
	turn.end(false);
	return early;
}

async function ringNow({ row, plan, state }: Call, lane: Lane, turn: Turn): Promise<Placed> {
	const context = row.shared.context();
	countCall(context, 1);
	turn.begin();
	const dialling = dial(row, plan);
	row.release();
	const { verdict, refusal, endedAt } = await dialling;
	const item = callItem(plan.facts, verdict);
	adapt(lane, item.outcome);
	turn.end(item.outcome !== 'not_sent');
	if (refusal && item.outcome === 'not_sent') {
		countCall(context, -1);
		noteInLane(lane, row, item);
		return { item, failure: refusalFailure(row, refusal).failure };
	}
	state.rang = true;
	// Before the end of the call: while some talk, others fail.
	noteInLane(lane, row, item);
	if (item.outcome === 'answered' && plan.waitFor === 'end') await addEnd(row, plan, item, endedAt);
	return { item };
}

/** A message with how long the call lasted, such as "Talked 2 min 3 s". */
function talked(message: string, seconds: unknown): string {
	if (typeof seconds !== 'number') return message;
	const whole = Math.round(seconds);
	const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
	return `${message}. Talked ${minutes > 0 ? `${minutes} min ` : ''}${rest} s`;
}

async function addEnd(row: Row, { body }: Plan, item: CallItem, answeredAt: Moment): Promise<void> {
	const answered = {
		room: String(item.room_name),
		identity: String(item.participant_identity),
		participantId: String(item.participant_id ?? ''),
		answeredAt,
		longest: Number.parseFloat(String(body.max_call_duration)),
	};
	const { warnings = [], ...end } = await followCall(row, answered);
	Object.assign(item, end, {
		message: talked(item.message, end.talk_seconds),
		picked_up_by: pickedUpBy(end.participant_attributes),
		caller_number: item.caller_number ?? callerIn(end.participant_attributes),
		warnings: [...item.warnings, ...warnings],
	});
}
