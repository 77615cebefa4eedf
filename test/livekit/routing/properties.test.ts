import * as fc from '../../support/fastCheck';
import { type World, worlds } from '../../support/routing';
import type { JsonObject } from '../../../livekit/json';
import { ruleClashes, trunkClashes } from '../../../livekit/routing/clashes';
import { eachRuleConflict } from '../../../livekit/routing/conflicts';
import { trunkConflicts } from '../../support/trunkConflicts';
import { newlyFailing } from '../../../livekit/routing/failing';
import { failingNumbers } from '../../support/failingNumbers';
import { normalizedNumber } from '../../../livekit/routing/numbers';
import { type InboundCall, type Routing, routingOf } from '../../../livekit/routing/route';
import { readRule } from '../../../livekit/routing/rule';
import { newestReading } from '../../../livekit/routing/servers';
import { ruleWriteFindings } from '../../../livekit/routing/writeRule';
import { trunkWriteFindings } from '../../../livekit/routing/writeTrunk';

const numRuns = 600;

/** Every called number with every caller and every place that the calls of a world come from. */
function everyCall({ calls }: World): InboundCall[] {
	return calls.flatMap(({ called }) =>
		calls.flatMap(({ caller }) =>
			calls
				.filter(({ sourceAddress }) => sourceAddress !== '' && sourceAddress !== undefined)
				.map(({ sourceAddress, callerHost }) => ({
					called,
					caller,
					sourceAddress,
					...(callerHost === undefined ? {} : { callerHost }),
				})),
		),
	);
}

/** A world, and one of its objects as a write makes it. */
const writes = fc.record({ world: worlds, other: worlds, at: fc.nat(3) });

function written(
	objects: readonly JsonObject[],
	others: readonly JsonObject[],
	at: number,
	id: string,
) {
	const [content] = others;
	if (!content) return undefined;
	// Beyond the list it is a new object.
	const written = { ...content, [id]: objects[at]?.[id] ?? `${String(content[id])}_new` };
	return { written, all: [...objects.filter((_, index) => index !== at), written] };
}

// A rule of an unknown kind fails calls like a conflict, and hides one.
function fails(routing: Routing, call: InboundCall): boolean {
	const { verdict, reason } = routing.route(call);
	return verdict === 'conflict' || reason === 'unknown_rule';
}

function newlyFailed(before: Routing, after: Routing, world: World): InboundCall[] {
	return everyCall(world).filter((call) => !fails(before, call) && fails(after, call));
}

it('no call that did not fail fails after a write of a trunk that is said to be harmless', () => {
	const seen = { harmless: 0, harmful: 0 };
	fc.assert(
		fc.property(writes, ({ world, other, at }) => {
			const change = written(world.trunks, other.trunks, at, 'sip_trunk_id');
			if (!change) return;
			const before = routingOf(world.trunks, world.rules);
			const after = routingOf(change.all, world.rules);
			const failing = newlyFailing(before, after, String(change.written.sip_trunk_id));
			seen[failing.length > 0 ? 'harmful' : 'harmless']++;
			if (failing.length === 0) expect(newlyFailed(before, after, world)).toEqual([]);
		}),
		{ numRuns },
	);
	expect(Math.min(seen.harmful, seen.harmless)).toBeGreaterThan(numRuns / 20);
});

it('no call that did not fail fails after a write of a rule that clashes with none', () => {
	const seen = { clashing: 0, accepted: 0 };
	fc.assert(
		fc.property(writes, ({ world, other, at }) => {
			const change = written(world.rules, other.rules, at, 'sip_dispatch_rule_id');
			if (!change) return;
			const before = routingOf(world.trunks, world.rules);
			const after = routingOf(world.trunks, change.all);
			const rule = after.rules.find(({ id }) => id === change.written.sip_dispatch_rule_id);
			if (!rule) throw new Error('the rule that was written is not there');
			const clashes = ruleClashes(rule, before.rules);
			seen[clashes.length > 0 ? 'clashing' : 'accepted']++;
			if (clashes.length === 0 && rule.kind) expect(newlyFailed(before, after, world)).toEqual([]);
		}),
		{ numRuns },
	);
	expect(Math.min(seen.clashing, seen.accepted)).toBeGreaterThan(numRuns / 20);
});

it('every call that fails for its trunks or rules is among the failing numbers', () => {
	fc.assert(
		fc.property(worlds, (world) => {
			const routing = routingOf(world.trunks, world.rules);
			const failing = failingNumbers(routing);
			for (const call of everyCall(world)) {
				const { reason, verdict, trunk } = routing.route(call);
				if (verdict !== 'conflict' || (reason === 'two_rules' && !trunk)) continue;
				const isNumber = (number: string) =>
					number === normalizedNumber(call.called) ||
					(number === '' && !isOwn(routing, call, trunk));
				const isCaller = (callers: readonly string[]) =>
					callers.length === 0 || callers.includes(normalizedNumber(call.caller));
				expect(
					failing.some(
						(each) => each.reason === reason && isNumber(each.number) && isCaller(each.callers),
					),
				).toBe(true);
			}
		}),
		{ numRuns },
	);
});

/** Whether the trunk of a call has its number; a trunk for all numbers has none. */
function isOwn(
	routing: Routing,
	{ called }: InboundCall,
	trunk: { id: string } | undefined,
): boolean {
	const owners = routing.index.byNumber.get(normalizedNumber(called)) ?? [];
	return owners.some(({ id }) => id === trunk?.id);
}

it('clashes are what the validators see, and what only the matcher sees', () => {
	fc.assert(
		fc.property(worlds, ({ trunks, rules }) => {
			const routing = routingOf(trunks, rules);
			const [one, other] = routing.trunks;
			if (other) {
				const isSeen = trunkConflicts([one, other], newestReading).length > 0;
				const found = trunkClashes(one, [other], newestReading);
				expect(found.some(({ isRefused }) => isRefused)).toBe(isSeen);
			}
			const [rule, second] = routing.rules;
			if (second)
				expect(ruleClashes(second, [rule]).length > 0).toBe(
					[...eachRuleConflict([rule, second])].some((each) => each.rule === second),
				);
		}),
		{ numRuns },
	);
});

it('the order of trunks and rules in a list does not matter', () => {
	fc.assert(
		fc.property(worlds, ({ trunks, rules, calls }) => {
			const one = routingOf(trunks, rules);
			const other = routingOf([...trunks].reverse(), [...rules].reverse());
			for (const call of calls) {
				const { candidates, ...route } = one.route(call);
				const { candidates: again, ...second } = other.route(call);
				expect(second).toEqual(route);
				expect(again()).toEqual(candidates());
			}
		}),
		{ numRuns: 300 },
	);
});

it('a candidate is taken if the call is routed, and says why if not', () => {
	fc.assert(
		fc.property(worlds, ({ trunks, rules, calls }) => {
			const { route } = routingOf(trunks, rules);
			for (const call of calls) {
				const { verdict, trunk, rule, candidates } = route(call);
				const matched = candidates().flatMap(({ id, matched: isTaken }) => (isTaken ? [id] : []));
				if (verdict === 'routed')
					expect(matched).toEqual([trunk?.id, rule?.id].filter((id) => id !== undefined));
			}
		}),
		{ numRuns: 300 },
	);
});

// What the node sends of a write, without Allow Conflict.
describe('after a write that the checks accept', () => {
	function rings(routing: Routing, call: InboundCall): boolean {
		const { verdict } = routing.route(call);
		return verdict === 'routed' || verdict === 'pin_required';
	}

	/** Calls that rang, and fail afterwards because LiveKit cannot tell who takes them. */
	function lost(before: Routing, after: Routing, world: World): InboundCall[] {
		return everyCall(world).filter(
			(call) => rings(before, call) && after.route(call).verdict === 'conflict',
		);
	}

	it.each(['trunk', 'rule'] as const)('of a %s, no call that rang fails to ring', (kind) => {
		const seen = { accepted: 0, stopped: 0, harmful: 0 };
		fc.assert(
			fc.property(writes, ({ world, other, at }) => {
				const isTrunk = kind === 'trunk';
				const id = isTrunk ? 'sip_trunk_id' : 'sip_dispatch_rule_id';
				const change = isTrunk
					? written(world.trunks, other.trunks, at, id)
					: written(world.rules, other.rules, at, id);
				// Other kinds of rules are refused before.
				if (!change || (!isTrunk && readRule(change.written, newestReading).kind === undefined))
					return;
				const isNew = !(isTrunk ? world.trunks : world.rules)[at];
				const before = routingOf(world.trunks, world.rules);
				const after = isTrunk
					? routingOf(change.all, world.rules)
					: routingOf(world.trunks, change.all);
				const whole = { ...change.written, ...(isNew ? { [id]: '' } : {}) };
				const { stops } = isTrunk
					? trunkWriteFindings(whole, world.trunks, isNew ? [] : world.rules)
					: ruleWriteFindings(whole, world.rules);
				const failing = lost(before, after, world);
				seen[stops.length > 0 ? 'stopped' : 'accepted']++;
				if (failing.length > 0) seen.harmful++;
				if (stops.length === 0) expect(failing).toEqual([]);
			}),
			{ numRuns: 2 * numRuns },
		);
		// Without the checks these writes would have been sent.
		expect(seen.harmful).toBeGreaterThan(5);
		expect(Math.min(seen.accepted, seen.stopped)).toBeGreaterThan(numRuns / 20);
	});
});
