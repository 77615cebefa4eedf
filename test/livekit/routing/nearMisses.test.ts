import { normalizedNumber } from '../../../livekit/routing/numbers';
import { nearMisses } from '../../../livekit/routing/nearMisses';
import { type InboundCall, routingOf } from '../../../livekit/routing/route';
import * as fc from '../../support/fastCheck';
import { worlds } from '../../support/routing';
import { called, caller, lobby, main, rule, trunk } from './project';

const missesOf = (trunks: object[], rules: object[], more = {}) => {
	const routing = routingOf(trunks as never, rules as never);
	const call = { called, caller, ...more };
	return nearMisses(routing, routing.route(call), call);
};

it.each([
	['the called number', { numbers: ['+1 (510) 555-0100'] }, called],
	['the called number without a plus', { numbers: ['15105550100'] }, called],
	['the caller', { inbound_numbers: ['+49 151 12345678'] }, caller],
])('names a rule that spells %s in another way', (_title, lists, number) => {
	const [entry] = Object.values(lists)[0];
	const words = `Rule "spelled" (SDR_spelled) has "${entry}". LiveKit compares it with ${number} as exact text: write it as the carrier sends it`;
	const others = [
		rule('other', { numbers: ['+3'] }),
		rule('away', { ...lists, trunk_ids: ['ST_x'] }),
	];
	const trunks = [main, trunk('x', { numbers: ['+3'] })];
	expect(missesOf(trunks, [rule('spelled', lists), ...others])).toEqual([words]);
	expect(missesOf([main], [rule('spelled', lists), lobby])).toEqual([]);
});

it('names a rule for all trunks where no trunk takes the call', () => {
	const spelled = rule('spelled', { trunk_ids: [], numbers: ['15105550100'] });
	const strict = trunk('main', { allowed_numbers: ['+1'] });
	for (const trunks of [[], [strict]])
		expect(missesOf(trunks, [spelled])).toEqual([
			expect.stringMatching(/^Rule "spelled" .* has "15105550100"/),
		]);
});

it('names a rule whose trunks are gone, and a trunk with the number in another form', () => {
	const national = trunk('x', { numbers: [called.slice(2)] });
	expect(missesOf([national], [rule('away'), rule('far', { numbers: ['+3'] })])).toEqual([
		`Trunk "x" (ST_x) has "${called.slice(2)}", which LiveKit takes for another number than ${called}: write it as the carrier sends it`,
		'Rule "away" (SDR_away) names only trunks that do not exist: change its Trunks',
	]);
});

it('names a trunk that knows the host, and nothing of a call that is taken', () => {
	const hosted = trunk('main', { allowed_addresses: ['sip.example.com', '192.0.2.1'] });
	expect(missesOf([hosted], [lobby], { sourceAddress: '203.0.113.7' })).toEqual([
		'Trunk "main" (ST_main) also lets in calls whose From header has the host sip.example.com',
	]);
	expect(missesOf([hosted], [lobby], { sourceAddress: '192.0.2.1' })).toEqual([]);
	expect(missesOf([main], [lobby])).toEqual([]);
});

it('is true: with the other spelling or host the call comes further', () => {
	fc.assert(
		fc.property(worlds, ({ trunks, rules, calls }) => {
			const routing = routingOf(trunks, rules);
			for (const call of calls) {
				const route = routing.route(call);
				for (const miss of nearMisses(routing, route, call)) {
					if (miss.includes('names only trunks that do not exist')) continue;
					const [, ofTrunk] = /^Trunk .* has "(.*)", which LiveKit/.exec(miss) ?? [];
					if (ofTrunk !== undefined) {
						expect(routing.route({ ...call, called: ofTrunk }).reason).not.toBe('no_trunk');
						continue;
					}
					const [, host] = /has the host (.*?)( or .*)?$/.exec(miss) ?? [];
					const [, entry = ''] = / has "(.*)"\. LiveKit/.exec(miss) ?? [];
					const isCalled = normalizedNumber(entry) === normalizedNumber(call.called);
					const others: Array<Partial<InboundCall>> =
						host !== undefined
							? [{ callerHost: host }]
							: [...(isCalled ? [{ called: entry }] : []), { caller: entry }];
					const changed = others.map((other) => routing.route({ ...call, ...other }));
					if (host !== undefined) expect(changed[0].reason).not.toBe('address_not_allowed');
					// A rule takes it then, or asks for its PIN.
					else
						expect(changed.map(({ reason }) => reason)).toEqual(
							expect.arrayContaining([expect.not.stringMatching(/^no_(rule|trunk)|_not_allowed/)]),
						);
				}
			}
		}),
	);
});
