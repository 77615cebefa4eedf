import { gzipSync } from 'node:zlib';
import type { IDataObject } from 'n8n-workflow';

import { CallHook, type HookOptions } from '../support/hooks';
import { picked } from '../support/livekit';
import { useLog } from '../support/log';
import {
	eventOf,
	eventsOf,
	hashOf,
	leftWith,
	recorded,
	signedAgo,
	signedBySdk,
	signer,
} from '../support/webhooks';

const hooks: CallHook[] = [];
afterEach(async () => {
	for (const hook of hooks.splice(0)) await hook.close();
});

// One process, many workflows: each test's node is another one.
let count = 0;
const open = async (parameters: IDataObject, options: HookOptions = {}, credential?: never) => {
	const hook = await CallHook.open(
		parameters,
		{ nodeId: `node-${++count}`, ...options },
		credential,
	);
	hooks.push(hook);
	return hook;
};

const calls = { events: ['inbound_call_started', 'outbound_call_started', 'call_ended'] };
const ended = { events: ['call_ended'] };
const end = leftWith('room-ok2', {});
const endText = JSON.stringify(end);

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

	it('with non-ASCII letters and escapes is verified byte for byte', async () => {
		const hook = await open(ended);
		const text = endText
			.replace('"id-ok"', '"J\u00fcrgen \ud83d\ude80 \\u00fc"')
			.replace(/":/g, '" : ');
		expect((await hook.post(text)).status).toBe(200);
		expect(hook.items[0].participant_identity).toBe('J\u00fcrgen \ud83d\ude80 \u00fc');
	});
});

describe('what is not LiveKit', () => {
	const written = useLog();
	const refused: ReadonlyArray<
		readonly [string, () => Promise<Record<string, string | undefined>>, number]
	> = [
		['no token', async () => ({ authorization: undefined }), 401],
		['an empty token', async () => ({ authorization: '' }), 401],
		[
			'Bearer in front',
			async () => ({ authorization: `Bearer ${await signedBySdk(endText)}` }),
			401,
		],
		[
			'another secret',
			async () => ({
				authorization: await signedBySdk(endText, { ...signer, apiSecret: 'y'.repeat(40) }),
			}),
			401,
		],
		[
			'another key',
			async () => ({ authorization: await signedBySdk(endText, { ...signer, apiKey: 'other' }) }),
			401,
		],
		[
			'a token for another body',
			async () => ({ authorization: await signedBySdk(`${endText} `) }),
			401,
		],
		[
			'a recorded token that has expired',
			async () => ({ authorization: eventOf('room-ok2', 'participant_left').token }),
			401,
		],
	];

	it.each(refused)('%s: refused without a reason, nothing runs', async (_what, headers, status) => {
		for (const typeVersion of [1, 2]) {
			const hook = await open({ events: ['any'] }, { typeVersion });
			expect(await hook.post(endText, await headers())).toEqual({ status, body: '' });
			expect(hook.executions).toEqual([]);
			expect(hook.failures).toEqual([]);
		}
		const [line] = written();
		expect(line).toMatch(/has refused 1 request\(s\) since n8n has started\.$/);
		expect(line).not.toMatch(/secret|key|token|expired|eyJ/i);
	});

	it.each([1, 2])('a body over 1 MiB, signed: refused (version %s)', async (typeVersion) => {
		const hook = await open({ events: ['any'] }, { typeVersion });
		const big = (bytes: number) => `{"event":"x","a":"${'a'.repeat(bytes - 20)}"}`;
		expect(await hook.post(big(1024 * 1024 + 1))).toEqual({ status: 413, body: '' });
		expect(
			await hook.post(new Uint8Array(gzipSync(big(5_000_000))), {
				'content-encoding': 'gzip',
				authorization: await signedBySdk(big(5_000_000)),
			}),
		).toEqual({ status: 413, body: '' });
		expect(hook.executions).toEqual([]);
		expect((await hook.post(big(1024 * 1024))).status).toBe(200);
		expect(hook.executions).toHaveLength(1);
	});

	it.each(['', '{', '[]', 'null', '{}', '{"event":7}', '\u0000'])(
		'a signed body that is no event, %j: refused',
		async (body) => {
			const hook = await open({ events: ['any'] });
			expect(await hook.post(body)).toEqual({ status: 400, body: '' });
			expect(hook.executions).toEqual([]);
		},
	);

	it('a body that was broken off: refused', async () => {
		const hook = await open({ events: ['any'] }, { typeVersion: 2 });
		const half = gzipSync(endText).subarray(0, 100);
		expect(await hook.post(new Uint8Array(half), { 'content-encoding': 'gzip' })).toEqual({
			status: 400,
			body: '',
		});
	});

	it('is counted in the log, which a flood does not fill', async () => {
		const hook = await open({ events: ['any'] });
		for (let at = 0; at < 120; at++) await hook.post('{}', { authorization: 'x' });
		expect(written().map((line) => / (\d+) request/.exec(line)?.[1])).toEqual(['1', '10', '100']);
	});
});

describe("the editor's test run", () => {
	it('shows the event, each time it is sent', async () => {
		const hook = await open(ended, { mode: 'manual' });
		await hook.send(end);
		await hook.send(end);
		expect(hook.executions).toHaveLength(2);
	});

	it('goes on listening after an event that nobody asked for', async () => {
		const hook = await open(ended, { mode: 'manual' });
		expect(await hook.send(eventOf('room-ok2', 'room_started').json)).toEqual({
			status: 200,
			body: '{"message":"Webhook call received"}',
		});
		expect([hook.executions, hook.failures]).toEqual([[], []]);
	});

	it.each([
		[
			'another key',
			{ ...signer, apiKey: 'APIother123456' },
			/signed with another API key/,
			/begins with APIoth\.\.\. Choose/,
		],
		[
			'another secret',
			{ ...signer, apiSecret: 'y'.repeat(40) },
			/signed with another secret/,
			/Copy its secret/,
		],
	])('tells of %s in words, which hold no key', async (_what, who, message, description) => {
		const hook = await open(ended, { mode: 'manual' });
		const { status, body } = await hook.post(endText, {
			authorization: await signedBySdk(endText, who),
		});
		expect(status).toBe(500);
		expect(body).not.toMatch(/key|secret/i);
		const [failure] = hook.failures;
		expect(failure.message).toMatch(message);
		expect(failure.description).toMatch(description);
		expect(JSON.stringify(failure)).not.toMatch(/APIother123456|devkey|yyyy|eyJ/);
	});

	it.each([
		['ahead', -120, /not valid yet/],
		['behind', 420, /has expired/],
	])('tells of a clock of LiveKit that is %s', async (_what, secondsAgo, message) => {
		const hook = await open(ended, { mode: 'manual' });
		await hook.post(endText, { authorization: await signedAgo(endText, secondsAgo) });
		expect(hook.failures.map(({ message: words }) => words)).toEqual([
			expect.stringMatching(message),
		]);
	});

	it.each([-50, 350])(
		'a clock that differs by less than a minute is no matter: %s',
		async (secondsAgo) => {
			const hook = await open(ended);
			await hook.post(endText, { authorization: await signedAgo(endText, secondsAgo) });
			expect(hook.executions).toHaveLength(1);
		},
	);

	it.each(['x', '<img src=x>.y.z'])(
		'says nothing of what LiveKit never sends: %j',
		async (authorization) => {
			const hook = await open(ended, { mode: 'manual' });
			expect(await hook.post(endText, { authorization })).toEqual({ status: 401, body: '' });
			expect(hook.failures).toEqual([]);
		},
	);

	it('shows a key with markup as plain text', async () => {
		const hook = await open(ended, { mode: 'manual' });
		const authorization = await signedBySdk(endText, { ...signer, apiKey: '<a>\u202ex' });
		await hook.post(endText, { authorization });
		expect(hook.failures[0].message + hook.failures[0].description).not.toMatch(/[<>`\u202e]/);
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
		const options = { broken: true, nodeId: `node-${++count}` };
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

describe('parameters', () => {
	it('Simplify off adds the whole event, without secrets', async () => {
		const hook = await open({ ...ended, simplify: false });
		await hook.send(end);
		expect(hook.items[0]).toMatchObject({
			livekit_event: {
				event: 'participant_left',
				room: { turn_password: '**hidden**' },
				participant: { disconnect_reason: 'CLIENT_INITIATED' },
			},
		});
		expect(JSON.stringify(hook.items)).not.toContain((end.room as IDataObject).turnPassword);
	});

	it.each<[string, IDataObject, number]>([
		['direction', { direction: 'outbound' }, 1],
		['direction', { direction: 'inbound' }, 0],
		['trunk', { trunk: picked('ST_5wmWJoBrsbCf') }, 1],
		['trunk', { trunk: picked('ST_other') }, 0],
		['rule', { rule: picked('SDR_khpEJnX5aaNp') }, 0],
		['room', { room: 'room-' }, 1],
		['room', { room: '={{ "sup" + "port" }}' }, 0],
		['numbers', { phoneNumbers: '+1 555 1234' }, 1],
		['numbers', { phoneNumbers: '={{ ["+15550000", "+4930123456"] }}' }, 1],
		['numbers', { phoneNumbers: '+4930123456' }, 0],
		['answered', { answered: ['answered'] }, 1],
		['answered', { answered: ['notAnswered', 'notTold'] }, 0],
	])('filter %s: %j lets %i through', async (_name, filters, expected) => {
		const hook = await open({ ...ended, filters });
		expect((await hook.send(end)).status).toBe(200);
		expect(hook.executions).toHaveLength(expected);
		expect(hook.failures).toEqual([]);
	});

	const unusable: ReadonlyArray<readonly [string, IDataObject, RegExp]> = [
		['Events', { events: [] }, /^Events is empty: choose/],
		['Events', { events: '={{ undefined }}' }, /^Events is empty/],
		[
			'Events',
			{ events: ['call_started'] },
			/^Events must hold events of the list, such as call_ended, not "call_started"/,
		],
		['Simplify', { simplify: '={{ undefined }}' }, /^Simplify is empty/],
		['Simplify', { simplify: '={{ "maybe" }}' }, /^Simplify must be true or false, not "maybe"/],
		['Direction', { filters: { direction: '={{ null }}' } }, /^Direction is empty/],
		[
			'Direction',
			{ filters: { direction: 'both' } },
			/^Direction must be inbound or outbound, not "both"/,
		],
		['Trunk', { filters: { trunk: picked('') } }, /^Trunk is empty/],
		['Trunk', { filters: { trunk: picked('={{ undefined }}') } }, /^Trunk is empty/],
		[
			'Trunk',
			{ filters: { trunk: picked('main') } },
			/^Trunk must be an ID that begins with ST_, not "main"/,
		],
		['Dispatch Rule', { filters: { rule: picked(' ') } }, /^Dispatch Rule is empty/],
		[
			'Dispatch Rule',
			{ filters: { rule: picked('ST_1') } },
			/^Dispatch Rule must be an ID that begins with SDR_/,
		],
		['Room Prefix', { filters: { room: '' } }, /^Room Prefix is empty/],
		[
			'Room Prefix',
			{ filters: { room: '=support-{{ undefined }}' } },
			/^Room Prefix is empty: the expression found nothing/,
		],
		['Phone Numbers', { filters: { phoneNumbers: '' } }, /^Phone Numbers is empty/],
		['Phone Numbers', { filters: { phoneNumbers: ' , ' } }, /^Phone Numbers is empty/],
		['Phone Numbers', { filters: { phoneNumbers: '+15551234, 1.5E+10' } }, /^Phone Numbers /],
		['Phone Numbers', { filters: { phoneNumbers: '={{ [] }}' } }, /^Phone Numbers is empty/],
		['Answered', { filters: { answered: [] } }, /^Answered is empty/],
		[
			'Answered',
			{ filters: { answered: ['yes'] } },
			/^Answered must hold answered, notAnswered or notTold, not "yes"/,
		],
	];

	it.each(unusable)('%s %j stops the activation', async (_label, own, message) => {
		await expect(open({ ...ended, ...own })).rejects.toThrow(message);
	});

	it.each(unusable)(
		'%s %j starts nothing if it becomes so later, and n8n shows why',
		async (_label, own, message) => {
			const parameters: IDataObject = { ...ended };
			const hook = await open(parameters);
			Object.assign(parameters, own);
			expect((await hook.send(end)).status).toBe(500);
			expect(hook.executions).toEqual([]);
			expect(hook.failures.map(({ message: words }) => words)).toEqual([
				expect.stringMatching(message),
			]);
			// Only LiveKit gets as far as this.
			expect((await hook.post(endText, { authorization: 'x' })).status).toBe(401);
		},
	);
});

it('the hash of a body is that of its bytes', () => {
	expect(hashOf(Buffer.from(endText))).toBe(hashOf(endText));
});
