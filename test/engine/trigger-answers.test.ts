import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../local/livekit/server';
import { useClock } from '../support/clock';
import { credentialOf } from '../support/harness';
import { useLiveKit } from '../support/livekit';
import { Polling, storages } from '../support/polling';
import { until } from '../support/until';

const livekit = useLiveKit();
const clock = useClock();
const rules = { watch: ['dispatchRule'], events: ['created', 'updated', 'deleted'] };
const list = 'ListSIPDispatchRule';
const short = (events: IDataObject[]) =>
	events.map(({ event, name }) => `${String(event)} ${String(name)}`);

async function watching(parameters: IDataObject = rules): Promise<Polling> {
	const polling = new Polling(credentialOf(livekit.server), parameters, 'memory');
	await polling.activate();
	return polling;
}

async function createTrunk(name: string, fields: object = {}): Promise<string> {
	const { sip_trunk_id: id } = await livekit.call('SIP/CreateSIPInboundTrunk', {
		trunk: { name, numbers: [`+${name}`], ...fields },
	});
	return id;
}

describe.each(storages)('answers that are no list, state kept by %s', (storage) => {
	const json = (body: unknown): Fault => ({
		method: list,
		kind: 'body',
		body: JSON.stringify(body),
	});
	const status = (code: number, body = '{"code":"internal","msg":"no"}'): Fault => ({
		method: list,
		kind: 'status',
		status: code,
		body,
	});
	it.each<[string, Fault[]]>([
		['an internal error', [status(500)]],
		['an unavailable service', [status(503, '{"code":"unavailable","msg":"later"}')]],
		['too many requests', [status(429, '{"code":"resource_exhausted","msg":"slow down"}')]],
		['a refused token', [{ ...status(401, 'invalid token'), contentType: 'text/plain' }]],
		[
			'a missing permission',
			[status(403, '{"code":"permission_denied","msg":"permissions denied"}')],
		],
		['a missing page', [{ ...status(404, '<html>not here</html>'), contentType: 'text/html' }]],
		['a gateway page', [{ ...status(502, '<html>bad gateway</html>'), contentType: 'text/html' }]],
		['a redirect', [status(302, '')]],
		[
			'a login page with 200',
			[{ method: list, kind: 'body', body: '<html>log in</html>', contentType: 'text/html' }],
		],
		['an empty body', [{ method: list, kind: 'body', body: '' }]],
		[
			'text that is cut',
			[{ method: list, kind: 'body', body: '{"items":[{"sip_dispatch_rule_id":"SDR_1"},' }],
		],
		['an array', [json([])]],
		['null', [json(null)]],
		['another object', [json({ status: 'ok' })]],
		['a list that is no list', [json({ items: {} })]],
		['a list of texts', [json({ items: ['SDR_1'] })]],
		['a broken connection', [{ method: list, kind: 'drop-after' }]],
		['a proxy that answers everything with {}', [{ kind: 'body', body: '{}', times: 9 }]],
		[
			'a proxy that answers everything with an empty list',
			[{ kind: 'body', body: '{"items":[]}', times: 9 }],
		],
		[
			'a list with null beside a rule',
			[json({ items: [{ sip_dispatch_rule_id: 'SDR_1' }, null] })],
		],
		['a list with {} beside a rule', [json({ items: [{ sip_dispatch_rule_id: 'SDR_1' }, {}] })]],
		['a list of nothing but null', [json({ items: [null, null] })]],
		['a list of nothing but {}', [json({ items: [{}] })]],
		['a rule without an id', [json({ items: [{ name: 'n' }] })]],
		['an empty second page', [{ method: list, kind: 'delay', delayMs: 0 }, json({})]],
		['a second page that fails', [{ method: list, kind: 'delay', delayMs: 0 }, status(500)]],
	])('refuses %s and then reports what really happened', async (_name, faults) => {
		livekit.server.seedRules(3);
		const polling = new Polling(credentialOf(livekit.server), rules, storage);
		await polling.activate();
		await polling.poll();
		const [first] = livekit.server.seedRules(1);
		livekit.server.faults.push(...faults);
		await expect(polling.poll()).rejects.toMatchObject({
			name: 'NodeApiError',
			description: expect.stringMatching(/\w/),
		});
		livekit.server.faults.length = 0;
		expect(polling.executions).toEqual([]);
		expect((await polling.poll()).map(({ event, id }) => [event, id])).toEqual([
			['created', first],
		]);
	});
});

describe.each(storages)('one empty answer where there were rules, state kept by %s', (storage) => {
	it.each(['{}', '{"items":[]}', '{"items":null}'])('%s is not believed', async (body) => {
		livekit.server.seedRules(3);
		const polling = new Polling(credentialOf(livekit.server), rules, storage);
		await polling.activate();
		await polling.poll();
		livekit.server.faults.push({ method: list, kind: 'body', body });
		expect(await polling.poll()).toEqual([]);
		const [added] = livekit.server.seedRules(1);
		expect((await polling.poll()).map(({ event, id }) => [event, id])).toEqual([
			['created', added],
		]);
	});
});

describe('failed polls', () => {
	it('tell n8n the HTTP status, on which its waiting time depends', async () => {
		const polling = await watching();
		livekit.server.faults.push({
			method: list,
			kind: 'status',
			status: 429,
			body: '{"code":"resource_exhausted","msg":"slow down"}',
		});
		await expect(polling.poll()).rejects.toMatchObject({
			httpCode: '429',
			description: expect.stringMatching(/^(?!.*Batching).*longer Poll Times/),
		});
	});

	it('make the activation fail with words on what to do', async () => {
		const polling = new Polling(
			{ ...credentialOf(livekit.server), apiSecret: 'wrong' },
			rules,
			'memory',
		);
		await expect(polling.activate()).rejects.toMatchObject({
			message: 'LiveKit refused the API key and secret',
			description: expect.stringContaining('API secret'),
		});
	});

	it('never show the secret', async () => {
		const polling = new Polling(credentialOf(livekit.server), rules, 'memory');
		livekit.server.options.leakTokenIn401 = true;
		polling.credential = {
			...polling.credential,
			apiSecret: 'a-wrong-secret-that-must-not-show-up',
		};
		const thrown: unknown = await polling.activate().catch((error: unknown) => error);
		expect(JSON.stringify(thrown)).not.toMatch(/a-wrong-secret|eyJ/);
	});
});

describe('lists', () => {
	it('believes an empty list of LiveKit: all rules were deleted', async () => {
		const ids = livekit.server.seedRules(2);
		const polling = await watching();
		for (const id of ids)
			await livekit.call('SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: id });
		expect(short(await polling.poll()).sort()).toEqual(['deleted Rule 1', 'deleted Rule 2']);
	});

	it('sees no change when the server starts to answer in another style, or with more defaults', async () => {
		livekit.server.seedRules(2);
		await createTrunk('1', {
			auth_username: 'u',
			auth_password: 'p',
			media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
		});
		const polling = await watching({
			...rules,
			watch: ['dispatchRule', 'inboundTrunk', 'outboundTrunk'],
		});
		livekit.server.options.style = 'camel';
		expect(await polling.poll()).toEqual([]);
		livekit.server.options.style = 'snake';
		expect(await polling.poll()).toEqual([]);
	});

	it('does not take a server that starts to mask passwords for a change, and still sees one that is set or removed', async () => {
		const id = await createTrunk('1', { auth_username: 'u', auth_password: 'p' });
		const polling = await watching({ ...rules, watch: ['inboundTrunk'] });
		livekit.server.options.maskSecrets = '********';
		expect(await polling.poll()).toEqual([]);
		await livekit.call('SIP/UpdateSIPInboundTrunk', {
			sip_trunk_id: id,
			update: { auth_password: '' },
		});
		expect((await polling.poll()).map(({ changed }) => changed)).toEqual([['auth_password']]);
	});

	it('never runs backwards when polls overlap: the one with the older list is dropped, and nothing is lost', async () => {
		const [first] = livekit.server.seedRules(2).sort();
		const polling = await watching();
		const older = JSON.stringify(await livekit.call('SIP/ListSIPDispatchRule', {}));
		livekit.server.faults.push({
			method: list,
			kind: 'body',
			contentType: 'application/json',
			body: older,
			delayMs: 150,
		});
		clock.hold();
		const slow = polling.poll();
		await until(() => clock.waiting() > 0);
		await livekit.call('SIP/UpdateSIPDispatchRule', {
			sip_dispatch_rule_id: first,
			update: { name: 'changed' },
		});
		await polling.poll();
		clock.pass(150);
		await slow;
		await polling.poll();
		expect(polling.events.map(({ name, changed }) => [name, changed])).toEqual([
			['changed', ['name']],
		]);
	});
});

describe.each(storages)(
	'two poll times that come in the same second, state kept by %s',
	(storage) => {
		it(
			storage === 'memory'
				? 'report a change once'
				: 'report a change twice, under one id, and not again',
			async () => {
				livekit.server.seedRules(2);
				const polling = new Polling(credentialOf(livekit.server), rules, storage);
				await polling.activate();
				await polling.poll();
				const [added] = livekit.server.seedRules(1);
				await Promise.all([polling.poll(), polling.poll()]);
				await polling.poll();
				expect(polling.events.map(({ event, id }) => [event, id])).toEqual(
					Array.from({ length: storage === 'memory' ? 1 : 2 }, () => ['created', added]),
				);
				expect(new Set(polling.events.map(({ event_id: id }) => id)).size).toBe(1);
			},
		);
	},
);
