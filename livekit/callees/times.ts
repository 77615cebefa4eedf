import { type Fault, show } from '../json';
import type { Result } from '../result';

interface TimeOfDay {
	/** Minutes since midnight, up to 1440 for `24:00`. */
	readonly minute: number;
	/** How it was written: `13:00` and `05:00`, `5 pm`, or `5` and `5:00`, which may mean the afternoon. */
	readonly style: '24h' | '12h' | 'loose';
}

type Given = Readonly<Record<string, unknown>>;

/** The hours of a day, in minutes since midnight. */
export interface Hours {
	readonly from: number;
	/** If earlier than `from`, the hours go past midnight. */
	readonly until: number;
}

const dayMinutes = 1440;
const noon = 720;
const earliestMorning = 420;
/** From here on an hour has two digits in either notation. */
const tenOClock = 600;
/** What stands for a time that the user left out. */
const usual = { from: '09:00', until: '20:00' };
const labels = { from: '{from}', until: '{until}' };

// 9, 09, 9:00, 09.00, 9h30, 09:00:00, 9 am, 9:30 p.m., 18h, 18 Uhr, 9 o'clock
const form = /^(\d{1,2})(?:[:.h](\d{2})(?::00)?)?\s?(?:([ap])\.?\s?m\.?|h|uhr|o['’]clock)?$/;

function timeIn(text: string): TimeOfDay | undefined {
	const found = form.exec(text.toLowerCase());
	if (!found) return undefined;
	const [, hourText, minuteText = '00', half] = found;
	const [hour, minutes] = [Number(hourText), Number(minuteText)];
	if (minutes > 59) return undefined;
	if (half === undefined) {
		const minute = hour * 60 + minutes;
		const style = hour > 12 || hourText.startsWith('0') ? '24h' : 'loose';
		return minute <= dayMinutes ? { minute, style } : undefined;
	}
	if (hour < 1 || hour > 12) return undefined;
	return { minute: ((hour % 12) + (half === 'p' ? 12 : 0)) * 60 + minutes, style: '12h' };
}

function readTime(path: string, given: unknown): Result<TimeOfDay, 'fault', Fault> {
	const isText = typeof given === 'string' || Number.isInteger(given);
	const time = isText ? timeIn(String(given).trim()) : undefined;
	if (time && !(path === 'from' && time.minute === dayMinutes)) return { value: time };
	return { fault: { path, message: `must be a time such as 09:00 or 5 pm, not ${show(given)}` } };
}

function surely(given: unknown): string {
	return `is ${show(given)}: write it like 05:00 or 5 pm, so that it is sure which half of the day is meant`;
}

/**
 * What is wrong with times that could be read. `5` may mean the afternoon: it is refused where that would be other hours
 * than those of the clock with 24 hours, which would be early in the morning or almost the whole day.
 */
function doubtOf(from: TimeOfDay, until: TimeOfDay, given: Given): Fault | undefined {
	const alone = given.from === undefined ? 'until' : given.until === undefined ? 'from' : undefined;
	const overMidnight = until.minute < from.minute;
	if (alone !== undefined && until.minute <= from.minute) {
		const other = alone === 'from' ? 'until' : 'from';
		const message = `is ${show(given[alone])}, which makes no hours of one day with ${usual[other]}, which stands for ${labels[other]}. Add ${labels[other]}`;
		return { path: alone, message };
	}
	if (from.minute === until.minute) {
		const message = `is ${show(given.until)}, the same time as ${labels.from}: nobody could be called. Write 00:00 and 24:00 for the whole day`;
		return { path: 'until', message };
	}
	// From 1 pm until 5, and from 20:00 until 9: with "pm" it would end on the same day.
	const by24Hours = from.minute > noon && from.style === '24h' && until.minute >= tenOClock;
	if (overMidnight && !by24Hours && until.style === 'loose' && until.minute + noon > from.minute)
		return { path: 'until', message: surely(given.until) };
	return from.style === 'loose' && from.minute < earliestMorning && until.style !== '24h'
		? { path: 'from', message: surely(given.from) }
		: undefined;
}

/**
 * Reads From and Until. A time that is left out is 09:00 or 20:00, if the two are hours of one day. The path of a fault is
 * `from` or `until`.
 */
export function readHours(given: Given): Result<Hours, 'fault', Fault> {
	const from = readTime('from', given.from === undefined ? usual.from : given.from);
	if ('fault' in from) return from;
	const until = readTime('until', given.until === undefined ? usual.until : given.until);
	if ('fault' in until) return until;
	const fault = doubtOf(from.value, until.value, given);
	return fault ? { fault } : { value: { from: from.value.minute, until: until.value.minute } };
}
