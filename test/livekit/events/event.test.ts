import { readEvent } from '../../../livekit/events/event';
import { kindOf } from '../../../livekit/events/kinds';
import { read } from '../../support/webhooks';

it('an event without an ID has one of its own bytes', () => {
	const [one, same, other] = ['1', '1', '2'].map(
		(at) => read({ event: 'room_started', createdAt: at }).id,
	);
	expect(one).toMatch(/^sha256-[0-9a-f]{64}$/);
	expect(same).toBe(one);
	expect(other).not.toBe(one);
});

it.each([
	'',
	'{',
	'[]',
	'null',
	'"x"',
	'{}',
	'{"event":5}',
	'{"event":""}',
	'{"event":["room_started"]}',
	'{"room":{}}',
	`{"event":"x","a":${'['.repeat(500)}${']'.repeat(500)}}`,
	'\ufeff{"event":"x"}',
])('%j is no event', (text) => {
	expect(readEvent(Buffer.from(text))).toHaveProperty('fault');
});

it.each([
	['a standard participant', { identity: 'x', kind: 'STANDARD' }, undefined],
	['an agent', { identity: 'x', kind: 'AGENT' }, 'agent_joined'],
	[
		'no kind, but a call',
		{ identity: 'x', attributes: { 'sip.callID': 'SCL_1' } },
		'outbound_call_started',
	],
	['the number of the kind', { identity: 'x', kind: 3 }, 'outbound_call_started'],
	[
		'the attribute of a rule',
		{ identity: 'x', kind: 'SIP', attributes: { 'sip.ruleID': 'SDR_1' } },
		'inbound_call_started',
	],
])('%s that joins', (_what, participant, expected) => {
	expect(kindOf(read({ event: 'participant_joined', participant }))).toBe(expected);
});
