import { isZone, sameZone } from './zones';
import { windowsZones } from './windowsZones';

// The parts of the world under which IANA files cities.
const regions = [
	'Africa',
	'America',
	'America/Argentina',
	'America/Indiana',
	'America/Kentucky',
	'America/North_Dakota',
	'Antarctica',
	'Arctic',
	'Asia',
	'Atlantic',
	'Australia',
	'Europe',
	'Indian',
	'Pacific',
];

// IANA's old names for parts of Australia: elsewhere they mean other places, or a direction. Its Samoa is the American one,
// a day behind the state of that name.
const notCities = new Set(['act', 'lhi', 'north', 'nsw', 'samoa', 'south', 'victoria', 'west']);

// What North Americans call their zones. "Central European Time" and the like are no cities and stand here too.
const spoken: ReadonlyMap<string, string> = new Map([
	['alaska', 'America/Anchorage'],
	['atlantic', 'America/Halifax'],
	['central', 'America/Chicago'],
	['central european', 'CET'],
	['eastern', 'America/New_York'],
	['eastern european', 'EET'],
	['greenwich mean', 'GMT'],
	['hawaii', 'Pacific/Honolulu'],
	['mountain', 'America/Denver'],
	['pacific', 'America/Los_Angeles'],
	['western european', 'WET'],
]);

function spokenZone(name: string): string | undefined {
	const found = /^(?:us )?([a-z ]+?)(?: daylight| summer)? time(?: \(us (?:&|and) canada\))?$/.exec(
		name,
	);
	return found ? spoken.get(found[1]) : undefined;
}

function zoneOfCity(name: string): string | undefined {
	const city = name.replaceAll(' ', '_');
	if (!/^[a-z][a-z_'-]{2,}$/.test(city) || notCities.has(city)) return undefined;
	const zones = regions.map((region) => `${region}/${city}`).filter(isZone);
	return zones.every((zone) => sameZone(zone, zones[0])) ? zones[0] : undefined;
}

/**
 * The IANA name that a text means: one itself, a city of one (`Berlin`), a name of Windows (`W. Europe Standard Time`) or
 * what North Americans say (`Eastern Time`). Undefined where it means none, or may mean several: an offset such as `+02:00`
 * has no daylight saving time, and several zones share an abbreviation such as `EST`.
 */
export function zoneNamed(text: string): string | undefined {
	const plain = text.trim().replace(/\s+/g, ' ');
	if (isZone(plain)) return plain;
	const name = plain.toLowerCase();
	return windowsZones.get(name) ?? spokenZone(name) ?? zoneOfCity(name);
}
