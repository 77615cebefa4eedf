import { checkBody } from '../../../livekit/checks';
import { dtmfFault } from '../../../livekit/checks/numbers';
import { faults, place, placeCall, transfer, transferCall, warnings } from './bodies';

describe('calls', () => {
	it('need a trunk', () => {
		expect(faults(placeCall, {})).toEqual([expect.stringContaining('sip_trunk_id is required')]);
		expect(
			faults(placeCall, { sip_call_to: '+1', room_name: 'r', trunk: { hostname: 'a.b' } }),
		).toEqual([expect.stringContaining('sip_number is required with {carrier_here}')]);
		expect(
			faults(placeCall, { sip_call_to: '+1', room_name: 'r', sip_number: '+2', trunk: {} }),
		).toEqual([expect.stringContaining('trunk.hostname is required')]);
		expect(faults(placeCall, place({}))).toEqual([]);
	});

	it('take DTMF of the keys of a phone', () => {
		for (const dtmf of ['ww101#', '*0123456789ABCD#w'])
			expect(faults(placeCall, place({ dtmf }))).toEqual([]);
		for (const dtmf of ['1,2', '1-2', 'E', '1 2', 'abc', 'W'])
			expect(faults(placeCall, place({ dtmf }))).toEqual([
				expect.stringContaining('dtmf may hold digits'),
			]);
	});

	it('say what to write for the pauses of a phone', () => {
		expect(dtmfFault('12,,34#')).toContain('write w instead of commas: 12wwww34#');
		expect(dtmfFault('12,x')).not.toContain('write w');
	});

	it('check display name, destination and what LiveKit refuses always', () => {
		for (const name of ['a"b', 'a\\b', 'a\nb', 'ü'.repeat(65)])
			expect(faults(placeCall, place({ display_name: name }))).toEqual([
				expect.stringContaining('display_name'),
			]);
		expect(faults(placeCall, place({ display_name: 'Müller & Söhne' }))).toEqual([]);
		expect(faults(placeCall, place({ destination: { city: 'Berlin' } }))).toEqual([
			expect.stringContaining('destination.city needs'),
		]);
		expect(
			faults(placeCall, place({ destination: { city: 'Berlin', country: 'de' } })),
		).toHaveLength(1);
		expect(faults(placeCall, place({ sip_to_header: { raw: 'sip:a@b' } }))).toEqual([
			expect.stringContaining('Use to_user_override'),
		]);
		expect(faults(placeCall, place({ ringing_timeout: '0s' }))).toHaveLength(1);
		expect(faults(placeCall, place({ ringing_timeout: '600s' }))).toEqual([]);
		expect(faults(placeCall, place({ ringing_timeout: '30000s' }))).toEqual([
			expect.stringContaining('at most 600 seconds, not 30000'),
		]);
		expect(warnings(placeCall, place({ max_call_duration: '90000s' }))).toHaveLength(1);
	});
});

describe('transfers', () => {
	it.each([
		['+15551234567', 'tel:+15551234567'],
		[' +1 (555) 123-4567 ', 'tel:+15551234567'],
		['+49 (0) 30 123456', 'tel:+4930123456'],
		['0049 30 123456', 'tel:+4930123456'],
		['tel:+1 (555) 123-4567', 'tel:+15551234567'],
		['whatsapp:+12025550140', 'tel:+12025550140'],
		['tel:100', 'tel:100'],
		['tel:1234;phone-context=example.com', 'tel:1234;phone-context=example.com'],
		['sip:alice@example.com;user=phone', 'sip:alice@example.com;user=phone'],
		['<SIPS:alice@example.com>', '<SIPS:alice@example.com>'],
	])('go to %s as %s', (given, wanted) => {
		const body = transfer(given);
		expect(faults(transferCall, body)).toEqual([]);
		expect(body.transfer_to).toBe(wanted);
	});

	it.each([
		['5551234567', /is 5551234567, which needs its country code/],
		['tel:5551234567', /is 5551234567, which needs its country code/],
		['alice', /"alice" holds letters\. A phone number has none.*Give a phone number such as/],
		['alice@example.com', /Give a phone number such as/],
		['https://x', /Give a phone number such as/],
		['sip:', /transfer_to /],
		['sip:a b', /transfer_to /],
		['sip:+14155550123', /names no host\. Write it like sip:\+14155550123@sip\.example\.com/],
		['+14155550123 ext. 5', /holds an extension.*: \+14155550123$/],
		['+1 415 555 0101 / +1 415 555 0102', /several numbers/],
		['+4155550125', /which no number there has\. Correct it\. Give/],
		['   ', /Give a phone number such as/],
		['mailto:a@b', /Give a phone number such as/],
	])('refuse %p', (to, words) =>
		expect(faults(transferCall, transfer(to))).toEqual([expect.stringMatching(words)]),
	);

	it('need room, participant and target, and time to ring', () => {
		expect(faults(transferCall, {})).toHaveLength(3);
		expect(faults(transferCall, { ...transfer('+15551234567'), ringing_timeout: '0s' })).toEqual([
			expect.stringContaining('longer than 0'),
		]);
		expect(faults(transferCall, { ...transfer('+15551234567'), ringing_timeout: '601s' })).toEqual([
			expect.stringContaining('at most 600 seconds'),
		]);
	});
});

describe('To User', () => {
	const faultsOf = (user: string) =>
		checkBody('CreateSIPParticipantRequest', {
			sip_trunk_id: 'ST_1',
			to_user_override: user,
		}).faults.filter(({ path }) => path === 'to_user_override');

	it.each([
		'sip:+14155550123@sip.example.com',
		'sip:+14155550123',
		'tel:+1',
		'a@b',
		'<a>',
		'a b',
		'a%',
		'a%22b',
	])('%s is more than a user', (user) => {
		expect(faultsOf(user)).toEqual([
			{
				path: 'to_user_override',
				message: expect.stringContaining('must be only what stands before the @'),
			},
		]);
	});

	it.each(['+14155550123', 'reception', 'a%20b', '911;phone-context=us'])('%s is one', (user) => {
		expect(faultsOf(user)).toEqual([]);
	});
});
