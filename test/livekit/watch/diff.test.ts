import { decode } from '../../../livekit/codec/decode';
import { type ChangeEvent, type EventName, type Watch, advance } from '../../../livekit/watch/diff';
import { fingerprinter } from '../../../livekit/watch/fingerprint';
import type { JsonObject } from '../../../livekit/json';
import { fieldValuesOf } from '../../../livekit/watch/fieldValues';
import { storedObjects } from '../../../livekit/schema/rpc';
import { type KindState, pack, unpack } from '../../../livekit/watch/snapshot';
import * as fc from '../../support/fastCheck';

const object = storedObjects.dispatchRule;
const prints = fingerprinter('secret', 'salt');
const all: Watch = {
	kind: 'dispatchRule',
	object,
	server: 'server',
	prints,
	sameKey: true,
	sameFilter: true,
	matches: () => true,
	wants: (event) => event !== 'existing',
	relevant: (changed) => [...changed],
};

/** Looks at every object, as after a change of the filters. */
const anew: Watch = { ...all, sameFilter: false };

type Rules = Record<string, JsonObject>;
const raws = (rules: Rules) =>
	Object.entries(rules).map(([id, rule]) => ({ id, raw: { sip_dispatch_rule_id: id, ...rule } }));
const stored = (state: KindState): KindState => JSON.parse(JSON.stringify(state)) as KindState;
const begin = (rules: Rules, watch = all) => advance(undefined, raws(rules), watch).state;
const short = (events: readonly ChangeEvent[]) => events.map(({ event, id }) => `${event} ${id}`);

describe('advance', () => {
	it('gives back the very state when nothing differs', () => {
		const state = begin({ a: { name: '1' } });
		expect(advance(state, raws({ a: { name: '1' } }), all).state).toBe(state);
		expect(advance(state, raws({ a: { name: '1' } }), anew).state).toBe(state);
	});

	it('reports nothing when a server writes the same in another way, or an older version kept the state', () => {
		const state = begin({ a: { name: '1' }, b: { name: '2' } });
		const other = advance(state, raws({ a: { numbers: [], name: '1' }, b: { name: '2' } }), all);
		expect(other.events).toEqual([]);
		const foreign = Object.entries(state.objects).map(([id, entry]) => [
			id,
			`foreign_${entry.slice(8)}`,
		]);
		const older: KindState = { ...state, objects: Object.fromEntries(foreign) };
		const step = advance(older, raws({ a: { name: '1' }, b: { name: '2' } }), all);
		expect(step).toEqual({ events: [], state });
	});

	it('looks only at what was written anew while the filters stay the same', () => {
		const state = begin({ a: { name: '1' }, b: { name: '1' } });
		const looked: string[] = [];
		const matches = ({ sip_dispatch_rule_id: id }: JsonObject) => looked.push(String(id)) > 0;
		const now = raws({ a: { name: '1' }, b: { name: '2' } });
		advance(state, now, { ...all, matches });
		expect(looked).toEqual(['b']);
		advance(state, now, { ...anew, matches });
		expect(looked).toEqual(['b', 'a', 'b']);
	});

	it('changes no state in place', () => {
		const state = begin({ a: { name: '1' }, b: {} });
		const before = JSON.stringify(state);
		advance(state, raws({ a: { name: '2' }, c: { metadata: 'm' } }), all);
		expect(JSON.stringify(state)).toBe(before);
	});

	it('orders events by id, deletions among them', () => {
		const { events } = advance(
			begin({ b: {}, d: { name: '1' } }),
			raws({ d: { name: '2' }, c: {}, a: {} }),
			all,
		);
		expect(short(events)).toEqual(['created a', 'deleted b', 'created c', 'updated d']);
	});

	it('counts on where an object that was gone comes back, so that its second life has ids of its own', () => {
		let state = begin({});
		const ids: string[] = [];
		for (const rules of [{ a: {} }, {}, { a: {} }, {}] as Rules[]) {
			const step = advance(stored(state), raws(rules), all);
			ids.push(...step.events.map(({ eventId }) => eventId));
			state = step.state;
		}
		expect(new Set(ids).size).toBe(4);
	});

	it('remembers at most 1,000 objects that are gone', () => {
		const rules = (prefix: string) =>
			Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [prefix + index, {}]));
		const state = advance(advance(begin(rules('a')), raws(rules('b')), all).state, [], all).state;
		expect(Object.keys(state.gone)).toHaveLength(1000);
	});

	it('does not let what is left out change later ids', () => {
		const start = begin({ a: { name: '1' } });
		const quiet: Watch = { ...all, wants: () => false };
		const between = advance(start, raws({ a: { name: '2' } }), quiet);
		expect(between.events).toEqual([]);
		const direct = advance(start, raws({ a: { name: '3' } }), all).events;
		const detour = advance(between.state, raws({ a: { name: '3' } }), all).events;
		expect(detour[0].eventId).toBe(direct[0].eventId);
	});

	it('cannot tell an equal change from an earlier one where the state begins anew', () => {
		const change = () =>
			advance(begin({ a: { name: '1' } }), raws({ a: { name: '2' } }), all).events[0].eventId;
		expect(change()).toBe(change());
	});

	it('gives two changes that an older state sees as one an id of their own', () => {
		const older = begin({ a: { name: '1' } });
		const first = advance(older, raws({ a: { name: '2' } }), all);
		const second = advance(first.state, raws({ a: { name: '3' } }), all);
		const both = advance(older, raws({ a: { name: '3' } }), all).events[0].eventId;
		expect([first, second].map(({ events }) => events[0].eventId)).not.toContain(both);
	});

	it('is not misled by names that objects have by birth', () => {
		const state = begin({ constructor: { name: '1' }, ['__proto__']: { name: 'p' } });
		expect(short(advance(stored(state), [], all).events)).toEqual([
			'deleted __proto__',
			'deleted constructor',
		]);
		expect(short(advance(begin({}), raws({ constructor: {} }), all).events)).toEqual([
			'created constructor',
		]);
	});

	it('keeps an object under 200 characters that has every usual field', () => {
		const rule = {
			name: 'Support line, Germany',
			rule: { dispatch_rule_direct: { room_name: 'r', pin: '1' } },
			trunk_ids: ['ST_1'],
			numbers: ['+1'],
			inbound_numbers: ['+2'],
			hide_phone_number: true,
			metadata: 'm',
			attributes: { a: 'b' },
			room_preset: 'p',
			krisp_enabled: true,
			room_config: { agents: [{ agent_name: 'a' }], max_participants: 2, empty_timeout: 3 },
			media: { encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' },
		};
		const id = 'SDR_aBcD1234efGh';
		const { paths, ...state } = begin({ [id]: rule });
		expect(paths).toHaveLength(16);
		expect(JSON.stringify(state.objects).length).toBeLessThan(200);
	});
});

describe('entries', () => {
	it('survive packing, whatever the name', () => {
		const paths = ['a', 'b*', 'c'];
		fc.assert(
			fc.property(
				fc.string({ unit: 'binary', maxLength: 60 }),
				fc.nat(),
				fc.boolean(),
				fc.subarray(paths),
				(name, revision, matched, chosen) => {
					const entry = {
						objectPrint: 'AAAAAAAA',
						matched,
						revision,
						name,
						fieldPrints: new Map(chosen.map((path) => [path, '-_x012'])),
					};
					expect(
						unpack(
							pack(entry, (path) => paths.indexOf(path)),
							paths,
						),
					).toEqual(entry);
				},
			),
		);
	});
});

const rule = fc.record(
	{
		name: fc.constantFrom('', 'a', 'b'),
		numbers: fc.subarray(['+1', '+2', '+3']),
		metadata: fc.constantFrom('', '{}', 'm'),
		attributes: fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), fc.constantFrom('1', '2')),
		rule: fc.oneof(
			fc.record({
				dispatch_rule_direct: fc.record({
					room_name: fc.constantFrom('r', 's'),
					pin: fc.constantFrom('', '1', '2'),
				}),
			}),
			fc.record({ dispatch_rule_individual: fc.record({ room_prefix: fc.constantFrom('', 'p') }) }),
		),
		room_config: fc.record({
			max_participants: fc.nat(2),
			agents: fc.array(fc.record({ agent_name: fc.constantFrom('a', 'b') }), { maxLength: 2 }),
		}),
	},
	{ requiredKeys: ['rule'] },
);
const rules = fc.dictionary(fc.constantFrom('SDR_1', 'SDR_2', 'SDR_3', 'SDR_4'), rule);

describe('random histories', () => {
	const decoded = (given: Rules) =>
		Object.fromEntries(raws(given).map(({ id, raw }) => [id, decode(object.info, raw)]));
	const replayed = (first: Rules, events: readonly ChangeEvent[]) => {
		const held = new Map(Object.entries(decoded(first)));
		for (const { event, id, object: now } of events) {
			expect(held.has(id)).toBe(event !== 'created');
			if (now) held.set(id, now);
			else held.delete(id);
		}
		return Object.fromEntries([...held].sort());
	};
	// What the wire does not tell from unset may differ without an event.
	const essence = (held: Record<string, JsonObject>) =>
		Object.keys(held)
			.sort()
			.map((id) => [id, fieldValuesOf(object.info, held[id], object.id)]);

	it('replayed over the first list give the last one, whichever polls failed or lost their state', () => {
		fc.assert(
			fc.property(
				fc.array(fc.record({ rules, poll: fc.constantFrom('done', 'failed', 'state lost') }), {
					minLength: 1,
					maxLength: 12,
				}),
				(history) => {
					const first = history[0].rules as Rules;
					let state = begin(first);
					const events: ChangeEvent[] = [];
					const last = history.length - 1;
					history.forEach(({ rules: now, poll }, index) => {
						if (poll === 'failed' && index < last) return;
						const known = stored(state);
						const step = advance(known, raws(now as Rules), all);
						// n8n throws a state away only with a poll that had no events.
						if (poll !== 'state lost' || step.events.length > 0) state = step.state;
						events.push(...step.events);
					});
					expect(essence(replayed(first, events))).toEqual(
						essence(decoded(history[last].rules as Rules)),
					);
					expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
				},
			),
			{ numRuns: 250 },
		);
	});

	it('are the same whether what did not change is looked at again or not', () => {
		fc.assert(
			fc.property(rules, rules, (before, now) => {
				const known = stored(begin(before as Rules));
				expect(advance(known, raws(now as Rules), all)).toEqual(
					advance(known, raws(now as Rules), anew),
				);
			}),
			{ numRuns: 150 },
		);
	});

	it('repeated from any older state give the same ids', () => {
		fc.assert(
			fc.property(fc.array(rules, { minLength: 2, maxLength: 8 }), fc.nat(), (lists, place) => {
				const states: KindState[] = [begin(lists[0] as Rules)];
				const ids = lists.slice(1).map((now) => {
					const step = advance(stored(states[states.length - 1]), raws(now as Rules), all);
					states.push(step.state);
					return step.events.map(({ eventId }) => eventId);
				});
				const from = place % (states.length - 1);
				let state = stored(states[from]);
				const again = lists.slice(from + 1).map((now) => {
					const step = advance(state, raws(now as Rules), all);
					state = stored(step.state);
					return step.events.map(({ eventId }) => eventId);
				});
				expect(again).toEqual(ids.slice(from));
			}),
			{ numRuns: 150 },
		);
	});

	it('with a filter tell apart what is inside it: entering, leaving, deletion', () => {
		const matches = (value: JsonObject) => value.name === 'a';
		const watch: Watch = { ...all, matches, wants: (event: EventName) => event !== 'existing' };
		fc.assert(
			fc.property(fc.array(rules, { minLength: 2, maxLength: 8 }), (lists) => {
				const inside = new Set(
					Object.entries(decoded(lists[0] as Rules))
						.filter(([, value]) => matches(value))
						.map(([id]) => id),
				);
				let state = begin(lists[0] as Rules, watch);
				for (const now of lists.slice(1)) {
					const step = advance(stored(state), raws(now as Rules), watch);
					state = step.state;
					for (const { event, id, object: value } of step.events) {
						if (value && matches(value)) inside.add(id);
						else inside.delete(id);
						if (event === 'deleted') expect(value).toBeUndefined();
					}
				}
				const expected = Object.entries(decoded(lists[lists.length - 1] as Rules))
					.filter(([, value]) => matches(value))
					.map(([id]) => id);
				expect([...inside].sort()).toEqual(expected.sort());
			}),
			{ numRuns: 150 },
		);
	});
});
