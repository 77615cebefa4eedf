import { readDays } from '../../../livekit/callees/days';
import * as fc from '../../support/fastCheck';

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const whole = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function days(given: unknown): string {
	const read = readDays(given);
	return 'fault' in read ? 'refused' : names.filter((_, day) => read.value.has(day)).join(' ');
}

describe('days of the week', () => {
	it.each<[unknown, string]>([
		['mon-fri', 'mon tue wed thu fri'],
		['Mon-Sat', 'mon tue wed thu fri sat'],
		['MON - FRI', 'mon tue wed thu fri'],
		['Mon–Fri', 'mon tue wed thu fri'],
		['Monday to Friday', 'mon tue wed thu fri'],
		['monday through thursday, sat', 'mon tue wed thu sat'],
		['Sat-Sun', 'sun sat'],
		['Fri-Mon', 'sun mon fri sat'],
		['Sun-Thu', 'sun mon tue wed thu'],
		['Tue., Thurs.', 'tue thu'],
		['mon;tue\nwed', 'mon tue wed'],
		[['mon', 'Wednesday', 'fri-sat'], 'mon wed fri sat'],
		['["mon","tue"]', 'mon tue'],
	])('%j are %s', (given, wanted) => expect(days(given)).toBe(wanted));

	it.each([
		'Mon-Sat, Sun closed',
		'Mon-Sat, not Sun',
		'Mon-Sat except Wed',
		'Mon-Sat (Sun: closed)',
		'mon-fri 9-17',
		'mon tue',
		'mon-',
		'-fri',
		'mon-wed-fri',
		'mon-mon',
		'monkey',
		'sunrise',
		'saturn',
		'weekdays',
		'Montag',
		'lun-ven',
		'Mo-Fr',
		'do',
		'1-5',
		'mon, someday',
		'none',
		'',
		' , ',
		'[mon',
		5,
		true,
		null,
		{},
		[],
		['mon, tue'],
		['mon', ''],
		['mon', null],
		[['mon']],
	])('%j is refused', (given) => expect(days(given)).toBe('refused'));

	it('a refusal names the entry', () =>
		expect(readDays('Mon-Sat, Sun closed')).toEqual({
			fault: expect.stringContaining('holds "Sun closed"'),
		}));

	it('an entry is one day or one range, whatever stands around it, or nothing is read', () => {
		const word = fc.constantFrom(
			...names,
			...whole,
			'closed',
			'not',
			'except',
			'und',
			'off',
			'9-17',
			'x',
		);
		const text = fc.array(
			fc.tuple(word, fc.constantFrom(' ', ', ', '-', ' - ', ' to ', '; ', '/')),
			{
				maxLength: 5,
			},
		);
		// A plain reading: entries between commas, each one of the names or two of them with a dash or "to" between.
		const dayAt = (name: string) => names.indexOf(name.trim().toLowerCase().slice(0, 3));
		const known = (name: string) =>
			[...names, ...whole].some((one) => one.toLowerCase() === name.trim().toLowerCase());
		fc.assert(
			fc.property(text, (parts) => {
				const given = parts.flat().join('');
				const read = readDays(given);
				if ('fault' in read) return;
				const wanted = new Set<number>();
				for (const entry of given.split(/[,;]/).filter((one) => one.trim() !== '')) {
					const ends = entry.trim().split(/ ?- ?| to /);
					expect(ends.length <= 2 && ends.every(known)).toBe(true);
					const [first, last = first] = ends.map(dayAt);
					for (let day = first; ; day = (day + 1) % 7) {
						wanted.add(day);
						if (day === last) break;
					}
				}
				expect(read.value).toEqual(wanted);
			}),
			{ numRuns: 3000 },
		);
	});
});
