import { show } from '../../../livekit/json';
import type { LabelFault } from '../../shared/labels';
import type { Ran } from '../rows/retries';
import type { Call } from './call';
import { zonelessOf } from './callingHours';
import type { Zoneless } from './hourSettings';
import type { NotedRow } from './rowNotes';
import { unlessNoneHas } from './unlessNoneHas';
import type { RunState } from './state';

/** Notes whether the time zone of a row is known. A row without a number is wrong for another reason. */
export function noteZone(call: Call): void {
	const { settings, plan, row, state } = call;
	if (!settings.callingHours || plan.verdict) return;
	const found = zonelessOf(call);
	if (found === undefined) state.zones.known = true;
	else state.zones.without.set(row.itemIndex, { row, settings, facts: plan.facts, found });
}

const mostShown = 3;

function shownOf(values: readonly string[]): string {
	const all = [...new Set(values)];
	return `${all.slice(0, mostShown).join(', ')}${all.length > mostShown ? ', ...' : ''}`;
}

/** What no row of a run has, in words. */
function faultOf(rows: ReadonlyArray<NotedRow<Zoneless>>): LabelFault {
	const numbers = rows.flatMap(({ found }) => (found.zone === 'untold' ? [found.number] : []));
	if (numbers.length > 0) {
		const message = `cannot be told by the number of any of the ${rows.length} rows: ${shownOf(numbers)}. Give numbers with their country code, fill in {default_country}, or set Time Zone to By Name`;
		return { label: 'Time Zone', message };
	}
	const advice =
		'Take it from the row with an expression that gives a name such as Europe/Berlin, or set Time Zone to Of the Number';
	const wrong = rows.flatMap(({ found }) => (found.zone === 'wrong' ? [show(found.given)] : []));
	return {
		label: 'Time Zone Name',
		message:
			wrong.length === 0
				? `is empty for all ${rows.length} rows. ${advice}`
				: `names no time zone for sure for any of the ${rows.length} rows: ${shownOf(wrong)}. ${advice}`,
	};
}

/** What rows came to, unless Calling Hours are set and no row has a time zone, see `unlessNoneHas`. */
export function unlessZoneless(rows: readonly Ran[], state: RunState): readonly Ran[] {
	const { zones: notes } = state;
	return unlessNoneHas(rows, state, { notes, reason: 'time_zone_missing', faultOf });
}
