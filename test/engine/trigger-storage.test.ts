import type { IDataObject } from 'n8n-workflow';

import { type Crash, storages } from '../support/polling';
import { everyChange, short, useRules } from '../support/watching';

const { livekit, create: createRule, rename, remove, changePin, rotateKey, watching } = useRules();
const idsOf = (events: IDataObject[]) => events.map(({ event_id: id }) => id);

describe.each(storages)('state kept by %s', (storage) => {
	it('reports every change once', async () => {
		const polling = await watching(storage);
		const id = await createRule('a');
		expect(short(await polling.poll())).toEqual(['created a']);
		await rename(id, 'b');
		expect(short(await polling.poll())).toEqual(['updated b']);
		expect(await polling.poll()).toEqual([]);
		await remove(id);
		expect(short(await polling.poll())).toEqual(['deleted b']);
		expect(await polling.poll()).toEqual([]);
	});

	it('gives a rule that is changed there and back four ids', async () => {
		const id = await createRule('a');
		const polling = await watching(storage);
		for (const name of ['b', 'a', 'b', 'a']) {
			await rename(id, name);
			await polling.poll();
		}
		expect(short(polling.events)).toEqual(['updated b', 'updated a', 'updated b', 'updated a']);
		expect(new Set(idsOf(polling.events)).size).toBe(4);
	});

	it('gives the same ids when it goes on from an older state', async () => {
		const id = await createRule('a');
		const polling = await watching(storage);
		const goBack = polling.backup();
		await rename(id, 'b');
		await createRule('c');
		const first = await polling.poll();
		goBack();
		expect(idsOf(await polling.poll())).toEqual(idsOf(first));
	});

	it('reports what happened while n8n was stopped', async () => {
		const id = await createRule('a');
		const polling = await watching(storage);
		await rename(id, 'b');
		expect(short([...(await polling.activate()), ...(await polling.poll())])).toEqual([
			'updated b',
		]);
	});

	it('cannot see a secret that changes in the poll in which the API secret does', async () => {
		const id = await createRule('a');
		await changePin(id, '0');
		const polling = await watching(storage);
		rotateKey(polling);
		await changePin(id, '1');
		await rename(id, 'b');
		expect((await polling.poll()).map(({ changed }) => changed)).toEqual([['name']]);
		await changePin(id, '2');
		expect((await polling.poll()).map(({ changed }) => changed)).toEqual([
			[expect.stringMatching(/pin/)],
		]);
	});

	it('keeps pending changes over a rotated key, and secrets do not count as changed', async () => {
		const polling = await watching(storage);
		const id = await createRule('a');
		const pin = { dispatch_rule_direct: { room_name: 'secret', pin: '123' } };
		await livekit.call('SIP/CreateSIPDispatchRule', {
			dispatch_rule: { rule: pin, name: 'with pin' },
		});
		await polling.poll();
		await rename(id, 'b');
		rotateKey(polling);
		expect(short(await polling.poll())).toEqual(['updated b']);
		expect(await polling.poll()).toEqual([]);
	});

	it('keeps pending changes when filters and events change', async () => {
		const id = await createRule('a');
		const polling = await watching(storage, { ...everyChange, filters: { nameContains: 'zzz' } });
		await rename(id, 'b');
		const gone = await createRule('gone');
		polling.parameters = { ...everyChange, filters: { nameContains: 'b' } };
		expect(short([...(await polling.activate()), ...(await polling.poll())])).toEqual([
			'updated b',
		]);
		polling.parameters = everyChange;
		await polling.activate();
		await polling.poll();
		await remove(gone);
		expect(short(await polling.poll())).toContain('deleted gone');
	});

	it('goes on with what it watched when more is watched', async () => {
		const id = await createRule('a');
		await livekit.call('SIP/CreateSIPInboundTrunk', {
			trunk: { name: 'old trunk', numbers: ['+1'] },
		});
		const polling = await watching(storage);
		await rename(id, 'b');
		polling.parameters = { ...everyChange, watch: ['dispatchRule', 'inboundTrunk'] };
		expect(short([...(await polling.activate()), ...(await polling.poll())])).toEqual([
			'updated b',
		]);
	});

	it('starts anew, without events, when the credential leads to another server', async () => {
		await createRule('a');
		const polling = await watching(storage);
		polling.credential = {
			...polling.credential,
			url: polling.credential.url.replace('127.0.0.1', 'localhost'),
		};
		expect(await polling.activate()).toEqual([]);
		await createRule('b');
		const expected = storage === 'cursors' ? [] : ['created b'];
		expect(short(await polling.poll())).toEqual(expected);
		await createRule('c');
		expect(short(await polling.poll())).toEqual(['created c']);
	});

	it('reports a wanted change after one that the filter left out', async () => {
		const polling = await watching(storage, {
			...everyChange,
			filters: { nameContains: 'wanted' },
		});
		await createRule('other');
		expect(await polling.poll()).toEqual([]);
		const id = await createRule('wanted');
		expect(short(await polling.poll())).toEqual(['created wanted']);
		await createRule('another');
		expect(await polling.poll()).toEqual([]);
		await remove(id);
		expect(short(await polling.poll())).toEqual(['deleted wanted']);
	});

	it.each<Crash>(['before anything', 'after the state', 'after the execution'])(
		'when n8n dies %s',
		async (crash) => {
			const polling = await watching(storage);
			await createRule('a');
			await polling.poll(crash);
			const kept = short(polling.events);
			await polling.activate();
			await polling.poll();
			const all = short(polling.events);
			// n8n stores the state and then makes the execution, so this window loses the event; with cursors there is none.
			const lost = storage !== 'cursors' && crash === 'after the state';
			expect(all).toEqual(
				lost
					? []
					: kept.length > 0 && storage !== 'cursors'
						? ['created a', 'created a']
						: ['created a'],
			);
			expect(new Set(idsOf(polling.events)).size).toBe(lost ? 0 : 1);
		},
	);
});
