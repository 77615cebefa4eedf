import type { IDataObject } from 'n8n-workflow';

import * as fc from '../support/fastCheck';
import { type Json, damages } from '../support/damage';
import { useLog } from '../support/log';
import { storages } from '../support/polling';
import { short, useRules } from '../support/watching';

const { livekit, create: createRule, rename, remove, watching } = useRules();
const log = useLog();
const without = (name: string) => (stored: Json) =>
	Object.fromEntries(
		Object.entries(Object(stored) as IDataObject).filter(([key]) => key !== name),
	) as Json;
const kinds = (value: Json) => (stored: Json) =>
	({ ...(stored as object), kinds: { dispatchRule: value } }) as Json;

describe.each(storages)('a state that was damaged, kept by %s', (storage) => {
	it.each<[string, (stored: Json) => Json]>([
		['null for the objects', kinds({ paths: [], objects: null, gone: {} })],
		['an entry that is no text', kinds({ paths: [], objects: { SDR_1: 5 }, gone: {} })],
		['a cut entry', kinds({ paths: [], objects: { SDR_1: 'AA' }, gone: {} })],
		['no objects at all', kinds({ paths: [], objects: {}, gone: {} })],
		[
			'an object that never was',
			kinds({ paths: [], objects: { SDR_1: 'AAAAAAAA10..n' }, gone: {} }),
		],
		['no kinds', without('kinds')],
		['no salt', without('salt')],
		['nothing', () => ({})],
		['null', () => null],
	])(
		'%s: reports nothing that did not happen, says so in the log, and goes on',
		async (_what, damage) => {
			const id = await createRule('a');
			await createRule('b');
			const polling = await watching(storage);
			polling.damage(damage);
			await rename(id, 'lost');
			expect(await polling.poll()).toEqual([]);
			expect(log()).toEqual([
				expect.stringMatching(/"Trigger" of the workflow "test".* is damaged\./),
			]);
			// Without cursors the scheduler forgets what a poll without events has stored, until the workflow is activated.
			if (storage === 'scheduler') await polling.activate();
			expect(await polling.poll()).toEqual([]);
			await rename(id, 'c');
			expect(short(await polling.poll())).toEqual(['updated c']);
			await remove(id);
			expect(short(await polling.poll())).toEqual(['deleted c']);
			expect(log()).toHaveLength(storage === 'scheduler' ? 2 : 1);
		},
	);

	it('written by a newer version: the log tells', async () => {
		await createRule('a');
		const polling = await watching(storage);
		polling.damage((stored) => ({ ...(stored as object), v: 99 }) as Json);
		expect(await polling.poll()).toEqual([]);
		expect(log()).toEqual([
			expect.stringContaining('was written by a newer version of this package'),
		]);
	});

	it('in any way: no poll fails, and nothing is reported that did not happen', async () => {
		livekit.server.seedRules(3);
		await fc.assert(
			fc.asyncProperty(damages, async (damage) => {
				const polling = await watching(storage);
				polling.damage(damage);
				expect(await polling.poll()).toEqual([]);
				expect(await polling.activate()).toEqual([]);
				const [added] = livekit.server.seedRules(1);
				expect((await polling.poll()).map(({ event, id }) => [event, id])).toEqual([
					['created', added],
				]);
			}),
			{ numRuns: 15 },
		);
	}, 120_000);
});

describe('a state that is whole', () => {
	it('is read without a word', async () => {
		await createRule('a');
		const polling = await watching('memory');
		await polling.poll();
		await polling.activate();
		await polling.poll();
		expect(log()).toEqual([]);
	});

	it('has a salt of its own, and the ids of events do not hang on it', async () => {
		const id = await createRule('a');
		const pollings = [await watching('memory'), await watching('memory')];
		await rename(id, 'b');
		const ids = [];
		const salts: unknown[] = [];
		for (const polling of pollings) {
			ids.push((await polling.poll()).map(({ event_id: eventId }) => eventId));
			polling.damage((stored) => {
				salts.push(Reflect.get(Object(stored) as object, 'salt'));
				return stored;
			});
		}
		expect(ids[0]).toEqual(ids[1]);
		expect(new Set(salts).size).toBe(2);
	});
});
