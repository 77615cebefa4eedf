import { gzipSync } from 'node:zlib';
import { calls, end, endText, ended, useCallHooks } from '../support/callTrigger';
import { eventsOf, recorded, signedBySdk } from '../support/webhooks';

const open = useCallHooks();

describe('a delivery of LiveKit', () => {
	it.each([
		['version 1', { typeVersion: 1 }, {}],
		['version 2, whose raw body n8n leaves unread', { typeVersion: 2 }, {}],
		['version 1, as application/json', { typeVersion: 1 }, { 'content-type': 'application/json' }],
		[
			'version 2, as application/json',
			{ typeVersion: 2 },
			{ 'content-type': 'application/json; charset=utf-8' },
		],
		[
			'version 1, without a content type',
			{ typeVersion: 1 },
			{ 'content-type': 'application/octet-stream' },
		],
	])('starts one execution with one item: %s', async (_what, options, headers) => {
		const hook = await open(ended, options);
		expect(await hook.post(endText, headers)).toEqual({
			status: 200,
			body: '{"message":"Workflow was started"}',
		});
		expect(hook.executions).toHaveLength(1);
		expect(hook.items).toEqual([
			expect.objectContaining({ event: 'call_ended', answered: true, event_id: 'EV_pQrKFMsJpGUZ' }),
		]);
		expect(hook.answeredFirst).toEqual([true]);
	});

	it('may be compressed', async () => {
		const hook = await open(ended, { typeVersion: 2 });
		const headers = { 'content-encoding': 'gzip', authorization: await signedBySdk(endText) };
		expect((await hook.post(new Uint8Array(gzipSync(endText)), headers)).status).toBe(200);
		expect(hook.executions).toHaveLength(1);
	});

	it('is answered before the workflow runs', async () => {
		const { loader } = globalThis.n8nEngine ?? {};
		const type = loader?.getNode('liveKitCallTrigger').type;
		expect(type && 'description' in type && Reflect.get(type.description, 'webhooks')).toEqual([
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		]);
	});

	it('is read by the node alone: n8n evaluates no expression before, as for nodes of version 1', async () => {
		const type = globalThis.n8nEngine?.loader.getNode('liveKitCallTrigger').type;
		expect(type && 'description' in type && Reflect.get(type.description, 'version')).toBe(2);
	});

	it('with non-ASCII letters and escapes is verified byte for byte', async () => {
		const hook = await open(ended);
		const text = endText
			.replace('"id-ok"', '"J\u00fcrgen \ud83d\ude80 \\u00fc"')
			.replace(/":/g, '" : ');
		expect((await hook.post(text)).status).toBe(200);
		expect(hook.items[0].participant_identity).toBe('J\u00fcrgen \ud83d\ude80 \u00fc');
	});
});

describe('nothing is started in vain', () => {
	it('of all recorded events only those that were chosen start an execution', async () => {
		const hook = await open(calls);
		const unwanted = await open({ events: ['recording_ended', 'agent_job_failed'] });
		for (const { raw } of recorded) {
			expect((await hook.post(raw)).status).toBe(200);
			expect((await unwanted.post(raw)).status).toBe(200);
		}
		const wanted = recorded.filter(({ json }) =>
			/^participant_(joined|left)$/.test(String(json.event)),
		);
		expect(hook.items.map(({ event_id }) => event_id)).toEqual(wanted.map(({ json }) => json.id));
		expect(hook.executions).toHaveLength(wanted.length);
		expect(unwanted.executions).toEqual([]);
	});

	it('Any Event brings every event once, in its own name or in ours, with the whole of it', async () => {
		const hook = await open({ events: ['any'] });
		for (const { raw } of recorded) await hook.post(raw);
		expect(hook.executions).toHaveLength(new Set(recorded.map(({ json }) => json.id)).size);
		expect(new Set(hook.items.map(({ event }) => event))).toEqual(
			new Set([
				'room_started',
				'inbound_call_started',
				'outbound_call_started',
				'track_published',
				'track_unpublished',
				'call_ended',
				'room_finished',
			]),
		);
		const raw = hook.items.filter(({ livekit_event: whole }) => whole !== undefined);
		expect(new Set(raw.map(({ event }) => event))).toEqual(
			new Set(['room_started', 'track_published', 'track_unpublished']),
		);
	});

	it('a repeated delivery starts nothing, whatever it is signed with', async () => {
		const hook = await open({ events: ['any'] });
		const retried = recorded.filter(({ json }) => json.id === 'EV_VyDLumxAxqm8');
		expect(retried.length).toBeGreaterThan(3);
		for (const { raw } of retried) expect((await hook.post(raw)).status).toBe(200);
		expect(hook.executions).toHaveLength(1);
		await Promise.all(Array.from({ length: 20 }, async () => await hook.send(end)));
		expect(hook.executions).toHaveLength(2);
	});

	it('a repeated delivery starts what n8n could not start before', async () => {
		const options = { broken: true };
		const hook = await open(ended, options);
		expect((await hook.send(end)).status).toBe(500);
		expect(hook.executions).toEqual([]);
		hook.options.broken = false;
		expect((await hook.send(end)).status).toBe(200);
		await hook.send(end);
		expect(hook.executions).toHaveLength(1);
	});

	it('two triggers get the same event both', async () => {
		const [one, other] = [await open(ended), await open(ended)];
		await one.send(end);
		await other.send(end);
		expect([one.executions.length, other.executions.length]).toEqual([1, 1]);
	});

	it('a call is told as answered by what this process has seen', async () => {
		const hook = await open(ended);
		for (const { raw } of eventsOf('in-pin')) await hook.post(raw);
		expect(hook.items).toEqual([
			expect.objectContaining({ answered: true, ended_as: 'completed', talk_seconds: 2 }),
		]);
	});
});
