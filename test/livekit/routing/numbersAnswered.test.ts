import { normalizedNumber } from '../../../livekit/routing/numbers';
import {
	type NumberAnswered,
	getsThrough,
	numbersAnswered,
} from '../../../livekit/routing/numbersAnswered';
import { routingOf } from '../../../livekit/routing/route';
import {
	anyOtherNumber,
	routesFromAnywhere,
	unknownCaller,
} from '../../../livekit/routing/samples';
import * as fc from '../../support/fastCheck';
import { worlds } from '../../support/routing';
import { called, caller, direct, forAll, lobby, main, pinned, rule, trunk } from './project';

const elsewhere = { allowed_addresses: ['198.51.100.0/24'], allowed_numbers: [caller] };
const there = trunk('there', elsewhere);
const here = trunk('here', { allowed_addresses: ['192.0.2.0/24'] });
const ofBoth = rule('both', { trunk_ids: ['ST_here', 'ST_there'] });

const allOf = (trunks: readonly object[], rules: readonly object[]): NumberAnswered[] =>
	[...numbersAnswered(routingOf(trunks as never, rules as never))].flatMap((entry) => entry ?? []);

describe('a call from nobody knows where', () => {
	const from = (trunks: object[], rules: object[], more = {}) =>
		routesFromAnywhere(routingOf(trunks as never, rules as never), { called, caller, ...more });

	it('has one route where addresses do not matter', () => {
		expect(from([main], [lobby])).toHaveLength(1);
		expect(from([main, trunk('second')], [lobby])).toMatchObject([
			{ place: {}, route: { reason: 'two_trunks' } },
		]);
	});

	it('has a route for each trunk that other addresses reach', () => {
		const routes = from([here, there], [ofBoth]);
		expect(routes.map(({ route }) => [route.verdict, route.trunk?.id])).toEqual([
			['routed', 'ST_here'],
			['routed', 'ST_there'],
		]);
		for (const { place, route } of routes)
			expect(from([here, there], [ofBoth], place)[0].route.trunk).toEqual(route.trunk);
	});

	it('tells of a place where two trunks meet, behind those that get through', () => {
		const both = { allowed_addresses: ['192.0.2.0/24', '198.51.100.0/24'] };
		const routes = from([trunk('here', both), there], [ofBoth]);
		expect(routes.map(({ route }) => route.verdict)).toEqual(['routed', 'conflict']);
	});

	it('is asked about once where the address is given', () => {
		expect(from([here, there], [ofBoth], { sourceAddress: '203.0.113.9' })).toMatchObject([
			{ route: { reason: 'address_not_allowed' } },
		]);
	});
});

it('takes the PIN of the rule, and the first callers that get through', () => {
	const guarded = trunk('main', { allowed_numbers: [caller] });
	const { main: found, others } = allOf([guarded], [pinned])[0];
	expect(found).toMatchObject({ callers: [caller], route: { verdict: 'routed', asksPin: true } });
	expect(others).toMatchObject([{ callers: [], route: { reason: 'caller_not_allowed' } }]);
});

it('puts callers together with whom LiveKit does the same', () => {
	const vip = rule('vip', { ...direct('vip'), inbound_numbers: [caller, '+49170'] });
	const { main: found, others } = allOf([main], [lobby, vip])[0];
	expect(found).toMatchObject({ callers: [], route: { rule: { id: 'SDR_lobby' } } });
	expect(others).toMatchObject([
		{ callers: [caller, '+49170'], route: { rule: { id: 'SDR_vip' } } },
	]);
});

it('has all other numbers only where something takes them', () => {
	const numbers = (trunks: object[], rules: object[]) =>
		allOf(trunks, rules).map(({ number }) => number);
	expect(numbers([main], [lobby])).toEqual([called]);
	expect(numbers([main], [rule('every', forAll)])).toEqual([called, anyOtherNumber]);
	expect(numbers([], [rule('own', { ...forAll, numbers: [called] })])).toEqual([called]);
	expect(numbers([trunk('all', { numbers: [] })], [])).toEqual([anyOtherNumber]);
});

it('holds every number once, each answered as a call to it is', () => {
	fc.assert(
		fc.property(worlds, ({ trunks, rules }) => {
			const routing = routingOf(trunks, rules);
			const all = [...numbersAnswered(routing)].flatMap((entry) => entry ?? []);
			const numbers = all.map(({ number }) => number);
			expect(new Set(numbers).size).toBe(numbers.length);
			const named = [...trunks, ...rules].flatMap((object) => object.numbers as string[]);
			for (const number of named)
				expect(numbers.map(normalizedNumber)).toContain(normalizedNumber(number));
			for (const { number, main: found, others } of all) {
				const from = found.callers[0] ?? unknownCaller;
				const [{ route }] = routesFromAnywhere(routing, { called: number, caller: from });
				expect(found.route.trunk).toBe(route.trunk);
				if (route.verdict === 'conflict') expect(found.route.reason).toBe(route.reason);
				// Where the main callers do not get through, nobody does.
				if (!getsThrough(found.route))
					expect(others.filter((other) => getsThrough(other.route))).toEqual([]);
			}
		}),
	);
});

it('never takes a call for one that gets through if it fails from all places', () => {
	fc.assert(
		fc.property(worlds, ({ trunks, rules, calls }) => {
			const routing = routingOf(trunks, rules);
			for (const call of calls.map(({ called: to, caller: from }) => ({
				called: to,
				caller: from,
			}))) {
				const routes = routesFromAnywhere(routing, call);
				for (const { place, route } of routes) {
					const again = routing.route({ ...call, ...place });
					expect([again.verdict, again.trunk, again.rule]).toEqual([
						route.verdict,
						route.trunk,
						route.rule,
					]);
				}
			}
		}),
	);
});

it.each([
	['as both hold it', '15105550100', '15105550100', '15105550100', 'routed'],
	['as the rule holds it', '15105550100', '+15105550100', '+15105550100', 'routed'],
	['as no rule holds it', '15105550100', '1 5105550100', '15105550100', 'no_rule_for_number'],
	['without formatting', '+1 (510) 555-0100', '+15105550100', '+15105550100', 'routed'],
	['with the plus of calls', '+15105550100', '15105550100', '+15105550100', 'no_rule_for_number'],
])('asks for a number %s', (_title, onTrunk, inRule, number, reason) => {
	const all = allOf([trunk('main', { numbers: [onTrunk] })], [rule('own', { numbers: [inRule] })]);
	expect(all).toMatchObject([{ number, main: { route: { reason } } }]);
});

it('types the PIN where the first of two trunks takes the call', () => {
	const away = { allowed_addresses: ['198.51.100.0/24'] };
	const both = rule('both', { ...direct('x', '1'), trunk_ids: ['ST_here', 'ST_there'] });
	const [{ main: found }] = allOf([here, trunk('there', away)], [both]);
	expect(found.route).toMatchObject({ verdict: 'routed', asksPin: true, trunk: { id: 'ST_here' } });
});

it('knows callers whom a trunk for all numbers takes', () => {
	const strict = trunk('main', { allowed_numbers: ['+1'] });
	const wild = trunk('wild', { numbers: [], allowed_numbers: [caller] });
	const [first] = allOf([strict, wild], [rule('all', forAll)]);
	const ways = [first.main, ...first.others].map(({ callers, route }) => [
		callers,
		route.trunk?.id,
	]);
	expect(ways).toContainEqual([[caller], 'ST_wild']);
});

it('looks at callers of numbers with the same trunks once, and says how many are left', () => {
	const many = Array.from({ length: 1200 }, (_, index) => `+49151${10000 + index}`);
	const numbers = Array.from({ length: 50 }, (_, index) => `+1510555${1000 + index}`);
	const each = rule('each', { rule: { dispatch_rule_callee: { room_prefix: 'team' } } });
	const big = trunk('main', { numbers, allowed_numbers: many });
	const entries = [...numbersAnswered(routingOf([big], [each]))];
	const found = entries.filter((entry) => entry !== undefined);
	expect(found).toHaveLength(50);
	for (const { number, main: first, left } of found) {
		expect([first.route.room?.name, first.callers.length, left]).toEqual([
			`team_${number}`,
			1000,
			200,
		]);
	}
	// Each step that gives way is one caller that was looked at.
	expect(entries.length - found.length).toBeGreaterThanOrEqual(1000);
	expect(entries.length - found.length).toBeLessThanOrEqual(1100);
});
