import { calledBy, subscribersOf } from '../../../livekit/callees/called';
import {
	type CallingHours,
	readCallingHours,
	readZone,
} from '../../../livekit/callees/callingHours';
import { zonesOfNumber } from '../../../livekit/callees/numberZones';
import { whenOpen } from '../../../livekit/callees/whenOpen';
import { inWords, isZone } from '../../../livekit/callees/zones';
import { type Fault, show } from '../../../livekit/json';
import type { Clocks } from '../../../livekit/again/nextCall';
import type { Result } from '../../../livekit/result';
import type { LabelFault } from '../../shared/labels';
import { hourWays, zoneWays } from '../fields/callingHours';
import { blockLabel } from './blockLabel';
import type { Call } from './call';
import type { HourSettings, Zoneless } from './hourSettings';
import { type Verdict, skipped } from './item';

/** What is wrong with the form, or with the address that a row calls. */
type FormFault = Fault | LabelFault;

const labels = {
	whole: 'Hours',
	block: 'Hours',
	fields: { days: 'Days', from: 'From', until: 'Until' },
};

/** A fault of the hours by the labels of the form. */
function byLabel({ path, message }: Fault, { blocks }: HourSettings): LabelFault {
	if (path === 'excludedDates') return { label: 'Excluded Dates', message };
	return { label: blockLabel(labels, path, blocks), message };
}

function zonesByNumber({
	plan,
	settings,
}: Call): Result<readonly string[], 'fault', FormFault> | Zoneless {
	const { numbers, faults } = calledBy(plan.body);
	if (faults.length > 0) return { fault: faults[0] };
	const subscribers = numbers.flatMap(({ number }) => subscribersOf(number, settings));
	const zones = new Set<string>();
	for (const number of subscribers) {
		const found = zonesOfNumber(number);
		if (found.length === 0 || !found.every(isZone)) return { zone: 'untold', number };
		for (const zone of found) zones.add(zone);
	}
	return { value: [...zones] };
}

/** The zones in which the callee may be, or what is wrong. */
function zonesOf(
	call: Call,
	{ timeZone, timeZoneName }: HourSettings,
): Result<readonly string[], 'fault', FormFault> | Zoneless {
	if (timeZone === zoneWays.ofNumber) return zonesByNumber(call);
	if (timeZone === zoneWays.byName) {
		const read = readZone(timeZoneName);
		return 'zone' in read ? read : { value: [read.value] };
	}
	const message = `must be "${zoneWays.ofNumber}" or "${zoneWays.byName}", not ${show(timeZone)}. Put the name of a time zone into Time Zone Name`;
	return { fault: { label: 'Time Zone', message } };
}

function zonelessVerdict(found: Zoneless): Verdict {
	const words =
		found.zone === 'untold'
			? `No time zone is known for ${found.number}. Write the number with its country code, or set Time Zone to By Name`
			: found.zone === 'missing'
				? 'The row has no Time Zone Name: give an IANA name such as Europe/Berlin'
				: `The row's Time Zone Name ${show(found.given)} names no zone for sure: give an IANA name such as Europe/Berlin`;
	return skipped('time_zone_missing', `${words}. Nobody was called`);
}

function outside(hours: CallingHours, zones: readonly string[], now: Date): Verdict | undefined {
	const verdict = whenOpen(hours, zones, now);
	if (verdict.open) return undefined;
	const { next } = verdict;
	const all = zones.length > 1 ? ` in all ${zones.length} time zones of the number` : '';
	const again = next
		? `Allowed again ${inWords(zones[0], next.getTime(), now.getTime())} (${zones[0]})${all && `, when it is inside of them${all}`}`
		: `No day of the next year is inside of them${all}`;
	return skipped('outside_calling_hours', `Outside the calling hours. ${again}`, {
		retryable: next !== undefined,
		next_allowed_at: next?.toISOString() ?? null,
	});
}

/**
 * The clocks by which a row's callee is called: the Calling Hours and their time zone, or else the zone of the number. What
 * cannot be read is left out: `byHours` says so.
 */
export function clocksOf(call: Call): Clocks {
	const { callingHours } = call.settings;
	const zones = callingHours ? zonesOf(call, callingHours) : zonesByNumber(call);
	const hours = callingHours && readCallingHours(callingHours);
	return {
		zones: 'value' in zones ? zones.value : [],
		hours: hours && 'value' in hours ? hours.value : undefined,
	};
}

/** Why the time zone of a row's callee is not known; undefined if it is, or if the row has no Calling Hours. */
export function zonelessOf(call: Call): Zoneless | undefined {
	const { callingHours } = call.settings;
	const zones = callingHours && zonesOf(call, callingHours);
	return zones && 'zone' in zones ? zones : undefined;
}

/** Whether the callee may be called at this moment: the row may have waited for its turn since it was read. */
export function byHours(call: Call): Verdict | FormFault | undefined {
	const { callingHours } = call.settings;
	if (!callingHours) return undefined;
	if (callingHours.callingHours !== hourWays.only) {
		const message = `must be "${hourWays.always}" or "${hourWays.only}", not ${show(callingHours.callingHours)}`;
		return { label: 'Calling Hours', message };
	}
	const hours = readCallingHours(callingHours);
	if ('fault' in hours) return byLabel(hours.fault, callingHours);
	const zones = zonesOf(call, callingHours);
	if ('fault' in zones) return zones.fault;
	return 'zone' in zones ? zonelessVerdict(zones) : outside(hours.value, zones.value, new Date());
}
