import { credentialOf, runNode } from '../support/harness';
import { numbered, useDialling } from '../support/dialling';
import { picked } from '../support/livekit';

const dialling = useDialling();
const { livekit } = dialling;

// The slowest pace there is: whoever had to wait for it would outlast the test.
const slow = 1 / 600;

const run = async (credential: object, callsPerSecond: number) =>
	await runNode(
		{ ...credentialOf(livekit.server), ...credential },
		{
			resource: 'call',
			operation: 'place',
			trunk: picked(dialling.trunk),
			callTo: '={{ $json.number }}',
			limits: { callsPerSecond },
		},
		numbered(1),
	);

it('a slow pace with a wrong secret holds up nobody: what was not sent gives its turn back', async () => {
	const wrong = { apiSecret: 'another-secret-of-at-least-32-characters' };
	for (let execution = 0; execution < 3; execution++)
		expect((await run(wrong, slow)).error?.message).toMatch(/secret/i);
	const { json } = await run({}, slow);
	expect(json).toEqual([expect.objectContaining({ outcome: 'answered' })]);
	expect(dialling.called()).toHaveLength(1);
});

it('a slow call holds up no faster one that comes after it', async () => {
	await run({}, slow);
	const { json } = await run({}, 50);
	expect(json).toEqual([expect.objectContaining({ outcome: 'answered' })]);
	expect(dialling.called()).toHaveLength(2);
});

it('each API key has a pace of its own', async () => {
	const secret = 'a-third-secret-of-at-least-32-characters';
	livekit.server.options.keys = { ...livekit.server.options.keys, otherkey: secret };
	await run({}, slow);
	const { json } = await run({ apiKey: 'otherkey', apiSecret: secret }, slow);
	expect(json).toEqual([expect.objectContaining({ outcome: 'answered' })]);
	expect(dialling.called()).toHaveLength(2);
});

it.each([0.0001, 0.0016, '={{ 1 / 601 }}'])(
	'less than one call in ten minutes is refused: %s',
	async (callsPerSecond) => {
		const { error } = await dialling.place({ limits: { callsPerSecond } }, numbered(1));
		expect(error?.message).toMatch(
			/^Calls per Second must be at least 0\.00167, which is one call in ten minutes, or 0 for no limit, not 0\.001?\d/,
		);
		expect(livekit.methods()).toEqual([]);
	},
);

it.each([0.00167, '={{ 1 / 600 }}'])(
	'one call in ten minutes is not: %s',
	async (callsPerSecond) => {
		const { json } = await dialling.place({ limits: { callsPerSecond } }, numbered(1));
		expect(json).toEqual([expect.objectContaining({ outcome: 'answered' })]);
	},
);
