import type { JsonObject } from '../../../livekit/json';
import {
	isTouched,
	ruleReach,
	ruleTrunkReach,
	unknownTrunks,
} from '../../../livekit/routing/reachRule';
import { trunkReach, unmatchable } from '../../../livekit/routing/reachTrunk';
import { called, main, rule, trunk } from './project';

const open = (...allowed_addresses: string[]) => trunk('x', { numbers: [], allowed_addresses });

it.each([
	['+15105550100', undefined],
	['15105550100', undefined],
	['100', undefined],
	['alice', undefined],
	['+1 (510) 555-0100', undefined],
	['', /empty entry/],
	['*', /as text/],
	['tel:+15105550100', /number alone/],
	['+49 (0)30 123456', /0 in brackets/],
	['030123456', /no country code/],
	['+030123456', /no country code/],
	['+1510555010012345', /nobody can have this number/],
])('%j: whether a call can come with it', (number, words) => {
	const found = unmatchable(number);
	if (words) expect(found).toMatch(words);
	else expect(found).toBeUndefined();
});

it.each([
	[['0.0.0.0/0'], true],
	[['::/0'], true],
	[['10.0.0.0/8', '::/0'], true],
	[['0.0.0.0/1', '128.0.0.0/1'], true],
	[['128.0.0.0/1'], true],
	[['0.0.0.0/2', '64.0.0.0/2'], true],
	[['2000::/3'], true],
	[['::/1', '8000::/1'], true],
	[['0.0.0.0/2', '1.0.0.0/8'], false],
	[['0.0.0.0/2', '0.0.0.0/2'], false],
	[['10.0.0.0/8'], false],
	[['2001:db8::/32'], false],
	[['192.0.2.1'], false],
	// Entries that LiveKit skips let everybody in.
	[['*.example.com'], true],
	[[], true],
])('a trunk without numbers that lets in %j is open to everybody: %s', (addresses, isOpen) => {
	expect(trunkReach(open(...addresses)).map(({ field }) => field)).toEqual(
		isOpen ? ['allowed_addresses'] : [],
	);
});

it('a trunk with numbers or credentials is not open to everybody', () => {
	const everybody = { allowed_addresses: ['0.0.0.0/0'] };
	expect(trunkReach(trunk('x', everybody))).toEqual([]);
	const asks = { auth_username: 'u', auth_password: 'p' };
	expect(trunkReach(trunk('x', { ...everybody, numbers: [], ...asks }))).toEqual([]);
	const half = { ...everybody, numbers: [], auth_username: 'u' };
	expect(trunkReach(trunk('x', half))).toHaveLength(1);
});

it('a trunk that is for calls from its own number', () => {
	const own = { allowed_numbers: ['1 510 555 0100', '+4930123456'] };
	expect(trunkReach(trunk('x', own))).toMatchObject([{ field: 'allowed_numbers' }]);
	expect(trunkReach(trunk('x', { allowed_numbers: ['+4930123456'] }))).toEqual([]);
});

const agents = { room_config: { agents: [{ agent_name: '' }] } };

it('a rule without an agent', () => {
	expect(ruleReach(rule('a'))).toMatchObject([{ field: 'room_config.agents' }]);
	expect(ruleReach(rule('a', { room_config: { agents: [] } }))).toHaveLength(1);
	expect(ruleReach(rule('a', { room_preset: 'p' }))).toEqual([]);
	expect(ruleReach(rule('a', agents))).toEqual([]);
	expect(ruleReach(rule('a', { ...agents, numbers: ['*'] }))).toMatchObject([{ field: 'numbers' }]);
});

const outbound = [{ sip_trunk_id: 'ST_out', name: 'Out' }];

it.each<[string, JsonObject, JsonObject[], RegExp[]]>([
	['a trunk with the number', { numbers: [called] }, [main], []],
	['the number in another spelling', { numbers: ['15105550100'] }, [main], []],
	[
		'a number that its trunk has not',
		{ numbers: ['+2'] },
		[main],
		[/^hold \+2, .*"main" \(ST_main\)/],
	],
	['a number of a trunk for all', { numbers: ['+2'] }, [trunk('main', { numbers: [] })], []],
	['all trunks', { numbers: ['+2'], trunk_ids: [] }, [main], []],
	[
		'the number of one of two',
		{ numbers: ['+2'], trunk_ids: ['ST_main', 'ST_b'] },
		[main, trunk('b', { numbers: ['+2'] })],
		[],
	],
	[
		'no such trunk',
		{ trunk_ids: ['ST_gone'], numbers: ['+2'] },
		[main],
		[/^hold ST_gone, and there is no/],
	],
	['an outbound trunk', { trunk_ids: ['ST_out'] }, [main], [/^hold "Out" \(ST_out\), .*outbound/]],
	['a name, which has its warning', { trunk_ids: ['Main'] }, [main], []],
	[
		'calls from its own number',
		{ inbound_numbers: ['+2', called] },
		[main],
		[/^hold \+15105550100, .*your own/],
	],
])('a rule for %s', (_title, own, trunks, words) => {
	const found = ruleTrunkReach(rule('a', own), trunks, outbound);
	expect(found.map(({ message }) => message)).toEqual(
		words.map((word) => expect.stringMatching(word)),
	);
});

it('names each unknown trunk once, and knows what a change touches', () => {
	const twice = rule('a', { trunk_ids: ['ST_x', 'ST_x', 'ST_main'] });
	expect(unknownTrunks(twice, [main])).toEqual(['ST_x']);
	const [found] = ruleReach(rule('a'));
	const changes: Array<JsonObject | undefined> = [undefined, { room_preset: '' }, { name: 'x' }];
	expect(changes.map((change) => isTouched(found, change))).toEqual([true, true, false]);
});
