import * as fc from 'fast-check';

import {
	applyChanges,
	isPatchable,
	readChanges,
	toReplacement,
} from '../../../livekit/objects/change';
import { checkBody } from '../../../livekit/checks';
import { addOlderForms } from '../../../livekit/codec/olderForms';
import { newlyFailing } from '../../../livekit/routing/failing';
import { routingOf } from '../../../livekit/routing/route';
import { decode } from '../../../livekit/codec/decode';
import { encode } from '../../../livekit/codec/encode';
import type { Fault, JsonObject } from '../../../livekit/json';
import { callRpcs, storedObjects } from '../../../livekit/schema/rpc';
import { parseJson } from '../../../livekit/codec/parseJson';
import {
	type Unwrapped,
	unwrapCreate,
	unwrapFlat,
	unwrapReplace,
	unwrapUpdate,
} from '../../../livekit/codec/unwrap';
import { bodies } from '../../contract/generate';
import { read } from '../../contract/oracle';
import { type Pick, asJson, asParameters } from '../../contract/spell';
import { type Sizes, hostileValue } from '../hostile';
import { must, mustBeMessages, mustBePlain, textOf } from '../invariants';
import { lost } from '../lost';
import { mutated, mutations, withCanaries } from '../mutate';
import { type Target, target } from '../target';
import type { MessageName } from '../../../livekit/schema';

const objects = Object.values(storedObjects);
const others: readonly MessageName[] = [
	callRpcs.place.request,
	callRpcs.transfer.request,
	'CreateAgentDispatchRequest',
	...objects.map(({ rpcs }) => rpcs.list.request),
];
const spellings = [asJson, asParameters, (_message: MessageName, body: JsonObject) => body];

/** A message of the user, first right and then mutated; sometimes nothing but a hostile value. */
function messages(message: MessageName, sizes: Sizes): fc.Arbitrary<unknown> {
	const right = fc.record({
		body: bodies(message),
		spelling: fc.constantFrom(...spellings),
		dice: fc.nat(),
		steps: mutations(sizes, 'user'),
	});
	const given = right.map(({ body, spelling, dice, steps }) => {
		let roll = dice;
		// A linear congruential generator (Numerical Recipes): a stream of fast-check's cannot be shrunk together with the rest.
		const pick: Pick = (count) =>
			(roll = (Math.imul(roll, 1_664_525) + 1_013_904_223) >>> 0) % count;
		return mutated(spelling(message, withCanaries(message, body) as JsonObject, pick), steps);
	});
	return fc.oneof({ weight: 15, arbitrary: given }, { weight: 1, arbitrary: hostileValue(sizes) });
}

/** Encodes as the node does; where nothing is found wrong, LiveKit must read all of it. */
function mustReachLiveKit(
	message: MessageName,
	given: unknown,
	options: { readonly keepUnknown?: boolean } = {},
): readonly Fault[] {
	const { body, faults } = encode(message, given, '', options);
	mustBePlain(body);
	mustBeMessages(faults);
	if (faults.length > 0) return faults;
	if (!options.keepUnknown) {
		must(
			lost(message, given, body).length === 0,
			`dropped in silence: ${lost(message, given, body).join(', ').slice(0, 300)}`,
		);
		readable(message, body);
	}
	const contradictions = addOlderForms(message, body);
	const found = checkBody(message, body);
	mustBeMessages([...contradictions, ...found.faults], found.warnings);
	if (!options.keepUnknown && contradictions.length === 0) readable(message, body);
	return faults;
}

function readable(message: MessageName, body: JsonObject): void {
	try {
		read(message, JSON.parse(JSON.stringify(body)));
	} catch (error) {
		throw new Error(`LiveKit cannot read ${message}: ${String(error)}`, { cause: error });
	}
}

function checkUnwrapped(
	text: unknown,
	{ value, faults, warnings }: Unwrapped,
	message: MessageName,
	around: (value: unknown) => unknown,
): void {
	mustBeMessages(faults, warnings);
	if (faults.length > 0 || mustReachLiveKit(message, around(value)).length > 0) return;
	mustKeepMarkers(text, encode(message, around(value)).body, warnings);
}

interface Given {
	readonly message: MessageName;
	readonly given: unknown;
}

function eachOf(names: readonly MessageName[], sizes: Sizes): fc.Arbitrary<Given> {
	return fc
		.constantFrom(...names)
		.chain((message) => messages(message, sizes).map((given) => ({ message, given })));
}

const marker = fc.nat(9999).map((number) => `marker-${number}`);
const besides = new Set(['trunk', 'replace', 'req']);

/** Texts that stood beside a wrapper: in the request, or in what the user is told. */
function mustKeepMarkers(text: unknown, body: unknown, told: unknown): void {
	const kept = JSON.stringify([body, told]);
	for (const given of new Set(textOf(text).match(/marker-\d+/g)))
		must(kept.includes(given), `${given} was dropped in silence`);
}

interface Pasted {
	readonly index: number;
	readonly operation: 'create' | 'replace' | 'update';
	readonly text: unknown;
}

/** What a person pastes: the object itself or its JSON text, with one of the usual wrappers, now and then cut off. */
function pasted(sizes: Sizes): fc.Arbitrary<Pasted> {
	const wrapper = fc.constantFrom(
		'req',
		'request',
		'action',
		'trunk',
		'Trunk',
		'dispatch_rule',
		'dispatchRule',
		'replace',
		'update',
	);
	const beside = fc.oneof(
		{ weight: 4, arbitrary: fc.constant({}) },
		{
			weight: 1,
			arbitrary: fc
				.tuple(
					fc.constantFrom('name', 'metadata', 'Name', 'numbers', 'trunk', 'replace', 'req'),
					marker,
				)
				.map(([name, text]) => ({ [name]: besides.has(name) ? { name: text } : text })),
		},
	);
	const wrappers = fc.array(fc.tuple(wrapper, beside), { maxLength: 2 });
	return fc
		.record({
			index: fc.nat(objects.length),
			operation: fc.constantFrom<Array<Pasted['operation']>>('create', 'replace', 'update'),
			wrappers,
			form: fc.constantFrom('object', 'text', 'cut'),
			cut: fc.nat(),
		})
		.chain(({ index, operation, wrappers: around, form, cut }) =>
			messages(objects[index]?.info ?? callRpcs.place.request, sizes).map((inner) => {
				const given = around.reduce<unknown>(
					(value, [name, others]) => ({ ...others, [name]: value }),
					inner,
				);
				if (form === 'object') return { index, operation, text: given };
				let text: string;
				try {
					text = JSON.stringify(given) ?? '';
				} catch {
					return { index, operation, text: given };
				}
				return {
					index,
					operation,
					text: form === 'cut' ? text.slice(0, cut % (text.length + 1)) : text,
				};
			}),
		);
}

function checkPasted({ index, operation, text }: Pasted): void {
	const parsed = parseJson(text);
	if ('fault' in parsed) return mustBeMessages([{ path: '', message: parsed.fault }]);
	const { value } = parsed;
	const object = objects[index];
	if (!object)
		return checkUnwrapped(value, unwrapFlat(value), callRpcs.place.request, (inner) => inner);
	const { info, wrapper, id, rpcs } = object;
	if (operation === 'create')
		return checkUnwrapped(
			value,
			unwrapCreate(info, wrapper, id, value),
			rpcs.create.request,
			(inner) => ({ [wrapper]: inner }),
		);
	if (operation === 'replace')
		return checkUnwrapped(
			value,
			unwrapReplace(info, wrapper, id, value),
			rpcs.update.request,
			(inner) => ({ [id]: 'ID_1', replace: inner }),
		);
	const update = unwrapUpdate(info, wrapper, id, value);
	mustBeMessages(update.faults, update.warnings);
	const { fields, faults: wrong } = readChanges(info, update.value, 'update');
	mustBeMessages(wrong);
	if (update.faults.length === 0 && wrong.length === 0)
		mustKeepMarkers(value, fields, update.warnings);
}

interface Change {
	readonly index: number;
	readonly changes: unknown;
	readonly stored: JsonObject;
}

function changesOfObjects(sizes: Sizes): fc.Arbitrary<Change> {
	return fc.nat(objects.length - 1).chain((index) => {
		const { info, update } = objects[index];
		const stored = bodies(info).map((body) => decode(info, { ...body, newer_field: { a: [1] } }));
		return fc.record({
			index: fc.constant(index),
			changes: fc.constantFrom(info, update).chain((message) => messages(message, sizes)),
			stored,
		});
	});
}

function checkChanges({ index, changes, stored }: Change): void {
	const object = objects[index];
	const { fields, faults } = readChanges(object.info, changes, 'update');
	mustBePlain(fields);
	mustBeMessages(faults);
	if (faults.length > 0) return;
	const merged = applyChanges(object.info, stored, fields);
	mustBePlain(merged);
	const [before, after] = [stored, merged].map((each) => routingOf([each, {}], [each, {}]));
	newlyFailing(before, after, before.trunks[0].id);
	if (isPatchable(object, fields))
		mustReachLiveKit(
			object.rpcs.update.request,
			{ [object.id]: 'ID_1', update: fields },
			{ keepUnknown: true },
		);
	mustReachLiveKit(
		object.rpcs.update.request,
		{ [object.id]: 'ID_1', replace: toReplacement(object, merged) },
		{ keepUnknown: true },
	);
}

/** The ways of the user's input. */
export function inputTargets(around: (work: () => unknown) => Promise<void>): Target[] {
	const names = [...objects.map(({ info }) => info), ...others];
	return [
		target(
			'parameters',
			26,
			(sizes) => eachOf(names, sizes),
			({ message, given }) => mustReachLiveKit(message, given),
			around,
		),
		target('pasted JSON', 20, pasted, checkPasted, around),
		target('changes', 9, changesOfObjects, checkChanges, around),
	];
}
