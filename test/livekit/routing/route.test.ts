import type { JsonObject } from '../../../livekit/json';
import { routingOf } from '../../../livekit/routing/route';
import { called, caller, direct, forAll, lobby, main, rule, trunk } from './project';

it.each<[string, JsonObject, JsonObject, string, boolean]>([
	['one room for all', { dispatch_rule_direct: { room_name: 'lobby' } }, {}, 'lobby', false],
	[
		'a room per caller',
		{ dispatch_rule_individual: { room_prefix: 'call' } },
		{},
		`call_${caller}`,
		true,
	],
	['without a prefix', { dispatch_rule_individual: {} }, {}, caller, true],
	[
		'that stays the same',
		{ dispatch_rule_individual: { room_prefix: 'call', no_randomness: true } },
		{},
		`call_${caller}`,
		false,
	],
	[
		'for a hidden number',
		{ dispatch_rule_individual: { room_prefix: 'call' } },
		{ hide_phone_number: true },
		'call_5678',
		true,
	],
	[
		'a room per number',
		{ dispatch_rule_callee: { room_prefix: 'team' } },
		{ hide_phone_number: true },
		`team_${called}`,
		false,
	],
	['a new one each time', { dispatch_rule_callee: { randomize: true } }, {}, called, true],
])('brings the caller into %s', (_title, kind, more, name, endsRandom) => {
	const { room } = routingOf([main], [rule('x', { rule: kind, ...more })]).route({
		called,
		caller,
	});
	expect(room).toEqual({ name, endsRandom });
});

it('tells what becomes of each trunk and rule that LiveKit asks', () => {
	const trunks = [
		main,
		trunk('all', { numbers: [] }),
		trunk('partner', { allowed_numbers: ['+1'] }),
		trunk('elsewhere', { numbers: ['+1'] }),
	];
	const rules = [
		lobby,
		rule('all', forAll),
		rule('vip', { ...direct('vip'), inbound_numbers: ['+1'] }),
		rule('own', { numbers: ['+2'] }),
	];
	const { route } = routingOf(trunks, rules);
	const all = route({ called, caller }).candidates();
	expect(Object.fromEntries(all.map(({ id, why }) => [id, why]))).toEqual({
		ST_main: 'taken',
		ST_all: 'other_trunk_has_number',
		ST_partner: 'caller_not_allowed',
		SDR_lobby: 'taken',
		SDR_all: 'rule_of_trunk_first',
		SDR_vip: 'other_caller',
		SDR_own: 'other_number',
	});
	expect(all.filter(({ matched }) => matched).map(({ id }) => id)).toEqual([
		'ST_main',
		'SDR_lobby',
	]);
});

it('names the two that stand against each other, and shows agents, credentials and the PIN', () => {
	const { route } = routingOf(
		[
			main,
			trunk('second'),
			trunk('third', { numbers: ['+3'], auth_username: 'a', auth_password: 'b' }),
		],
		[
			rule('desk', {
				...direct('desk', '12'),
				trunk_ids: [],
				room_config: { agents: [{ agent_name: 'reception' }, {}] },
			}),
		],
	);
	expect(route({ called, caller }).conflict.map(({ id }) => id)).toEqual(['ST_main', 'ST_second']);
	const asked = { asksPin: true, asksCredentials: true };
	expect(route({ called: '+3', caller })).toMatchObject({ ...asked, agents: [] });
	const done = route({ called: '+3', caller, pin: '12' });
	expect(done).toMatchObject({ ...asked, agents: ['reception', ''], verdict: 'routed' });
});
