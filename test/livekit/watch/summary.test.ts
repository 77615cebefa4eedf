import { summaryOf } from '../../../livekit/watch/summary';

const event = (own: object) => ({
	event: 'updated' as const,
	eventId: 'e',
	id: 'SDR_1',
	name: 'conference',
	changed: [],
	...own,
});

it.each([
	[{ changed: ['rule.dispatch_rule_direct.pin'] }, "Dispatch rule 'conference' changed: PIN"],
	[
		{ changed: ['rule.dispatch_rule_direct.room_name', 'trunk_ids', 'room_config.agents'] },
		"Dispatch rule 'conference' changed: Room Name, Trunks, Agents",
	],
	[
		{ changed: ['rule.dispatch_rule_direct.pin', 'rule.dispatch_rule_callee.pin'] },
		"Dispatch rule 'conference' changed: PIN",
	],
	[{ event: 'created', name: '' }, 'Dispatch rule SDR_1 was created'],
	[{ event: 'deleted' }, "Dispatch rule 'conference' was deleted"],
	[{ event: 'existing' }, "Dispatch rule 'conference' was there when the watch began"],
])('%j is told in a sentence', (own, expected) => {
	expect(summaryOf('dispatch rule', event(own))).toBe(expected);
});

it('names ten fields at most', () => {
	const changed = Array.from({ length: 12 }, (_, index) => `field_${index}`);
	expect(summaryOf('inbound trunk', event({ changed }))).toMatch(/Field 9 and 2 more$/);
});
