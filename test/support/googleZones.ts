import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The map as Google's data comes, read anew: by ends of prefixes in a sorted list, and not by what our build made of it. */
function readOriginal(): Array<{ prefix: string; zones: string[] }> {
	const path = join(__dirname, '..', '..', 'local', 'libphonenumber-timezones.gz');
	const view = new DataView(new Uint8Array(gunzipSync(readFileSync(path))).buffer);
	const size = view.getUint32(0, true);
	const names = new TextDecoder().decode(new Uint8Array(view.buffer, 4, size)).split('\n');
	const entries: Array<{ prefix: string; zones: string[] }> = [];
	let at = 8 + size;
	let sum = 0n;
	while (at < view.byteLength) {
		let shift = 0n;
		for (let more = true; more; at++, shift += 7n) {
			const byte = view.getUint8(at);
			sum += BigInt(byte & 0x7f) << shift;
			more = byte >= 0x80;
		}
		const zones: string[] = [];
		for (let left = view.getUint8(at++); left > 0; left--, at += 2)
			zones.push(names[view.getUint16(at, true)]);
		entries.push({ prefix: sum.toString(), zones });
	}
	expect(entries).toHaveLength(view.getUint32(4 + size, true));
	return entries;
}

/** All entries of the map. */
export const original = readOriginal();
