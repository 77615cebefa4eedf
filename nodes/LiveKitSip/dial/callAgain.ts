import { type Clocks, allowedFrom, nextCall, usedUp } from '../../../livekit/outcome/callAgain';
import { mostTriesOf } from '../../../livekit/outcome/againRules';
import { inWords } from '../../../livekit/callees/zones';
import type { Tries } from '../../../livekit/outcome/tries';
import type { LabelFault } from '../../shared/labels';
import type { Ran } from '../rows/retries';
import type { AgainSettings } from './againSettings';
import type { Call } from './call';
import { clocksOf } from './callingHours';
import { type CallItem, type Verdict, skipped } from './item';
import { isoTime } from './moment';
import type { NotedRow } from './rowNotes';
import { unlessNoneHas } from './unlessNoneHas';
import type { RunState } from './state';

function timeOf(iso: string | null): number | undefined {
	return iso === null ? undefined : Date.parse(iso);
}

/** What the row of a table is to keep of its calls. */
function kept({ tries, callsToday, lastCalledAt }: Tries): Partial<CallItem> {
	return {
		tries,
		calls_today: callsToday,
		last_called_at: lastCalledAt === undefined ? null : isoTime(lastCalledAt),
	};
}

/**
 * Says in an item when its contact is called again, by the time of the computer.
 *
 * @param clocks those of the contact; none if the row could not be read so far
 */
export function addNextCall(
	item: CallItem,
	again: AgainSettings | undefined,
	clocks: Clocks | undefined,
): CallItem {
	if (!again) return item;
	// A row that does not tell its tries is not called before a person has looked at it.
	if ('fault' in again.before) return Object.assign(item, { final: true });
	const { outcome, reason, ring_seconds, answered_by: answeredBy } = item;
	const done = {
		outcome,
		reason,
		ring_seconds,
		answeredBy,
		requestedAt: timeOf(item.requested_at),
		allowedAt: timeOf(item.next_allowed_at),
		now: Date.now(),
	};
	const next = nextCall(again.rules, again.before.value, done, clocks ?? noClocks);
	const at = next.at === undefined ? null : isoTime(next.at);
	return Object.assign(item, kept(next.tries), { call_again_at: at, final: at === null });
}

const noClocks: Clocks = { zones: [], hours: undefined };

function triesLeftOver({ rules }: AgainSettings, { tries }: Tries): Verdict {
	const message = `The contact has had ${tries} tries, and At Most (Tries) allows ${mostTriesOf(rules)}. Nobody was called`;
	return skipped('no_tries_left', message);
}

function dayOver(again: AgainSettings, before: Tries, clocks: Clocks, now: number): Verdict {
	const next = allowedFrom(again.rules, before, now, clocks);
	const [zone = 'UTC'] = clocks.zones;
	const words =
		next === undefined
			? 'No day of the next year allows another one'
			: `Allowed again ${inWords(zone, next, now)} (${zone})`;
	return skipped(
		'no_calls_left_today',
		`The contact has had ${before.callsToday} calls today, and Calls per Day allows ${again.rules.perDay}. ${words}. Nobody was called`,
		{ retryable: true, next_allowed_at: next === undefined ? null : isoTime(next) },
	);
}

/** Why a contact is not called who was called before: its tries cannot be read, or are used up, or its calls of today are. */
export function byTries(call: Call): Verdict | undefined {
	const { callAgain: again } = call.settings;
	if (!again) return undefined;
	const { before } = again;
	if ('fault' in before) {
		const { label, message } = before.fault;
		return skipped('tries_missing', `${label} ${message}. Nobody was called`);
	}
	const [clocks, now] = [clocksOf(call), Date.now()];
	const over = usedUp(again.rules, before.value, now, clocks.zones);
	if (over === 'tries') return triesLeftOver(again, before.value);
	return over && dayOver(again, before.value, clocks, now);
}

/** Notes whether a row tells its tries. A row without a number is wrong for another reason. */
export function noteTries({ settings, plan, row, state }: Call): void {
	const { callAgain: again } = settings;
	if (!again || plan.verdict) return;
	if ('value' in again.before) state.tries.known = true;
	else {
		const found = again.before.fault;
		state.tries.without.set(row.itemIndex, { row, shape: settings, facts: plan.facts, found });
	}
}

/** What is wrong with the tries of every row. */
function faultOf(rows: ReadonlyArray<NotedRow<LabelFault>>): LabelFault {
	const { label, message } = rows[0].found;
	return {
		label,
		message: `cannot be read for all ${rows.length} rows; the first one: it ${message}. Take it from the row with an expression, such as {{ $json.tries }}`,
	};
}

/** What rows came to, unless Call Again is set and no row tells its tries, see `unlessNoneHas`. */
export function unlessTriesMissing(rows: readonly Ran[], state: RunState): readonly Ran[] {
	const { tries: notes } = state;
	return unlessNoneHas(rows, state, { notes, reason: 'tries_missing', faultOf });
}
