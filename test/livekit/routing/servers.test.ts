import { routingOf } from '../../../livekit/routing/route';
import { newestReading, readingOf, serverDifferences } from '../../../livekit/routing/servers';
import { called, caller, lobby, main, rule, trunk } from './project';

const verdictOf = (
	version: string,
	[trunks, rules]: Array<Parameters<typeof routingOf>[0]>,
	call = {},
) => {
	const { reason, room } = routingOf(trunks, rules, readingOf(version)).route({
		called,
		caller,
		...call,
	});
	return room ? `${reason} ${room.name}` : reason;
};

const host = { sourceAddress: '198.51.100.1', callerHost: '192.0.2.1' };
const individual = rule('x', { rule: { dispatch_rule_individual: { no_randomness: true } } });

it.each([
	[
		'1.13.12',
		[[trunk('main', { allowed_addresses: ['192.0.2.1'] })], [lobby]],
		host,
		'address_not_allowed',
		'routed lobby',
	],
	[
		'1.12.0',
		[[trunk('main', { numbers: [called, '15105550100'] })], [lobby]],
		{},
		'routed lobby',
		'two_trunks',
	],
	['1.10.0', [[main], [individual]], {}, `routed ${caller}`, `routed _${caller}`],
	['1.9.11', [[main], [rule('x', { numbers: ['+2'] })]], {}, 'no_rule_for_number', 'routed x'],
])('a server before %s reads otherwise', (version, project, call, now, before) => {
	const [major, minor, patch] = version.split('.').map(Number);
	const older = patch > 0 ? `${major}.${minor}.${patch - 1}` : `${major}.${minor - 1}.99`;
	expect(verdictOf(version, project, call)).toBe(now);
	expect(verdictOf(older, project, call)).toBe(before);
});

it('the newest server differs in nothing, and each difference has a version of its own', () => {
	expect(readingOf()).toEqual(newestReading);
	expect(readingOf('2.0.0')).toEqual(newestReading);
	const versions = serverDifferences.map(({ before }) => before);
	expect(new Set(versions).size).toBe(versions.length);
	expect(readingOf('1.8.0')).toEqual({
		addresses: 'older',
		countsSpellings: true,
		alwaysRandom: true,
		ruleNumbers: false,
	});
});
