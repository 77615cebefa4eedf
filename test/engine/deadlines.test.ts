import { numbers, useDialling } from '../support/dialling';
import { credentialOf, runNode, searchList } from '../support/harness';
import { picked } from '../support/livekit';
import { startProxy } from '../support/proxy';

const dialling = useDialling();
const { livekit } = dialling;
const place = (trunk: string) => ({
	resource: 'call',
	operation: 'place',
	trunk: picked(trunk),
	callTo: '={{ $json.number }}',
	limits: { callsPerSecond: 0 },
});

it('outlasts the ring, whatever Timeout says', async () => {
	livekit.server.options.answerAfterMs = 300;
	const { error } = await dialling.place(
		{ requestOptions: { timeout: 50 } },
		numbers('+14155550101'),
	);
	expect(error).toBeUndefined();
	expect(dialling.called()).toHaveLength(1);
});

it.each([
	[78, 'answer', undefined],
	[79, 'answer', '81000'],
	[120, 'answer', '122000'],
	[120, 'nothing', undefined],
])(
	'ringing %s s, waiting for %s: deadline of the server %s',
	async (ringFor, waitFor, deadline) => {
		await dialling.place({ limits: { ringFor }, waitFor }, numbers('+14155550101'));
		const [{ headers }] = livekit.server.requests;
		expect(headers['x-twirp-timeout-ms']).toBe(deadline);
	},
);

it('a transfer rings for 30 seconds where nothing else is said', async () => {
	const { error } = await livekit.run({
		resource: 'call',
		operation: 'transfer',
		room: picked('call-1'),
		participant: picked('caller'),
		transferTo: '+14155550188',
	});
	expect(error).toBeUndefined();
	expect(livekit.bodies()).toEqual([expect.objectContaining({ ringing_timeout: '30s' })]);
});

it.each(['place', 'create'])('follows no redirect: %s', async (operation) => {
	const elsewhere = await startProxy({ redirectTo: livekit.server.url });
	const parameters =
		operation === 'place'
			? place(dialling.trunk)
			: { resource: 'inboundTrunk', operation, numbers: '={{ $json.number }}' };
	const { error } = await runNode(
		{ ...credentialOf(livekit.server), url: elsewhere.url },
		parameters,
		numbers('+14155550101'),
	);
	await elsewhere.close();
	expect(error).toMatchObject({ httpCode: '307' });
	expect(elsewhere.asked).toHaveLength(1);
	expect(livekit.methods()).toEqual([]);
});

it.each([
	['place', (trunk: string) => place(trunk)],
	[
		'update',
		() => ({
			resource: 'inboundTrunk',
			operation: 'update',
			trunkId: picked('ST_1'),
			updateFields: { name: 'x' },
		}),
	],
	['getAll', () => ({ resource: 'inboundTrunk', operation: 'getAll' })],
])('goes through the Proxy of the node, which sees no token: %s', async (_name, parametersOf) => {
	const [proxy, server] = await Promise.all([
		startProxy(),
		startProxy({ tls: livekit.server.port }),
	]);
	const { error } = await runNode(
		{ ...credentialOf(livekit.server), url: server.url },
		{ ...parametersOf(dialling.trunk), requestOptions: { proxy: proxy.url } },
		numbers('+14155550101'),
	);
	await Promise.all([proxy.close(), server.close()]);
	// A tunnel to the server, whose certificate nobody vouches for.
	expect(new Set(proxy.asked)).toEqual(new Set([new URL(server.url).host]));
	expect(error?.message).toMatch(/certificate of the LiveKit server is not trusted/);
	expect(livekit.server.requests).toEqual([]);
});

it.each([
	['place', place('ST_1')],
	['getAll', { resource: 'inboundTrunk', operation: 'getAll' }],
])('trusts a certificate of its own only with Ignore SSL Issues: %s', async (_name, parameters) => {
	const proxy = await startProxy({ tls: livekit.server.port });
	const credential = { ...credentialOf(livekit.server), url: proxy.url };
	const refused = await runNode(credential, parameters, numbers('+14155550101'));
	expect(refused.error?.message).toMatch(/certificate of the LiveKit server is not trusted/);
	expect(livekit.methods()).toEqual([]);
	await runNode(
		credential,
		{ ...parameters, requestOptions: { allowUnauthorizedCerts: true } },
		numbers('+14155550101'),
	);
	await proxy.close();
	expect(livekit.methods()).not.toEqual([]);
});

const lists = { resource: 'inboundTrunk', operation: 'getAll' };

it.each([
	['Timeout', { timeout: '={{ -1 }}' }],
	['Timeout', { timeout: '={{ NaN }}' }],
	['Timeout', { timeout: '={{ "soon" }}' }],
	['Timeout', { timeout: '={{ true }}' }],
	['Timeout', { timeout: '={{ [100] }}' }],
	['Ignore SSL Issues (Insecure)', { allowUnauthorizedCerts: '={{ "false" }}' }],
	['Ignore SSL Issues (Insecure)', { allowUnauthorizedCerts: '={{ "true" }}' }],
	['Ignore SSL Issues (Insecure)', { allowUnauthorizedCerts: '={{ 1 }}' }],
])('sends nothing where %s is none: %j', async (label, requestOptions) => {
	for (const parameters of [lists, place(dialling.trunk)]) {
		livekit.forget();
		const { error } = await runNode(
			credentialOf(livekit.server),
			{ ...parameters, requestOptions },
			numbers('+14155550101'),
		);
		expect(error?.message).toContain(`${label} in the Settings of the node must be`);
		expect(livekit.methods()).toEqual([]);
	}
});

it('takes a Timeout that an expression gives as text', async () => {
	livekit.server.faults.push({ kind: 'delay', delayMs: 3000 });
	const { error } = await runNode(credentialOf(livekit.server), {
		...lists,
		requestOptions: { timeout: '={{ "100" }}' },
	});
	expect(error?.message).toBe('LiveKit did not answer in time');
});

it('a picker does not mind a Timeout that the editor has not worked out', async () => {
	const requestOptions = { timeout: '={{ $json.wait }}', allowUnauthorizedCerts: '={{ $json.x }}' };
	const { results } = await searchList(credentialOf(livekit.server), 'searchOutboundTrunks', {
		requestOptions,
	});
	expect(results).not.toEqual([]);
	const proxied = { requestOptions: { proxy: '={{ $json.proxy }}' } };
	await expect(
		searchList(credentialOf(livekit.server), 'searchOutboundTrunks', proxied),
	).rejects.toThrow(/^Proxy .* must be a URL/);
});
