import { normalizedNumber } from '../../../livekit/routing/numbers';
import {
	answeredNumber,
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
	const { main: found, others } = answeredNumber(routingOf([guarded], [pinned]), called);
	expect(found).toMatchObject({ callers: [caller], route: { verdict: 'routed', asksPin: true } });
	expect(others).toMatchObject([{ callers: [], route: { reason: 'caller_not_allowed' } }]);
});

it('puts callers together with whom LiveKit does the same', () => {
	const vip = rule('vip', { ...direct('vip'), inbound_numbers: [caller, '+49170'] });
	const { main: found, others } = answeredNumber(routingOf([main], [lobby, vip]), called);
	expect(found).toMatchObject({ callers: [], route: { rule: { id: 'SDR_lobby' } } });
	expect(others).toMatchObject([
		{ callers: [caller, '+49170'], route: { rule: { id: 'SDR_vip' } } },
	]);
});

it('has all other numbers only where something takes them', () => {
	const numbers = (trunks: object[], rules: object[]) =>
		[...numbersAnswered(routingOf(trunks as never, rules as never))].map(({ number }) => number);
	expect(numbers([main], [lobby])).toEqual([called]);
	expect(numbers([main], [rule('every', forAll)])).toEqual([called, anyOtherNumber]);
	expect(numbers([trunk('all', { numbers: [] })], [])).toEqual([anyOtherNumber]);
});

it('holds every number once, each answered as a call to it is', () => {
	fc.assert(
		fc.property(worlds, ({ trunks, rules }) => {
			const routing = routingOf(trunks, rules);
			const all = [...numbersAnswered(routing)];
			const numbers = all.map(({ number }) => number);
			expect(new Set(numbers).size).toBe(numbers.length);
			const named = [...trunks, ...rules].flatMap((object) => object.numbers as string[]);
			for (const number of named) expect(numbers).toContain(normalizedNumber(number));
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
