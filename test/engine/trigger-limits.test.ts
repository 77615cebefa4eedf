import type { IDataObject } from 'n8n-workflow';

import { credentialOf } from '../support/harness';
import { Polling, storages } from '../support/polling';
import { everyChange, short, useRules } from '../support/watching';

const { livekit, create: createRule, rename, remove, changePin, rotateKey, watching } = useRules();

const scheduler = storages.includes('scheduler') ? describe : describe.skip;
scheduler('what n8n cannot promise with the scheduler and without cursors', () => {
	async function after(
		parameters: IDataObject,
		...steps: Array<() => Promise<unknown>>
	): Promise<string[]> {
		const polling = await watching('scheduler', parameters);
		for (const step of steps) {
			await step();
			await polling.poll();
		}
		return short(polling.events);
	}

	it('an update of a rule that was created since the last event, when Created is not chosen', async () => {
		let id = '';
		const steps = [async () => (id = await createRule('a')), async () => await rename(id, 'b')];
		expect(await after({ ...everyChange, events: ['updated'] }, ...steps)).toEqual([]);
	});

	it('a deletion of a rule that was created since the last event, when Created is not chosen', async () => {
		let id = '';
		const steps = [async () => (id = await createRule('a')), async () => await remove(id)];
		expect(await after({ ...everyChange, events: ['deleted'] }, ...steps)).toEqual([]);
	});

	it('a deletion of a rule that came into the filter since the last event, when Updated is not chosen', async () => {
		const id = await createRule('other');
		const steps = [async () => await rename(id, 'wanted'), async () => await remove(id)];
		expect(
			await after(
				{ ...everyChange, events: ['created', 'deleted'], filters: { nameContains: 'wanted' } },
				...steps,
			),
		).toEqual([]);
	});

	it('nothing with all events and no filter, also when an emitted one lies between', async () => {
		let id = '';
		const steps = [
			async () => (id = await createRule('a')),
			async () => await rename(id, 'b'),
			async () => await remove(id),
		];
		expect(await after(everyChange, ...steps)).toEqual(['created a', 'updated b', 'deleted b']);
	});

	it('a changed PIN after the API secret was rotated, until another event or activating again', async () => {
		const id = await createRule('a');
		await changePin(id, '0');
		const polling = await watching('scheduler');
		rotateKey(polling);
		for (const pin of ['1', '2']) {
			await changePin(id, pin);
			expect(await polling.poll()).toEqual([]);
		}
		await polling.activate();
		await changePin(id, '3');
		expect(short(await polling.poll())).toEqual(['updated a']);
		await rename(id, 'b');
		expect(short(await polling.poll())).toEqual(['updated b']);
	});

	it('anything after the URL of the credential changes, until the workflow is activated again', async () => {
		const polling = await watching('scheduler');
		polling.credential = {
			...polling.credential,
			url: polling.credential.url.replace('127.0.0.1', 'localhost'),
		};
		await polling.poll();
		await createRule('a');
		expect(await polling.poll()).toEqual([]);
		await polling.activate();
		await createRule('b');
		expect(short(await polling.poll())).toEqual(['created b']);
	});
});

const cursors = storages.includes('cursors') ? describe : describe.skip;
cursors('what n8n cannot promise with durable cursors', () => {
	it('a change between the first activation and the first poll', async () => {
		const polling = new Polling(credentialOf(livekit.server), everyChange, 'cursors');
		await polling.activate();
		await createRule('a');
		expect(await polling.poll()).toEqual([]);
		await createRule('b');
		expect(short(await polling.poll())).toEqual(['created b']);
	});

	it('nothing with Emit Existing, whether there was something or not', async () => {
		const parameters = { ...everyChange, options: { emitExisting: true } };
		const empty = new Polling(credentialOf(livekit.server), parameters, 'cursors');
		expect(await empty.activate()).toEqual([]);
		await createRule('a');
		expect(short(await empty.poll())).toEqual(['existing a']);
		const full = new Polling(credentialOf(livekit.server), parameters, 'cursors');
		expect(short(await full.activate())).toEqual(['existing a']);
		await createRule('b');
		expect(short(await full.poll())).toEqual(['created b']);
	});
});
