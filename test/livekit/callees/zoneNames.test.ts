import { windowsZones } from '../../../livekit/callees/windowsZones';
import { zoneNamed } from '../../../livekit/callees/zoneNames';
import { isZone, sameZone } from '../../../livekit/callees/zones';

describe('names of time zones', () => {
	it.each([
		['Europe/Berlin', 'Europe/Berlin'],
		[' europe/berlin ', 'europe/berlin'],
		['Berlin', 'Europe/Berlin'],
		['berlin', 'Europe/berlin'],
		['New York', 'America/new_york'],
		['Kolkata', 'Asia/kolkata'],
		['Louisville', 'America/louisville'],
		['Port-au-Prince', 'America/port-au-prince'],
		['Eastern Time', 'America/New_York'],
		['US Eastern Time', 'America/New_York'],
		['Pacific Time (US & Canada)', 'America/Los_Angeles'],
		['Central  European   Time', 'CET'],
		['W. Europe Standard Time', 'Europe/Berlin'],
		['eastern standard time', 'America/New_York'],
		['India Standard Time', 'Asia/Calcutta'],
		['GMT Standard Time', 'Europe/London'],
	])('%s is %s', (text, zone) => expect(zoneNamed(text)?.toLowerCase()).toBe(zone.toLowerCase()));

	it.each([
		'',
		'EST',
		'ET',
		'BST',
		'IST',
		'+02:00',
		'UTC+2',
		'GMT+2',
		'UTC+12',
		'Samoa Standard Time',
		'Eastern',
		'Standard Time',
		'Time',
		'West',
		'South',
		'Victoria',
		'Springfield',
		'Berlin, Germany',
		'Germany',
		'Berlin; Paris',
		'Europe/',
		'/Berlin',
		'Europe',
		'Etc',
		'(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
		'constructor',
		'__proto__',
	])('%j is none', (text) => expect(zoneNamed(text)).toBeUndefined());

	it('every name of Windows is a zone of IANA', () => {
		expect(windowsZones.size).toBeGreaterThan(125);
		for (const [name, zone] of windowsZones) {
			expect(isZone(zone)).toBe(true);
			expect(zoneNamed(name.toUpperCase())).toBe(zone);
		}
	});

	it('every city of IANA is its own zone, or none', () => {
		const cities = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));
		let read = 0;
		for (const zone of cities) {
			const named = zoneNamed(zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' '));
			if (named === undefined) continue;
			read++;
			expect([zone, sameZone(named, zone)]).toEqual([zone, true]);
		}
		expect(read).toBeGreaterThan(400);
	});
});
