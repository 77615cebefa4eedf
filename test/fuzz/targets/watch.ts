import * as fc from 'fast-check';

import { type EventName, type Watch, advance } from '../../../livekit/watch/diff';
import { changedFields, fingerprinter } from '../../../livekit/watch/fingerprint';
import { storedObjects } from '../../../livekit/schema/rpc';
import { type KindState, version } from '../../../livekit/watch/snapshot';
import { readStored, sealed } from '../../../livekit/watch/stored';
import { type Answer, readAnswer } from '../../../livekit/http/twirp';
import { readCompleteList } from '../../../livekit/watch/completeList';
import { type Sizes, hostileText, hostileValue } from '../hostile';
import { must, mustBePlain, mustHideSecrets, textOf } from '../invariants';
import { type Target, target } from '../target';
import { answersFor } from './answers';

const objects = Object.entries(storedObjects);
const salt = 'salt-of-the-fuzz';
const prints = fingerprinter('api-secret', salt);

interface Lists {
	readonly index: number;
	readonly bodies: readonly string[];
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
		});
	});
}

/** A body as n8n hands it over: parsed if it is JSON. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

async function checkWatch({ index, bodies }: Lists): Promise<void> {
	const [kind, object] = objects[index];
	const watch: Watch = {
		kind,
		object,
		server: 'server',
		prints,
		sameKey: true,
		sameFilter: true,
		matches: () => true,
		wants: (event: EventName) => event !== 'existing',
		relevant: (changed) => [...changed],
	};
	let state: KindState | undefined;
	for (const body of bodies) {
		const send = async (rpc: { readonly name: string }): Promise<Answer> =>
			await Promise.resolve(
				rpc.name.startsWith('List')
					? readAnswer({ status: 200, body: parsed(body) })
					: readAnswer({ status: 404, body: { code: 'not_found', msg: 'x' } }),
			);
		const listed = await readCompleteList(send, object, state !== undefined);
		if ('refusal' in listed) {
			mustHideSecrets('the refusal of a page', listed);
			continue;
		}
		const step = advance(state, listed.value, watch);
		must(
			JSON.stringify(step) ===
				JSON.stringify(advance(state, listed.value, { ...watch, sameFilter: false })),
			'an object that did not change was taken for another one',
		);
		mustBePlain(step.state);
		mustHideSecrets('the state of the trigger', step.state);
		const { key } = prints;
		const kinds = { [kind]: step.state };
		const whole = sealed({ v: version, n: 1, salt, server: 'server', key, filter: '', kinds });
		const stored = readStored(JSON.parse(JSON.stringify(whole)));
		must(
			'value' in stored && JSON.stringify(stored.value?.kinds[kind]) === JSON.stringify(step.state),
			'the state does not survive being stored',
		);
		state = step.state;
	}
}

function checkForeign(value: unknown): void {
	readStored(value);
	readStored({ v: version, n: value, kinds: { dispatchRule: value } });
	changedFields(new Map([['a', String(typeof value)]]), new Map(), true);
}

/** The ways of the trigger. */
export function watchTargets(around: (work: () => unknown) => Promise<void>): Target[] {
	return [
		target("trigger's polls", 4, lists, checkWatch, around),
		target('stored states', 1, hostileValue, checkForeign, around),
	];
}
