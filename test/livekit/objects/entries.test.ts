import { matchEntries } from '../../../livekit/objects/entries';
import type { MessageName } from '../../../livekit/schema';

const trunk: MessageName = 'SIPInboundTrunkInfo';
const rule: MessageName = 'SIPDispatchRuleInfo';

const matched = (
	info: MessageName,
	stored: string[],
	change: { add?: string[]; remove?: string[] },
) => {
	const { changes, warnings } = matchEntries(info, { numbers: stored }, { numbers: change });
	return { change: changes.numbers, warnings };
};

it.each<[string, MessageName, string[], string, string[]]>([
	[
		'the entry as it is written alone',
		rule,
		['15105550100', '+15105550100'],
		'+15105550100',
		['+15105550100'],
	],
	[
		'both spellings of a trunk, which are one number',
		trunk,
		['15105550100', '+15105550100'],
		'+15105550100',
		['15105550100', '+15105550100'],
	],
	[
		'another spelling of the same subscriber',
		rule,
		['+15105550100'],
		'5105550100',
		['+15105550100'],
	],
	['another formatting', trunk, ['+1 510 555 0100'], '+15105550100', ['+1 510 555 0100']],
])('removes %s', (_what, info, stored, entry, remove) => {
	expect(matched(info, stored, { remove: [entry] })).toEqual({ change: { remove }, warnings: [] });
});

it('removes nothing for an entry that can be two subscribers, and says so', () => {
	const { change, warnings } = matched(trunk, ['+15105550100', '+14155550100'], {
		remove: ['5550100'],
	});
	expect(change).toEqual({ remove: ['5550100'] });
	expect(warnings).toEqual([
		expect.stringContaining('5550100 can be +15105550100 or +14155550100, so nothing was removed'),
	]);
});

it('adds another spelling to a rule, which compares exact text, and not to a trunk', () => {
	const change = { add: ['+15105550100'] };
	expect(matched(rule, ['15105550100'], change).change).toEqual(change);
	expect(matched(trunk, ['15105550100'], change).change).toEqual({ add: ['15105550100'] });
	expect(matched(trunk, ['5550100'], change).change).toEqual(change);
});
