import { calledBy, subscribersOf } from '../../../livekit/callees/called';
import { readCallingHours } from '../../../livekit/callees/callingHours';
import { readDoNotCall } from '../../../livekit/callees/doNotCall';
import { isEmergency } from '../../../livekit/callees/emergency';
import { listedNumber } from '../../../livekit/callees/listed';
import { readNumber } from '../../../livekit/callees/number';
import type { NumberOptions } from '../../../livekit/callees/reading';
import { readHours } from '../../../livekit/callees/times';
import { zoneNamed } from '../../../livekit/callees/zoneNames';

/** Numbers that were read as a stranger's, or protected nobody: found by trying every spelling in every country. */

function isListed(list: unknown[], callee: unknown, options: NumberOptions = {}): boolean {
	const steps = readDoNotCall(list, options);
	let step = steps.next();
	while (!step.done) step = steps.next();
	const read = readNumber(callee, options);
	if ('fault' in step.value) throw new Error(step.value.fault);
	if ('fault' in read) throw new Error(read.fault);
	const forbidden = step.value.value;
	return subscribersOf(read.number, options).some((one) => forbidden.find({ number: one }));
}

describe('what Australia dials before numbers abroad', () => {
	it.each(['0011 64 3 234 5678', '0011 65 6123 4567', '0011 46 8 12 34 56'])(
		'is no number of North America: %s',
		(text) => {
			for (const defaultCountry of ['', 'NZ', 'TH', 'PE', 'US'])
				expect(readNumber(text, { defaultCountry })).not.toMatchObject({
					number: expect.stringMatching(/^\+1/),
				});
		},
	);

	it.each([
		['0011 971 2 234 5678', '+97122345678'],
		['0011 44 20 7946 0958', '+442079460958'],
		['0011 64 3 234 5678', '+6432345678'],
		['011 290 22158', '+29022158'],
		['011 599 9 435 1234', '+59994351234'],
	])('does not get round a do-not-call list: %s', (text, number) => {
		expect(isListed([number], text)).toBe(true);
		expect(isListed([text], number)).toBe(true);
	});
});

it.each([
	// A numeric cell of San Marino, whose canonical spelling is shorter than its numbers.
	[3780549886377, '+3780549886377'],
	// Short national numbers with and without the 0 that numeric cells lose.
	['043 01 23', 430123],
])('%j and %j are one subscriber without a default country', (one, other) => {
	expect(isListed([one], other)).toBe(true);
	expect(isListed([other], one)).toBe(true);
});

describe('two numbers with a mark of extensions or user names between', () => {
	it.each([
		'4155550101 x 4155550102',
		'+1 415 555 0101 ext 4155550102',
		'12345678 # 87654321',
		'4155550101 (ext 4155550102)',
	])('%s are two', (text) => {
		expect(readNumber(text)).toMatchObject({ reason: 'several_numbers' });
	});

	it.each([
		'+14155550101&+14155550102',
		'4155550101_4155550102',
		'415-555-0101x415-555-0102',
		'+14155550101#+14155550102',
	])('%s are two where user names are allowed', (text) => {
		expect(readNumber(text, { allowUserNames: true })).toMatchObject({
			reason: 'several_numbers',
		});
	});

	it('long PINs and user names with digits stay', () => {
		expect(readNumber('+14155550101 x12345678901#')).toMatchObject({ keys: 'ww12345678901' });
		expect(readNumber('+49 30 123456 ext 12345')).toMatchObject({ extension: '12345' });
		for (const name of ['4155550101_trunk2', 'agent_4155550101', '100_4155550101'])
			expect(readNumber(name, { allowUserNames: true })).toMatchObject({ number: name });
	});
});

it('a cell of Hungary that lost the 0 of 06 is not completed to a number nobody has', () => {
	const hungarian = { defaultCountry: 'HU' };
	expect(readNumber(612345678, hungarian)).toMatchObject({ reason: 'two_readings' });
	expect(readNumber('06 1 234 5678', hungarian)).toMatchObject({ number: '+3612345678' });
	expect(readNumber(6201234567, hungarian)).toMatchObject({ number: '+36201234567' });
	expect(readNumber(12345678, hungarian)).toMatchObject({ number: '+3612345678' });
});

it('decimals are read with any count of zeros', () => {
	expect(readNumber('14155550101.000')).toMatchObject({ number: '14155550101' });
	expect(readNumber('4155550101.0000', { defaultCountry: 'US' })).toMatchObject({
		number: '+14155550101',
	});
	expect(readNumber('415.555.000')).toMatchObject({ number: '415555000' });
});

it('a cell that holds 0 calls nobody', () => {
	for (const given of [0, '0', '00', '0.0'])
		expect(readNumber(given)).toMatchObject({ reason: 'not_a_number' });
	expect(readNumber('0', { internalExtensions: true })).toMatchObject({ number: '0' });
});

it.each([
	['06/12/34/56/78', 'FR', '+33612345678'],
	['0475/12/34/56', 'BE', '+32475123456'],
])('%s in %s is one number', (text, defaultCountry, number) => {
	expect(readNumber(text, { defaultCountry })).toMatchObject({ number });
});

it('a list of a trunk takes no country code that begins with 0', () => {
	expect(listedNumber('+0014155550101')).toHaveProperty('fault');
});

it('advises a switch only where that helps', () => {
	const faultOf = (text: string) => readNumber(text) as { fault: string };
	for (const text of ['Fax: +49 30 123456', 'N/A', '#REF! (x)'])
		expect(faultOf(text).fault).not.toContain('{allow_user_names}');
	expect(faultOf('alice').fault).toContain('{allow_user_names}');
});

it('a time that may be the afternoon is no night: from 1 pm until 5', () => {
	for (const given of [
		{ from: '1 pm', until: '5' },
		{ from: '13', until: '6' },
		{ from: '20:00', until: '9' },
	])
		expect(readHours(given)).toMatchObject({ fault: { path: 'until' } });
	expect(readHours({ from: '10 pm', until: '6' })).toEqual({ value: { from: 1320, until: 360 } });
	for (const until of ['05:00', '10:00', '5 am'])
		expect(readHours({ from: '13:00', until })).toHaveProperty('value');
});

it('a list of excluded dates that lacks one is refused', () => {
	for (const excludedDates of [[undefined], ['2026-12-25', undefined]])
		expect(readCallingHours({ blocks: [{}], excludedDates })).toMatchObject({
			fault: { path: 'excludedDates' },
		});
});

it('Samoa is not the American one', () => {
	expect(zoneNamed('Samoa')).toBeUndefined();
	expect(zoneNamed('Pacific/Samoa')).toBe('Pacific/Samoa');
});

it('a user name that is an emergency number up to a question mark is one', () => {
	const users = calledBy({ sip_call_to: '911?x' }).numbers.map(({ number }) => number);
	expect(users.some((user) => isEmergency(user))).toBe(true);
});

it('112.000 is refused: thousands, or decimals of 112', () => {
	expect(readNumber('112.000')).toHaveProperty('fault');
});

it('a number behind the prefix of a carrier or a service code is called', () => {
	const usersOf = (body: object) => calledBy({ ...body }).numbers.map(({ number }) => number);
	for (const user of ['1234#14155550177', '*6714155550177', '#31#14155550177', '99*14155550177'])
		for (const body of [
			{ sip_call_to: user },
			{ sip_request_uri: { raw: `sip:${user}@host.example` } },
			{ to_user_override: user },
		])
			expect(usersOf(body)).toContain('14155550177');
	expect(usersOf({ sip_call_to: '1234#911' }).some((user) => isEmergency(user))).toBe(true);
	for (const user of ['*100', '+14155550177', 'alice', '4155550177#55'])
		expect(usersOf({ sip_call_to: user })).toEqual([user]);
});
