import { listedNumber } from '../../../livekit/callees/listed';
import * as fc from '../../support/fastCheck';

it.each([
	['+1 510 555 0100', '+15105550100'],
	['tel:+15105550100', '+15105550100'],
	['0049 30 123456', '+4930123456'],
	['004930123456', '+4930123456'],
	['+49 (0)30 123456', '+4930123456'],
	['15105550100.0', '15105550100'],
	// What has no country code may be what the carrier sends.
	['030 123456', '030123456'],
	['510-555-0100', '5105550100'],
	['100', '100'],
	['+1', '+1'],
	['alice', 'alice'],
	['anonymous', 'anonymous'],
])('%s is stored as %s', (entry, value) => {
	expect(listedNumber(entry)).toEqual({ value });
});

it.each([
	['Berlin office', '"Berlin office"'],
	['*', '"*"'],
	['1.51E+10', 'scientific notation'],
	['12025550000000', 'ends in zeros'],
	['+15105550100 / +15105550101', 'several numbers. Give each number an entry of its own'],
	['+15105550100+15105550101', 'several numbers'],
	['+1 510 555 0100 ext 5', 'Give the number alone: +15105550100'],
	['sip:+15105550100@example.com', 'Give its number or user alone: +15105550100'],
	['alice@example.com', 'alone: alice'],
	['+1-800-FLOWERS', 'Write +18003569377'],
	['1510*', '"1510*"'],
	[' ', 'is empty'],
])('%s is refused: %s', (entry, words) => {
	expect(listedNumber(entry)).toEqual({ fault: expect.stringContaining(words) as string });
});

it('leaves what it has read as it is', () => {
	fc.assert(
		fc.property(
			fc.oneof(fc.string(), fc.stringMatching(/^\+?[\d ()./-]{1,20}$/), fc.stringMatching(/^\w+$/)),
			(entry) => {
				const read = listedNumber(entry);
				if ('value' in read) expect(listedNumber(read.value)).toEqual(read);
				else expect(read.fault).not.toMatch(/\{[a-z]+_[a-z_]+\}/);
			},
		),
	);
});

it.each(['"auth_password":"hunter2"}', 'password: hunter2', '{a: 1'])(
	'shows nothing of a piece of JSON: %s',
	(entry) => {
		const read = listedNumber(entry);
		expect(read).toEqual({ fault: expect.stringContaining('a piece of JSON') as string });
		expect(JSON.stringify(read)).not.toContain('hunter2');
	},
);
