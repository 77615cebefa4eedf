import { readHours } from '../../../livekit/callees/times';
import * as fc from '../../support/fastCheck';

const shown = (minute: number) =>
	`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The hours as the clock with 24 hours shows them, or the field that is refused. */
function hours(from?: unknown, until?: unknown): string {
	const read = readHours({ from, until });
	return 'fault' in read ? read.fault.path : `${shown(read.value.from)} ${shown(read.value.until)}`;
}

describe('hours of the day', () => {
	it.each<[unknown, unknown, string]>([
		[undefined, undefined, '09:00 20:00'],
		['9', '18', '09:00 18:00'],
		[9, 18, '09:00 18:00'],
		['9 am', '5 pm', '09:00 17:00'],
		['9AM', '5:30P.M.', '09:00 17:30'],
		['9.30', '18.15', '09:30 18:15'],
		['9h30', '18h', '09:30 18:00'],
		['9 Uhr', '18 Uhr', '09:00 18:00'],
		['9.30 Uhr', '18:00 h', '09:30 18:00'],
		["9 o'clock", '18', '09:00 18:00'],
		['09:00:00', '20:00:00', '09:00 20:00'],
		['12 am', '12 pm', '00:00 12:00'],
		['00:00', '24:00', '00:00 24:00'],
		['6:00', '20:00', '06:00 20:00'],
		['22:00', '6:00', '22:00 06:00'],
		['9 pm', '5', '21:00 05:00'],
		['22:00', '06:00', '22:00 06:00'],
		['10:00', undefined, '10:00 20:00'],
		[undefined, '18:00', '09:00 18:00'],
		[undefined, '24:00', '09:00 24:00'],
	])('from %j until %j is %s', (from, until, wanted) => expect(hours(from, until)).toBe(wanted));

	it.each<[unknown, unknown, string]>([
		// The same time is never round the clock.
		['09:00', '09:00', 'until'],
		['00:00', '00:00', 'until'],
		['0', '12 am', 'until'],
		['20:00', '8 pm', 'until'],
		// Alone, over midnight with what stands for the other.
		['20:00', undefined, 'from'],
		['21:00', undefined, 'from'],
		[undefined, '09:00', 'until'],
		[undefined, '06:00', 'until'],
		[undefined, '8', 'until'],
		// Which half of the day?
		['9', '8', 'until'],
		['9:00', '5:00', 'until'],
		['9 am', '6', 'until'],
		['12', '5', 'until'],
		['1', '5', 'from'],
		['1', '5 pm', 'from'],
		['1:00', '12', 'from'],
		// No time.
		['24:00', '20:00', 'from'],
		['09:60', '20:00', 'from'],
		['9.5', '20:00', 'from'],
		[9.5, '20:00', 'from'],
		[0.375, '20:00', 'from'],
		['930', '20:00', 'from'],
		['13 pm', '20:00', 'from'],
		['0 am', '20:00', 'from'],
		['nine', '20:00', 'from'],
		['9 heures', '20:00', 'from'],
		['neun Uhr', '20:00', 'from'],
		['9 Uhr', '5 Uhr', 'until'],
		['13 Uhr', '5', 'until'],
		['1 Uhr', '5 Uhr', 'from'],
		['09:00-12:00', '20:00', 'from'],
		['09:00', '24:01', 'until'],
		['09:00', '25', 'until'],
		['09:00', '-1', 'until'],
		['09:00', '20:00:30', 'until'],
		['09:00', true, 'until'],
		['09:00', {}, 'until'],
		['', '20:00', 'from'],
		['09:00', ' ', 'until'],
	])('from %j until %j is refused at %s', (from, until, path) =>
		expect(hours(from, until)).toBe(path),
	);

	it('a refusal shows the value', () => {
		expect(readHours({ from: 'nine' })).toEqual({
			fault: { path: 'from', message: expect.stringContaining('not "nine"') },
		});
		expect(readHours({ from: '20:00' })).toEqual({
			fault: { path: 'from', message: expect.stringContaining('is "20:00"') },
		});
	});

	it('a time in any spelling is read as that time, or refused', () => {
		const two = (value: number) => String(value).padStart(2, '0');
		const spelt = fc.tuple(fc.nat(23), fc.nat(59)).chain(([hour, minute]) => {
			const half = hour < 12 ? 'am' : 'pm';
			const short = hour % 12 === 0 ? 12 : hour % 12;
			const spellings = [
				`${two(hour)}:${two(minute)}`,
				`${hour}:${two(minute)}`,
				`${hour}.${two(minute)}`,
				`${two(hour)}:${two(minute)}:00`,
				`${short}:${two(minute)} ${half}`,
				`${short}:${two(minute)}${half.toUpperCase()}`,
				...(minute === 0 ? [String(hour), `${short} ${half}`, `${hour}h`] : []),
			];
			return fc.record({
				minute: fc.constant(hour * 60 + minute),
				text: fc.constantFrom(...spellings),
			});
		});
		fc.assert(
			fc.property(spelt, spelt, (from, until) => {
				const read = readHours({ from: from.text, until: until.text });
				if ('value' in read) expect(read.value).toEqual({ from: from.minute, until: until.minute });
			}),
			{ numRuns: 2000 },
		);
	});

	it('no text opens an hour that it does not name', () => {
		const piece = fc.constantFrom(
			'9',
			'5',
			'12',
			':',
			'.',
			'00',
			'30',
			'am',
			'pm',
			' ',
			'-',
			'x',
			'24',
			'0',
		);
		const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
		fc.assert(
			fc.property(text, text, (from, until) => {
				const read = readHours({ from, until });
				if ('fault' in read) return;
				for (const [given, minute] of [
					[from, read.value.from],
					[until, read.value.until],
				] as const) {
					// One hour, no more than one number beside it, and nothing else but am or pm.
					expect(given).toMatch(/^\s*\d{1,2}([:.]\d\d(:00)?)?\s?([ap]m\.?)?\s*$/);
					expect((Number.parseInt(given, 10) % 12) * 60).toBe((minute - (minute % 60)) % 720);
				}
				expect(read.value.from).not.toBe(read.value.until);
			}),
			{ numRuns: 5000 },
		);
	});
});
