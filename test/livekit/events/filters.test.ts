import { type EventFilters, matchesEvent, readNumbers } from '../../../livekit/events/filters';
import { readCall } from '../../../livekit/events/item';
import { job, recording } from '../../support/events';
import { eventOf, leftWith, read } from '../../support/webhooks';

const matches = (filters: EventFilters, json: object) =>
	matchesEvent(filters, readCall(read(json)));
const outbound = leftWith('room-ok2', {});
const started = eventOf('room-ok2', 'participant_joined').json;
const inbound = leftWith('in-pin', {});
const numbers = (given: unknown) => {
	const found = readNumbers(given);
	if ('fault' in found) throw new Error(found.fault);
	return { numbers: found.value };
};

it.each<[string, EventFilters, object, boolean]>([
	['none', {}, outbound, true],
	['direction', { direction: 'outbound' }, outbound, true],
	['another direction', { direction: 'inbound' }, outbound, false],
	['trunk', { trunk: 'ST_5wmWJoBrsbCf' }, outbound, true],
	['another trunk', { trunk: 'ST_5wmWJoBrsbC' }, outbound, false],
	['rule', { rule: 'SDR_khpEJnX5aaNp' }, inbound, true],
	['rule, of a call that has none', { rule: 'SDR_khpEJnX5aaNp' }, outbound, false],
	['room prefix', { roomPrefix: 'room-' }, outbound, true],
	['another room prefix', { roomPrefix: 'oom-' }, outbound, false],
	['room prefix, an event without a room', { roomPrefix: 'r' }, { event: 'x' }, false],
	['room prefix, a recording', { roomPrefix: 'support' }, recording(), true],
	['room prefix, another recording', { roomPrefix: 'sales' }, recording(), false],
	['room prefix, a job', { roomPrefix: 'support' }, job({}), true],
	['their number', numbers('+1 555 1234'), outbound, true],
	['their number among others', numbers('+49 30 123456, +15551234'), outbound, true],
	['our number', numbers('+15551000'), inbound, true],
	['another number', numbers('+15551235'), outbound, false],
	[
		'a number, where it is hidden',
		numbers('+15551234'),
		leftWith('room-ok2', { 'sip.phoneNumber': undefined, 'sip.trunkPhoneNumber': undefined }),
		false,
	],
	['answered', { answered: new Set([true]) }, outbound, true],
	['not answered', { answered: new Set([false]) }, outbound, false],
	['not answered, of a busy line', { answered: new Set([false]) }, leftWith('room-busy', {}), true],
	['answered, not told', { answered: new Set([true, false]) }, inbound, false],
	['not told', { answered: new Set([null]) }, inbound, true],
	['answered, at the start', { answered: new Set([true]) }, started, true],
	[
		'all about calls, for a recording',
		{
			direction: 'inbound',
			trunk: 'ST_x',
			rule: 'SDR_x',
			answered: new Set([false]),
			...numbers('+15551234'),
		},
		recording(),
		true,
	],
])('%s', (_name, filters, json, expected) => {
	expect(matches(filters, json)).toBe(expected);
});

it.each([
	'',
	' , ',
	[],
	'+1 555 1234, hello world',
	'x y',
	'+15551234 +15551235',
	{ a: 1 },
	[null],
	'1.5555E+10',
])('%j is no list of numbers', (given) => {
	expect(readNumbers(given)).toHaveProperty('fault');
});
