import type { LocalLiveKit } from '../../local/livekit/server';
import { startLocalLiveKit } from '../../local/livekit/server';
import { answered, ask } from '../support/client';

describe('faults', () => {
	let livekit: LocalLiveKit;
	beforeAll(async () => {
		livekit = await startLocalLiveKit({ answerAfterMs: 1 });
	});
	beforeEach(() => livekit.reset());
	afterAll(() => livekit.close());

	const create = () =>
		ask(livekit, 'SIP/CreateSIPOutboundTrunk', { trunk: { address: 'x', numbers: ['+1'] } });
	const count = async () =>
		(await answered<{ items: object[] }>(livekit, 'SIP/ListSIPOutboundTrunk')).items.length;

	test('drop-before: the connection breaks and nothing has happened', async () => {
		livekit.faults.push({ kind: 'drop-before', method: 'CreateSIPOutboundTrunk' });
		await expect(create()).rejects.toThrow('fetch failed');
		expect(await count()).toBe(0);
		expect((await create()).status).toBe(200);
	});

	test('drop-after: the connection breaks although it has happened', async () => {
		livekit.faults.push({ kind: 'drop-after', method: 'CreateSIPOutboundTrunk' });
		await expect(create()).rejects.toThrow('fetch failed');
		expect(await count()).toBe(1);
	});

	test('status and body, as often as asked for', async () => {
		const html = '<h1>Bad gateway</h1>';
		livekit.faults.push(
			{ kind: 'status', status: 502, contentType: 'text/html', body: html, times: 2 },
			{ kind: 'body', body: 'null' },
		);
		expect(await create()).toEqual({ status: 502, type: 'text/html', body: html });
		expect((await create()).status).toBe(502);
		expect(await create()).toEqual({ status: 200, type: 'application/json', body: null });
		expect(livekit.faults).toEqual([]);
		expect(await count()).toBe(0);
	});

	test('delay', async () => {
		livekit.faults.push({ kind: 'delay', delayMs: 60, method: 'ListSIPOutboundTrunk' });
		const from = performance.now();
		expect(await count()).toBe(0);
		expect(performance.now() - from).toBeGreaterThan(50);
	});
});
