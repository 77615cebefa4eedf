import { type Clocks, allowedFrom, usedUp } from '../../../livekit/again/nextCall';
import { type AgainRules, mostTriesOf } from '../../../livekit/again/rules';
import { inWords } from '../../../livekit/callees/zones';
import type { Tries } from '../../../livekit/again/tries';
import type { LabelFault } from '../../shared/labels';
import type { Ran } from '../rows/retries';
import type { Call } from './call';
import { clocksOf } from './callingHours';
import { type Verdict, skipped } from './item';
import { isoTime } from './moment';
import type { NotedRow } from './rowNotes';
import { unlessNoneHas } from './unlessNoneHas';
import type { RunState } from './state';

function triesLeftOver(rules: AgainRules, { tries }: Tries): Verdict {
	const message = `The contact has had ${tries} tries, and At Most (Tries) allows ${mostTriesOf(rules)}. Nobody was called`;
	return skipped('no_tries_left', message);
}

function dayOver(rules: AgainRules, before: Tries, clocks: Clocks, now: number): Verdict {
	const next = allowedFrom(rules, before, now, clocks);
	const [zone = 'UTC'] = clocks.zones;
	const words =
		next === undefined
			? 'No day of the next year allows another one'
			: `Allowed again ${inWords(zone, next, now)} (${zone})`;
	return skipped(
		'no_calls_left_today',
		`The contact has had ${before.callsToday} calls today, and Calls per Day allows ${rules.perDay}. ${words}. Nobody was called`,
		{ retryable: true, next_allowed_at: next === undefined ? null : isoTime(next) },
	);
}

/** Why a contact is not called who was called before: its tries cannot be read, or are used up, or its calls of today are. */
export function byTries(call: Call): Verdict | undefined {
	const { callAgain: again } = call.settings;
	if (!again) return undefined;
	const { rules, before } = again;
	// The row has failed for it.
	if ('fault' in rules) return undefined;
	if ('fault' in before) {
		const { label, message } = before.fault;
		return skipped('tries_missing', `${label} ${message}. Nobody was called`);
	}
	const [clocks, now] = [clocksOf(call), Date.now()];
	const over = usedUp(rules.value, before.value, now, clocks.zones);
	if (over === 'tries') return triesLeftOver(rules.value, before.value);
	return over && dayOver(rules.value, before.value, clocks, now);
}

/** Notes whether a row tells its tries. A row without a number is wrong for another reason. */
export function noteTries({ settings, plan, row, state }: Call): void {
	const { callAgain: again } = settings;
	if (!again || plan.verdict) return;
	if ('value' in again.before) state.tries.known = true;
	else {
		const found = again.before.fault;
		state.tries.without.set(row.itemIndex, { row, settings, facts: plan.facts, found });
	}
}

/** What is wrong with the tries of every row. */
function faultOf(rows: ReadonlyArray<NotedRow<LabelFault>>): LabelFault {
	const { label, message } = rows[0].found;
	const where = rows.length === 1 ? 'this row' : `all ${rows.length} rows; the first one`;
	return {
		label,
		message: `cannot be read for ${where}: it ${message}. Take it from the row with an expression, such as {{ $json.tries }}`,
	};
}

/** What rows came to, unless Call Again is set and no row tells its tries, see `unlessNoneHas`. */
export function unlessTriesMissing(rows: readonly Ran[], state: RunState): readonly Ran[] {
	const { tries: notes } = state;
	// A table has no such column: an empty cell of it would be null.
	const isSetup = ({ settings }: NotedRow<LabelFault>) =>
		settings.callAgain?.given.tries === undefined;
	return unlessNoneHas(rows, state, { notes, reason: 'tries_missing', faultOf, isSetup });
}
