import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from '../pack.mjs';

/** The map as github.com/nyaruka/phonenumbers holds it; `npm run timezones:update` brings a newer one. */
const MAP = join(root, 'local', 'libphonenumber-timezones.gz');
const LINE = 140;

/**
 * Reads the map: the length of the names, the names, how many prefixes there are, and for each the distance to the one
 * before (unsigned varint), how many zones it has (a byte) and their places among the names (16 bits, little-endian).
 *
 * @returns {Map<string, string[]>} zones by prefix, without "+"
 */
function readMap() {
	const bytes = gunzipSync(readFileSync(MAP));
	const namesEnd = 4 + bytes.readUInt32LE(0);
	const names = bytes.toString('utf8', 4, namesEnd).split('\n');
	const count = bytes.readUInt32LE(namesEnd);
	let [at, prefix] = [namesEnd + 4, 0];
	const varint = () => {
		for (let [value, shift] = [0, 1]; ; shift *= 128) {
			const byte = bytes[at++];
			value += (byte % 128) * shift;
			if (byte < 128) return value;
		}
	};
	return new Map(
		Array.from({ length: count }, () => {
			prefix += varint();
			const zones = Array.from({ length: bytes[at++] }, () => {
				at += 2;
				return names[bytes.readUInt16LE(at - 2)];
			});
			return [String(prefix), zones];
		}),
	);
}

/** The map, with all zones of the country for numbers that belong to no place in it. */
function withoutPlace(map, numbersOfNoPlace) {
	const wide = Object.entries(numbersOfNoPlace).flatMap(([code, starts]) =>
		starts.map((start) => [`${code}${start}`, map.get(code)]),
	);
	const others = [...map].filter(([prefix]) => !wide.some(([start]) => prefix.startsWith(start)));
	return new Map([...others, ...wide]);
}

/** The map with other zones where it is wrong. */
function corrected(map, { correctedZones, correctedCountries }) {
	const places = Object.entries(correctedZones);
	const others = [...map].filter(([prefix]) => !places.some(([start]) => prefix.startsWith(start)));
	const countries = Object.entries(correctedCountries).map(([code, { without = [], add = [] }]) => [
		code,
		[...map.get(code).filter((zone) => !without.includes(zone)), ...add].sort(),
	]);
	return new Map([...others, ...countries, ...places]);
}

/** The prefixes that do not only repeat what a shorter one says, by their zones. */
function prefixesByZones(map) {
	const found = new Map();
	for (const [prefix, zones] of map) {
		const shorter = Array.from({ length: prefix.length - 1 }, (_, cut) =>
			prefix.slice(0, -1 - cut),
		);
		const above = shorter.find((one) => map.has(one));
		const key = zones.join('&');
		if (map.get(above)?.join('&') !== key) found.set(key, [...(found.get(key) ?? []), prefix]);
	}
	return found;
}

const sharedLength = (one, other) => [...one].findIndex((digit, index) => digit !== other[index]);

/** Prefixes of rising length, each without the digits that it shares with the one before of the same length. */
function abbreviated(prefixes) {
	const sorted = [...prefixes].sort((one, other) => one.length - other.length || one - other);
	return sorted.map((prefix, index) => {
		const before = sorted[index - 1];
		return before?.length === prefix.length ? prefix.slice(sharedLength(prefix, before)) : prefix;
	});
}

/** Texts on lines that are not too long. */
function wrapped(texts) {
	return texts.reduce((lines, text) => {
		const last = lines.at(-1);
		if (last !== undefined && last.length + text.length < LINE)
			return [...lines.slice(0, -1), `${last} ${text}`];
		return [...lines, text];
	}, []);
}

/** livekit/callees/prefixZones.ts: Google's map from prefixes of phone numbers to time zones. */
export function prefixZones(sources) {
	const map = withoutPlace(corrected(readMap(), sources), sources.numbersOfNoPlace);
	const entries = [...prefixesByZones(map)].map(
		([zones, prefixes]) => `${zones}:${abbreviated(prefixes).join(',')}`,
	);
	return `/**
 * Time zones by the first digits of phone numbers, from Google's libphonenumber (Apache 2.0, resources/timezones/map_data.txt).
 * Written by npm run generate from local/libphonenumber-timezones.gz with tools/generate/noPlace.ts and correctedZones.ts. \`Zone&Zone:prefix,prefix\`, with white space between; a
 * prefix that is not longer than the one before takes the digits that are missing in front from it.
 */
export const prefixZones = \`
${wrapped(entries.sort()).join('\n')}
\`;
`;
}
