import { readChanges } from '../../livekit/objects/change';
import { addOlderForms } from '../../livekit/codec/olderForms';
import { encode } from '../../livekit/codec/encode';
import { type JsonObject, isObject } from '../../livekit/json';
import { agentRpcs, callRpcs, storedObjects } from '../../livekit/schema/rpc';
import {
	type Unwrapped,
	unwrapCreate,
	unwrapFlat,
	unwrapReplace,
	unwrapUpdate,
} from '../../livekit/codec/unwrap';
import * as fc from '../support/fastCheck';
import { bodies } from './generate';
import { read, withoutEmptyRooms } from './oracle';
import { type Pick, type Spelling, asJson, asParameters } from './spell';
import type { MessageName } from '../../livekit/schema';

function check(message: MessageName, wanted: JsonObject, given: unknown): void {
	const { body, faults } = encode(message, given);
	expect(faults).toEqual([]);
	expect(withoutEmptyRooms(read(message, body))).toEqual(withoutEmptyRooms(read(message, wanted)));
}

function property(
	message: MessageName,
	test: (body: JsonObject, pick: Pick) => void,
	numRuns = 100,
): void {
	const dice = fc.infiniteStream(fc.nat());
	fc.assert(
		fc.property(bodies(message), dice, (body, stream) => {
			const pick: Pick = (count) => Number(stream.next().value) % count;
			test(body, pick);
		}),
		{ numRuns },
	);
}

function unwrapped({ value, faults }: Unwrapped): unknown {
	expect(faults).toEqual([]);
	return value;
}

const spellings: ReadonlyArray<readonly [string, Spelling]> = [
	['parameters', asParameters],
	['JSON', asJson],
];

describe.each(spellings)('what is given as %s reaches the wire', (_name, spell) => {
	const lists = Object.values(storedObjects).map(({ rpcs }) => rpcs.list.request);
	const dispatches = Object.values(agentRpcs).map(({ request }) => request);
	it.each([...lists, ...dispatches, callRpcs.place.request, callRpcs.transfer.request])(
		'%s',
		(message) => {
			property(message, (body, pick) => check(message, body, spell(message, body, pick)));
		},
	);

	it.each(Object.values(storedObjects))(
		'whole $noun, created and replaced',
		({ info, rpcs, wrapper, id }) => {
			property(info, (body, pick) => {
				check(rpcs.create.request, { [wrapper]: body }, { [wrapper]: spell(info, body, pick) });
				check(
					rpcs.update.request,
					{ [id]: 'ID_1', replace: body },
					{ [id]: 'ID_1', replace: spell(info, body, pick) },
				);
			});
		},
	);

	it.each(Object.values(storedObjects))('changes of an $noun', ({ info, update, rpcs, id }) => {
		property(update, (generated, pick) => {
			// A map without rows is refused as a change of nothing.
			const wanted = Object.fromEntries(
				Object.entries(generated).filter(
					([name, value]) => name !== 'attributes' || Object.keys(value ?? {}).length > 0,
				),
			);
			const { fields, faults } = readChanges(info, spell(update, wanted, pick), 'update');
			expect(faults).toEqual([]);
			expect(addOlderForms(update, wanted)).toEqual([]);
			check(
				rpcs.update.request,
				{ [id]: 'ID_1', update: wanted },
				{ [id]: 'ID_1', update: fields },
			);
		});
	});
});

describe('JSON in every wrapping', () => {
	it.each(Object.values(storedObjects))('$noun', ({ info, wrapper, id, rpcs, update }) => {
		property(
			info,
			(whole, pick) => {
				const body = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== id));
				const inner = asJson(info, body, pick);
				const camel = wrapper.replace(/_(\w)/, (_all, letter: string) => letter.toUpperCase());
				const creates = [
					inner,
					{ [wrapper]: inner },
					{ [camel]: inner },
					{ req: { [wrapper]: inner } },
					{ request: inner },
					{ ...inner, warnings: ['x'] },
					{ [wrapper]: inner, [id]: null },
				];
				for (const given of creates)
					check(
						rpcs.create.request,
						{ [wrapper]: body },
						{ [wrapper]: unwrapped(unwrapCreate(info, wrapper, id, given)) },
					);
				const replaces = [
					inner,
					{ [id]: 'ID_1', replace: inner },
					{ [id]: 'ID_1', action: { replace: inner } },
					{ req: { [id]: 'ID_1', [camel]: inner } },
					{ [id]: 'ID_1', replace: { ...inner, [id]: 'ID_1' } },
				];
				for (const given of replaces)
					check(
						rpcs.update.request,
						{ replace: body },
						{ replace: unwrapped(unwrapReplace(info, wrapper, id, given)) },
					);
			},
			40,
		);
		property(
			update,
			(changes, pick) => {
				const inner = asJson(update, changes, pick);
				for (const given of [
					inner,
					{ [id]: 'ID_1', update: inner },
					{ [id]: 'ID_1', action: { update: inner } },
					{ req: { [id]: 'ID_1', ...inner } },
				]) {
					const value = unwrapped(unwrapUpdate(info, wrapper, id, given));
					check(rpcs.update.request, { update: changes }, { update: value });
				}
			},
			40,
		);
	});

	it.each([agentRpcs.create.request, callRpcs.place.request, callRpcs.transfer.request])(
		'%s, flat and within req',
		(message) => {
			property(
				message,
				(body, pick) => {
					const inner = asJson(message, body, pick);
					for (const given of [inner, { req: inner }, { request: inner }])
						check(message, body, unwrapped(unwrapFlat(given)));
				},
				40,
			);
		},
	);

	it('a rule as the JavaScript SDK, protobuf-es and Go write it', () => {
		property('SIPDispatchRule', (rule) => {
			const [[name, branch] = ['', {}]] = Object.entries(rule);
			if (name === '' || !isObject(branch)) return;
			const short = name.replace('dispatch_rule_', '');
			const forms = [
				{ type: short, ...branch },
				{ [short]: branch },
				{ case: name, value: branch },
				{ rule: { case: name, value: branch } },
				{ Rule: { [name]: branch } },
			];
			for (const form of forms) check('SIPDispatchRule', rule, form);
		});
	});
});
