import type { Candidate } from '../../../livekit/routing/route';
import { routingOf } from '../../../livekit/routing/route';
import { anyOtherNumber, unknownCaller } from '../../../livekit/routing/samples';
import { answeredBy, candidateWords, named, routeAdvice } from '../../../livekit/routing/words';
import type { RouteReason } from '../../../livekit/routing/reasons';
import * as fc from '../../support/fastCheck';
import { worlds } from '../../support/routing';
import { called, caller, direct, lobby, main, pinned, rule, trunk } from './project';

/** A sentence, in words of people, with one end. */
const sentence = /^[A-Z][^{}<>]*[^.]\.$/;
const reasons: Readonly<Record<RouteReason, true>> = {
	routed: true,
	pin_required: true,
	pin_hidden: true,
	bad_source_address: true,
	no_trunk: true,
	caller_not_allowed: true,
	address_not_allowed: true,
	wrong_credentials: true,
	no_rule: true,
	no_rule_for_caller: true,
	no_rule_for_number: true,
	wrong_pin: true,
	no_pin: true,
	no_room: true,
	unknown_rule: true,
	two_trunks: true,
	two_trunks_for_all: true,
	two_rules: true,
};

it.each(Object.keys(reasons) as RouteReason[])('has words and advice for %s', (reason) => {
	const route = routingOf([main], [lobby]).route({ called, caller });
	const text = answeredBy(
		{ ...route, reason, room: undefined, rule: undefined },
		{ called, caller },
	);
	expect(text).toMatch(sentence);
	expect(text).toContain(called);
	const advice = routeAdvice(reason);
	if (['routed', 'pin_required', 'pin_hidden'].includes(reason)) expect(advice).toBe('');
	else expect(advice).toMatch(/^[A-Z].*[."]$/);
	expect(`${text} ${advice}`).not.toMatch(/\b(error|problem|failure|mistake)/i);
});

const whys: Readonly<Record<Candidate['why'], true>> = {
	taken: true,
	caller_not_allowed: true,
	address_not_allowed: true,
	other_trunk_has_number: true,
	not_the_only_one: true,
	other_trunk: true,
	other_caller: true,
	other_number: true,
	asks_pin: true,
	asks_no_pin: true,
	other_pin: true,
	rule_of_trunk_first: true,
	other_rule_first: true,
};

it.each(Object.keys(whys) as Array<Candidate['why']>)('says of a candidate: %s', (why) => {
	const words = candidateWords({ kind: 'rule', id: 'SDR_a', name: 'A', matched: false, why });
	expect(words).toMatch(/^Rule "A" \(SDR_a\) [a-z][^.{}]+$/);
});

it('names by name and ID, or by ID alone', () => {
	expect(named({ name: 'Main', id: 'ST_a' })).toBe('"Main" (ST_a)');
	expect(named({ name: '', id: 'ST_a' })).toBe('ST_a');
	expect(named({ name: 'a\n\u202eb', id: 'ST_a' })).toBe('"a b" (ST_a)');
	expect(named({ name: 'x'.repeat(300), id: 'ST_a' })).toBe(`"${'x'.repeat(97)}..." (ST_a)`);
});

it('says what becomes of a call, for people', () => {
	const say = (trunks: object[], rules: object[], more = {}) => {
		const call = { called, caller, ...more };
		return answeredBy(routingOf(trunks as never, rules as never).route(call), call);
	};
	expect(say([main], [pinned])).toBe(
		`Calls from ${caller} to ${called} are asked for a PIN, by rule "pinned" (SDR_pinned) on trunk "main" (ST_main).`,
	);
	expect(say([main], [rule('each', { rule: { dispatch_rule_individual: {} } })])).toContain(
		`go to a room of their own (${caller}_...), by rule`,
	);
	expect(say([main, trunk('second')], [lobby], { caller: unknownCaller })).toBe(
		`Nobody answers calls from an unknown caller to ${called}: two inbound trunks have this number and let in the same caller, and LiveKit ends such calls ("main" (ST_main) and "second" (ST_second)).`,
	);
	const preset = { ...direct('vip'), room_preset: 'quiet', room_config: { agents: [{}] } };
	expect(say([main], [rule('vip', preset)])).toContain(
		'room vip, an agent without a name, the agents of the room preset quiet, by rule',
	);
});

it('always gives one sentence, and never a PIN that was not a name', () => {
	fc.assert(
		fc.property(worlds, ({ trunks, rules, calls }) => {
			const routing = routingOf(trunks, rules);
			for (const call of calls) {
				const route = routing.route(call);
				const text = answeredBy(route, call);
				expect(text).toMatch(/^(Calls from|Nobody answers calls from) .*\.$/s);
				expect(text).not.toMatch(/undefined|null|\[object/);
				for (const candidate of route.candidates())
					expect(candidateWords(candidate)).not.toMatch(/undefined|1234/);
			}
		}),
	);
});

it.each([
	['individual', {}, 'a room of their own, by rule'],
	['individual', { room_prefix: 'call' }, 'a room of their own (call_...), by rule'],
	['individual', { room_prefix: 'c', no_randomness: true }, 'a room of their own (c_...), by rule'],
	['callee', {}, 'a room for each called number, by rule'],
	['callee', { room_prefix: 'team' }, 'a room for each called number (team_...), by rule'],
	['callee', { randomize: true }, 'a room of their own, by rule'],
])('names no room by what stands for unknown callers and numbers: %s %j', (kind, given, words) => {
	const kinds = { rule: { [`dispatch_rule_${kind}`]: given }, trunk_ids: [] };
	const samples = { called: anyOtherNumber, caller: unknownCaller };
	for (const hide_phone_number of [false, true]) {
		const { route } = routingOf([], [rule('each', { ...kinds, hide_phone_number })]);
		const text = answeredBy(route(samples), samples);
		expect(text).toContain(`Calls from an unknown caller to any other number go to ${words}`);
		expect(text).toMatch(/^[ -~]+$/);
	}
});

it.each(['anonymous', 'an unknown caller', 'unknown'])(
	'knows a listed %s as any caller',
	(listed) => {
		const { route } = routingOf(
			[trunk('main', { allowed_numbers: [listed] })],
			[rule('vip', { inbound_numbers: [listed] })],
		);
		expect(route({ called, caller: unknownCaller }).reason).toBe('caller_not_allowed');
		const call = { called, caller: listed };
		expect(answeredBy(route(call), call)).toContain(`Calls from ${listed} to ${called} go to`);
	},
);
