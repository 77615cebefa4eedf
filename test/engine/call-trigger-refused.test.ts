import { gzipSync } from 'node:zlib';
import { end, endText, ended, useCallHooks } from '../support/callTrigger';
import { useLog } from '../support/log';
import { eventOf, hashOf, signedAgo, signedBySdk, signer } from '../support/webhooks';

const open = useCallHooks();

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

it('the hash of a body is that of its bytes', () => {
	expect(hashOf(Buffer.from(endText))).toBe(hashOf(endText));
});
