import type { GenericValue } from 'n8n-workflow';
import { type Clocks, nextCall } from '../../../livekit/again/nextCall';
import { type GivenTries, type Tries, momentOf } from '../../../livekit/again/tries';
import type { AgainSettings } from './againSettings';
import type { CallItem } from './item';
import { isoTime } from './moment';

const noClocks: Clocks = { zones: [], hours: undefined };

function timeOf(iso: string | null): number | undefined {
	return iso === null ? undefined : Date.parse(iso);
}

/** A cell as the row gives it; null for what no table holds. */
function cell(given: unknown): GenericValue {
	const isText = typeof given === 'string' || typeof given === 'number';
	return isText || typeof given === 'boolean' || typeof given === 'object' ? given : null;
}

/** What a row says of its calls, unread: a table that takes the item back loses nothing. */
function givenBack({ tries, callsToday, lastCalledAt }: GivenTries): Partial<CallItem> {
	const at = typeof lastCalledAt === 'object' ? momentOf(lastCalledAt) : undefined;
	return {
		tries: cell(tries),
		calls_today: cell(callsToday),
		last_called_at: at === undefined ? cell(lastCalledAt) : isoTime(at),
	};
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
): void {
	if (!again) return;
	const { rules, before, given } = again;
	// Without rules, or without its tries, a row is not called before a person has looked at it.
	if ('fault' in rules || 'fault' in before) {
		Object.assign(item, givenBack(given), { final: true });
		return;
	}
	const { outcome, reason, ring_seconds, picked_up_by: pickedUpBy } = item;
	const done = {
		outcome,
		reason,
		ring_seconds,
		pickedUpBy,
		requestedAt: timeOf(item.requested_at),
		allowedAt: timeOf(item.next_allowed_at),
		now: Date.now(),
	};
	const next = nextCall(rules.value, before.value, done, clocks ?? noClocks);
	const at = next.at === undefined ? null : isoTime(next.at);
	Object.assign(item, kept(next.tries), { call_again_at: at, final: at === null });
}
