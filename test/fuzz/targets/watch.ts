import * as fc from 'fast-check';

import { type EventName, type Watch, advance } from '../../../livekit/watch/diff';
import { changedFields, fingerprinter } from '../../../livekit/watch/fingerprint';
import { cutItems } from '../../../livekit/watch/itemBytes';
import { type Memory, readBytes, readPage } from '../../../livekit/watch/page';
import { storedObjects } from '../../../livekit/schema/rpc';
import { type KindState, idsByPrint, readSnapshot } from '../../../livekit/watch/snapshot';
import type { HttpAnswer } from '../../../livekit/http/twirp';
import { listWhole } from '../../../livekit/watch/completeList';
import { type Sizes, hostileText, hostileValue } from '../hostile';
import { must, mustBePlain, mustHideSecrets, textOf } from '../invariants';
import { type Target, target } from '../target';
import { answersFor } from './answers';

const objects = Object.entries(storedObjects);
const prints = fingerprinter('api-secret');

interface Lists {
	readonly index: number;
	readonly bodies: readonly string[];
	readonly filler: string;
}

function jsonText(value: unknown): string {
	try {
		return textOf(value);
	} catch {
		return '[[';
	}
}

/** List answers of the same objects, one after the other, as text; some are no JSON. */
function lists(sizes: Sizes): fc.Arbitrary<Lists> {
	return fc.nat(objects.length - 1).chain((index) => {
		const list = fc.array(answersFor(objects[index][1].info, sizes), { maxLength: 4 });
		const whole = list.map((items) => jsonText({ items }));
		const body = fc.oneof(
			{ weight: 8, arbitrary: whole },
			{
				weight: 1,
				arbitrary: fc
					.tuple(whole, fc.nat())
					.map(([text, cut]) => text.slice(0, cut % (text.length + 1))),
			},
			{ weight: 1, arbitrary: hostileText },
		);
		return fc.record({
			index: fc.constant(index),
			bodies: fc.array(body, { minLength: 1, maxLength: 3 }),
			filler: fc.constantFrom('', ' ', '\n'),
		});
	});
}

function memoryOf(state: KindState | undefined): Memory {
	const ids = state ? idsByPrint(state) : new Map<string, string>();
	return { print: (written) => prints.whole(written), idOf: (print) => ids.get(print) };
}

/** Pages that no server would answer: what was cut must be what JSON.parse reads. */
function mustCutAsJsonReads(text: string): void {
	const pieces = cutItems(Buffer.from(text));
	if (!pieces) return;
	let whole: unknown;
	try {
		whole = JSON.parse(text);
	} catch {
		return;
	}
	const again: unknown = JSON.parse(`{"items":[${pieces.map(String).join(',')}]}`);
	must(
		JSON.stringify(again) === JSON.stringify(whole),
		'a list was cut otherwise than JSON reads it',
	);
}

async function checkWatch({ index, bodies, filler }: Lists): Promise<void> {
	const [kind, object] = objects[index];
	const watch: Watch = {
		kind,
		object,
		server: 'server',
		prints,
		sameKey: true,
		matches: () => true,
		wants: (event: EventName) => event !== 'existing',
		relevant: (changed) => [...changed],
	};
	let state: KindState | undefined;
	for (const body of bodies) {
		const text = body.replace(/^\{/, `{${filler}`);
		mustCutAsJsonReads(text);
		let asked = 0;
		const send = async (rpc: { readonly name: string }): Promise<HttpAnswer> => {
			asked++;
			if (!rpc.name.startsWith('List'))
				return { status: 404, body: Buffer.from('{"code":"not_found","msg":"x"}') };
			return await Promise.resolve({
				status: 200,
				body: Buffer.from(asked === 1 ? text : '{"items":[]}'),
			});
		};
		const page = readPage({ status: 200, body: Buffer.from(text) }, object, memoryOf(state));
		const listed = await listWhole(send, object, memoryOf(state));
		mustHideSecrets('the refusal of a page', 'refusal' in page ? page : {});
		const found =
			'value' in listed
				? listed.value
				: 'value' in page
					? page.value.filter(({ id }) => id !== '')
					: [];
		const step = advance(state, found, watch);
		mustBePlain(step.state);
		mustHideSecrets('the state of the trigger', step.state);
		const stored = readSnapshot(
			JSON.parse(JSON.stringify({ v: 1, n: 1, kinds: { [kind]: step.state } })),
		);
		must(
			JSON.stringify(stored?.kinds[kind]) === JSON.stringify(step.state),
			'the state does not survive being stored',
		);
		state = step.state;
	}
}

function checkForeign(value: unknown): void {
	readSnapshot(value);
	readSnapshot({ v: 1, n: value, kinds: { dispatchRule: value } });
	readBytes({ status: 200, body: value });
	changedFields(new Map([['a', String(typeof value)]]), new Map(), true);
}

/** The ways of the trigger. */
export function watchTargets(around: (work: () => unknown) => Promise<void>): Target[] {
	return [
		target("trigger's polls", 4, lists, checkWatch, around),
		target('stored states', 1, hostileValue, checkForeign, around),
	];
}
