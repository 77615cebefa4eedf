import type { CallingHours } from '../callees/callingHours';
import { nextDay } from '../callees/localDays';
import { whenOpen } from '../callees/whenOpen';
import type { PickedUpBy } from '../outcome/pickedUpBy';
import { type Rung, mayHaveRung } from '../outcome/rang';
import { factsOf } from '../outcome/reasons';
import { type AgainOutcome, type AgainRules, againOutcomes, mostTriesOf } from './rules';
import { type Tries, callsOnDay, withCall } from './tries';

/** The clocks of a contact. */
export interface Clocks {
	/** Time zones in which the contact may be; none if that is not known. */
	readonly zones: readonly string[];
	/** When the contact may be called; undefined for any time. */
	readonly hours: CallingHours | undefined;
}

/** What became of a row. Times are Unix milliseconds. */
export interface Done extends Rung {
	readonly pickedUpBy: PickedUpBy | null;
	/** When the call was asked for; undefined if none was. */
	readonly requestedAt: number | undefined;
	/** When the row may be called again at the earliest, if a rule says so. */
	readonly allowedAt: number | undefined;
	/** When its end was known. */
	readonly now: number;
}

/** What comes next for a contact. */
export interface Next {
	readonly tries: Tries;
	/** Unix milliseconds of the next call, undefined if there is to be none. */
	readonly at: number | undefined;
}

const minuteMs = 60_000;
/** After a row that reached no carrier, for no reason of its own. */
const uncalledMs = 10 * minuteMs;
/** Until there may be a place. */
const noPlaceMs = minuteMs;

/** The first moment from one on at which a contact may be called: of a later day if the calls of that day are used up. */
export function allowedFrom(
	{ perDay }: AgainRules,
	tries: Tries,
	from: number,
	{ zones, hours }: Clocks,
): number | undefined {
	const isFull = callsOnDay(tries, zones, from) >= perDay;
	const at = isFull ? nextDay(zones, tries.lastCalledAt ?? from) : from;
	if (!hours) return at;
	// Without a zone nobody knows when the hours are open.
	if (zones.length === 0) return undefined;
	const opening = whenOpen(hours, zones, new Date(at));
	return opening.open ? at : opening.next?.getTime();
}

/** Why a contact must not be called any more, for good or today; undefined if it may be. */
export function usedUp(
	rules: AgainRules,
	tries: Tries,
	now: number,
	zones: readonly string[],
): 'tries' | 'day' | undefined {
	if (tries.tries >= mostTriesOf(rules)) return 'tries';
	return callsOnDay(tries, zones, now) >= rules.perDay ? 'day' : undefined;
}

/** When a row that was not dialled may have its turn again; undefined if that is of no use. */
function afterUncalled({ outcome, reason, allowedAt, now }: Done): number | undefined {
	const facts = reason === null ? undefined : factsOf(outcome, reason);
	if (facts?.ends) return undefined;
	// The hours are open on no day of the next year.
	if (reason === 'outside_calling_hours' && allowedAt === undefined) return undefined;
	if (reason === 'dry_run') return now;
	return allowedAt ?? now + (reason === 'no_place' ? noPlaceMs : uncalledMs);
}

/** The rule for what became of a call; undefined if it has none, or if the contact is on the line. */
function ruleFor({ byOutcome }: AgainRules, { outcome, reason, pickedUpBy }: Done) {
	// The contact is on the line, or another attempt is under way and tells by itself what came of it.
	if (reason === 'already_running') return undefined;
	const word = outcome === 'answered' && pickedUpBy === 'voicemail' ? 'voicemail' : outcome;
	const known = againOutcomes.find((one): one is AgainOutcome => one === word);
	return known && byOutcome.get(known);
}

/** When a contact who was dialled is called again; undefined if no rule says so. */
function afterDial(rules: AgainRules, tries: Tries, done: Done): number | undefined {
	const rule = ruleFor(rules, done);
	if (!rule) return done.outcome === 'rate_limited' ? done.now + uncalledMs : undefined;
	return tries.tries >= rule.atMost ? undefined : done.now + rule.afterMinutes * minuteMs;
}

/**
 * When a contact is to be called again. A try counts if the phone may have rung, whatever came of it. An outcome without a
 * rule ends the contact, unless the carrier or LiveKit took no more calls; so do all tries. What is not the contact's fault does not.
 *
 * @param before what was known before this row
 */
export function nextCall(rules: AgainRules, before: Tries, done: Done, clocks: Clocks): Next {
	const { outcome, requestedAt, now } = done;
	const rang = mayHaveRung(done);
	const tries = rang ? withCall(before, clocks.zones, requestedAt ?? now) : before;
	const uncalled = outcome === 'skipped' || outcome === 'not_sent' || outcome === 'invalid_number';
	const at = uncalled ? afterUncalled(done) : afterDial(rules, tries, done);
	const isOver = at === undefined || tries.tries >= mostTriesOf(rules);
	return { tries, at: isOver ? undefined : allowedFrom(rules, tries, at, clocks) };
}
