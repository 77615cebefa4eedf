import type { IDataObject } from 'n8n-workflow';

import { credentialOf } from './harness';
import { useLiveKit } from './livekit';
import { type Crash, Polling, type Storage, storages } from './polling';

const livekit = useLiveKit();
const rules = { watch: ['dispatchRule'], events: ['created', 'updated', 'deleted'] };
const short = (events: IDataObject[]) => events.map(({ event, name }) => `${String(event)} ${String(name)}`);
const idsOf = (events: IDataObject[]) => events.map(({ event_id: id }) => id);

let count = 0;
async function createRule(name: string): Promise<string> {
	const rule = { rule: { dispatch_rule_direct: { room_name: 'r' } }, name, numbers: [`+${++count}`] };
	const { sip_dispatch_rule_id: id } = await livekit.call('SIP/CreateSIPDispatchRule', { dispatch_rule: rule });
	return id;
}

async function rename(id: string, name: string): Promise<void> {
	await livekit.call('SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: id, update: { name } });
}

async function remove(id: string): Promise<void> {
	await livekit.call('SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: id });
}

async function changePin(id: string, pin: string): Promise<void> {
	await livekit.call('SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: id, update: { rule: { dispatch_rule_direct: { room_name: 'r', pin } } } });
}

/** Gives the server another key and secret, and the credential uses them from now on. */
function rotateKey(polling: Polling): void {
	const secret = 'another-secret-of-at-least-32-characters';
	Object.assign(livekit.server.options.keys, { rotated: secret });
	polling.credential = { url: polling.credential.url, apiKey: 'rotated', apiSecret: secret };
}

async function watching(storage: Storage, parameters: IDataObject = rules): Promise<Polling> {
	const polling = new Polling(credentialOf(livekit.server), parameters, storage);
	await polling.activate();
	// With durable cursors the state of the activation is thrown away: the first poll makes it.
	if (storage === 'cursors') await polling.poll();
	return polling;
}

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
		expect(short([...(await polling.activate()), ...(await polling.poll())])).toEqual(['updated b']);
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
		expect((await polling.poll()).map(({ changed }) => changed)).toEqual([[expect.stringMatching(/pin/)]]);
	});

	it('keeps pending changes over a rotated key, and secrets do not count as changed', async () => {
		const polling = await watching(storage);
		const id = await createRule('a');
		const pin = { dispatch_rule_direct: { room_name: 'secret', pin: '123' } };
		await livekit.call('SIP/CreateSIPDispatchRule', { dispatch_rule: { rule: pin, name: 'with pin' } });
		await polling.poll();
		await rename(id, 'b');
		rotateKey(polling);
		expect(short(await polling.poll())).toEqual(['updated b']);
		expect(await polling.poll()).toEqual([]);
	});

	it('keeps pending changes when filters and events change', async () => {
		const id = await createRule('a');
		const polling = await watching(storage, { ...rules, filters: { nameContains: 'zzz' } });
		await rename(id, 'b');
		const gone = await createRule('gone');
		polling.parameters = { ...rules, filters: { nameContains: 'b' } };
		expect(short([...(await polling.activate()), ...(await polling.poll())])).toEqual(['updated b']);
		polling.parameters = rules;
		await polling.activate();
		await polling.poll();
		await remove(gone);
		expect(short(await polling.poll())).toContain('deleted gone');
	});

	it('goes on with what it watched when more is watched', async () => {
		const id = await createRule('a');
		await livekit.call('SIP/CreateSIPInboundTrunk', { trunk: { name: 'old trunk', numbers: ['+1'] } });
		const polling = await watching(storage);
		await rename(id, 'b');
		polling.parameters = { ...rules, watch: ['dispatchRule', 'inboundTrunk'] };
		expect(short([...(await polling.activate()), ...(await polling.poll())])).toEqual(['updated b']);
	});

	it('starts anew, without events, when the credential leads to another server', async () => {
		await createRule('a');
		const polling = await watching(storage);
		polling.credential = { ...polling.credential, url: polling.credential.url.replace('127.0.0.1', 'localhost') };
		expect(await polling.activate()).toEqual([]);
		await createRule('b');
		const expected = storage === 'cursors' ? [] : ['created b'];
		expect(short(await polling.poll())).toEqual(expected);
		await createRule('c');
		expect(short(await polling.poll())).toEqual(['created c']);
	});

	it('reports a wanted change after one that the filter left out', async () => {
		const polling = await watching(storage, { ...rules, filters: { nameContains: 'wanted' } });
		await createRule('other');
		expect(await polling.poll()).toEqual([]);
		const id = await createRule('wanted');
		expect(short(await polling.poll())).toEqual(['created wanted']);
		await createRule('another');
		expect(await polling.poll()).toEqual([]);
		await remove(id);
		expect(short(await polling.poll())).toEqual(['deleted wanted']);
	});

	it.each<Crash>(['before anything', 'after the state', 'after the execution'])('when n8n dies %s', async (crash) => {
		const polling = await watching(storage);
		await createRule('a');
		await polling.poll(crash);
		const kept = short(polling.events);
		await polling.activate();
		await polling.poll();
		const all = short(polling.events);
		// n8n stores the state and then makes the execution, so this window loses the event; with cursors there is none.
		const lost = storage !== 'cursors' && crash === 'after the state';
		expect(all).toEqual(lost ? [] : kept.length > 0 && storage !== 'cursors' ? ['created a', 'created a'] : ['created a']);
		expect(new Set(idsOf(polling.events)).size).toBe(lost ? 0 : 1);
	});
});

const scheduler = storages.includes('scheduler') ? describe : describe.skip;
scheduler('what n8n cannot promise with the scheduler and without cursors', () => {
	async function after(parameters: IDataObject, ...steps: Array<() => Promise<unknown>>): Promise<string[]> {
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
		expect(await after({ ...rules, events: ['updated'] }, ...steps)).toEqual([]);
	});

	it('a deletion of a rule that was created since the last event, when Created is not chosen', async () => {
		let id = '';
		const steps = [async () => (id = await createRule('a')), async () => await remove(id)];
		expect(await after({ ...rules, events: ['deleted'] }, ...steps)).toEqual([]);
	});

	it('a deletion of a rule that came into the filter since the last event, when Updated is not chosen', async () => {
		const id = await createRule('other');
		const steps = [async () => await rename(id, 'wanted'), async () => await remove(id)];
		expect(await after({ ...rules, events: ['created', 'deleted'], filters: { nameContains: 'wanted' } }, ...steps)).toEqual([]);
	});

	it('nothing with all events and no filter, also when an emitted one lies between', async () => {
		let id = '';
		const steps = [async () => (id = await createRule('a')), async () => await rename(id, 'b'), async () => await remove(id)];
		expect(await after(rules, ...steps)).toEqual(['created a', 'updated b', 'deleted b']);
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
		polling.credential = { ...polling.credential, url: polling.credential.url.replace('127.0.0.1', 'localhost') };
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
		const polling = new Polling(credentialOf(livekit.server), rules, 'cursors');
		await polling.activate();
		await createRule('a');
		expect(await polling.poll()).toEqual([]);
		await createRule('b');
		expect(short(await polling.poll())).toEqual(['created b']);
	});

	it('nothing with Emit Existing, whether there was something or not', async () => {
		const parameters = { ...rules, options: { emitExisting: true } };
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
