import * as fc from 'fast-check';

import { type GivenHours, readCallingHours, readZone } from '../../../livekit/callees/callingHours';
import { isAllowed, readPrefixes } from '../../../livekit/callees/destinations';
import { readDoNotCall } from '../../../livekit/callees/doNotCall';
import { isEmergency } from '../../../livekit/callees/emergency';
import { readNumber } from '../../../livekit/callees/number';
import { zonesOfNumber } from '../../../livekit/callees/numberZones';
import { whenOpen } from '../../../livekit/callees/whenOpen';
import { type Sizes, hostileText, hostileValue } from '../hostile';
import { must, mustHideSecrets } from '../invariants';
import { type Target, target } from '../target';
import { drained } from '../../support/drained';

const numberText = fc.oneof(
	fc.constantFrom(
		'+14155550123',
		'0049 (0)30 901820',
		'030/901820',
		'+49 30 901820 ext. 12',
		'112',
		'911',
		'+1911',
		'00',
		'+',
		'tel:+1',
		'sip:a@b',
		"'+441632960000",
		'１２３',
		'+1\u00a0415\u2011555\u20110123',
		'1.5105550123e10',
		'sos',
	),
	fc.stringMatching(/^[+0-9 ()./x#-]{0,24}$/),
	hostileText,
);

interface Given {
	readonly number: unknown;
	readonly list: unknown;
	readonly country: string;
	readonly allowUserNames: boolean;
	readonly hours: GivenHours;
	readonly timeZone: unknown;
	readonly now: number;
}

function rows(sizes: Sizes): fc.Arbitrary<Given> {
	const any = hostileValue(sizes);
	const numbers = fc.array(
		fc.oneof(
			numberText,
			numberText.map((number) => ({ number })),
			any,
		),
		{ maxLength: 4 },
	);
	const time = fc.oneof(
		fc.constantFrom('09:00', '20:00', '00:00', '24:00', '9', '02:30'),
		hostileText,
		any,
	);
	const block = fc.record(
		{
			days: fc.oneof(fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), any),
			from: time,
			until: time,
		},
		{ requiredKeys: [] },
	);
	const hours = fc.record({
		blocks: fc.oneof(fc.array(fc.oneof(block, any), { maxLength: 3 }), any),
		excludedDates: fc.oneof(
			fc.constantFrom('', '2026-12-25', '2026-12-25, 2026-02-30', ['2026-01-01']),
			any,
		),
	});
	const timeZone = fc.oneof(
		fc.constantFrom(
			'Europe/Berlin',
			'America/New_York',
			'Pacific/Apia',
			'UTC',
			'+02:00',
			'Asia/Kathmandu',
		),
		any,
	);
	return fc.record({
		number: fc.oneof({ weight: 5, arbitrary: numberText }, { weight: 1, arbitrary: any }),
		list: fc.oneof<Array<fc.Arbitrary<unknown>>>(
			numbers,
			numbers.map((entries) => entries.filter((entry) => typeof entry === 'string').join(', ')),
			any,
		),
		country: fc.oneof(fc.constantFrom('', 'US', 'DE', 'de', 'ZZ', '__proto__'), hostileText),
		allowUserNames: fc.boolean(),
		hours,
		timeZone,
		now: fc.integer({ min: 0, max: 4_102_444_800_000 }),
	});
}

function checkNumber({ number, list, country, allowUserNames }: Given): void {
	const callee = readNumber(number, { defaultCountry: country, allowUserNames });
	if ('fault' in callee) {
		must(
			callee.fault.length > 0 && callee.fault.length < 500,
			`a fault of ${callee.fault.length} characters`,
		);
		mustHideSecrets('a fault', callee.fault);
	} else {
		must(
			callee.number !== '' && (allowUserNames || /^\+?\d+$/.test(callee.number)),
			`${callee.number.slice(0, 100)} is no number`,
		);
		must(
			callee.keys === undefined || /^[\d*#A-Dw]+$/i.test(callee.keys),
			'keys that no keypad has',
		);
		const again = readNumber(callee.number, { defaultCountry: country, allowUserNames });
		must(
			'fault' in again || again.number === callee.number,
			'a number that is read a second time is another one',
		);
		isEmergency(callee.number, { defaultCountry: country });
		const forbidden = drained(
			readDoNotCall([callee.number], { defaultCountry: country, allowUserNames }),
		);
		must(
			'fault' in forbidden || forbidden.value.find(callee) === true,
			'a number on the list may be called',
		);
	}
	const numbers = drained(readDoNotCall(list, { defaultCountry: country, allowUserNames }));
	const prefixes = readPrefixes(list);
	for (const read of [numbers, prefixes]) {
		if ('fault' in read) {
			must(
				read.fault.length > 0 && read.fault.length < 2000,
				`a fault of ${read.fault.length} characters`,
			);
			mustHideSecrets('a fault', read.fault);
		}
	}
	if ('value' in prefixes && 'number' in callee) isAllowed(callee.number, prefixes.value);
}

function checkHours({ hours, timeZone, number, now }: Given): void {
	const read = readCallingHours(hours);
	const named = readZone(timeZone);
	if ('fault' in read) return mustHideSecrets('a fault', read);
	const zones = [
		...('value' in named ? [named.value] : []),
		...(typeof number === 'string' ? zonesOfNumber(number) : []),
	];
	if (zones.length === 0) return;
	const verdict = whenOpen(read.value, zones, new Date(now));
	if (verdict.open || !verdict.next) return;
	must(verdict.next.getTime() > now, 'the next moment is not after this one');
	must(
		whenOpen(read.value, zones, verdict.next).open,
		'calls are not allowed at the moment that was named',
	);
}

/** The ways of whom to call and when. */
export function calleeTargets(around: (work: () => unknown) => Promise<void>): Target[] {
	return [
		target(
			'callees and calling hours',
			5,
			rows,
			(given) => [checkNumber(given), checkHours(given)],
			around,
		),
	];
}
