// Sends for agents on a real livekit-server with workers of its own, as Call: Place does before it dials.
// Run: node test/e2e/agent-real.mjs
import { setTimeout as sleep } from 'node:timers/promises';

import { loadTs } from '../../local/load-ts.mjs';
import { startAgent } from './agent-worker.mjs';
import { Checks, same } from './checks.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';
import { until } from './until.mjs';

/** Longer than an agent takes on a busy machine. */
const patienceS = 120;

const lacking = missing();
if (lacking.length > 0) {
	console.log(`Not run. Missing:\n- ${lacking.join('\n- ')}\n0 passed, 0 failed, 1 skipped`);
	process.exit(0);
}

const [
	{ dismissAgent, summonAgent },
	{ agentRpcs, callRpcs, rpcPath },
	{ grantFor },
	{ signToken },
	{ readAnswer },
	{ readRefusal },
	{ aboutRoom },
	{ rowFor },
	{ replyOf },
] = await Promise.all(
	[
		'nodes/LiveKitSip/dial/agent.ts',
		...[
			'schema/rpc',
			'http/grants',
			'http/token',
			'http/twirp',
			'outcome/refusals',
			'outcome/missingRoom',
		].map((name) => `livekit/${name}.ts`),
		'test/support/row.ts',
		'nodes/shared/send.ts',
	].map(loadTs),
);
const real = await startRealLiveKit();
const checks = new Checks();

async function send(rpc, body) {
	const token = await signToken({
		apiKey: real.key,
		apiSecret: real.secret,
		grant: grantFor(rpcPath(rpc), body),
	});
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
	const response = await fetch(`${real.url}${rpcPath(rpc)}`, {
		method: 'POST',
		headers,
		body: JSON.stringify(body),
	});
	return replyOf(rpc, readAnswer({ status: response.status, body: await response.json() }));
}

const row = rowFor(send);
const summon = async (room, name, waitSeconds, metadata) =>
	await summonAgent(
		row,
		room,
		{ name, waitSeconds, metadata },
		(ms) => sleep(ms, undefined, { ref: false }),
		() => false,
	);
const agentsIn = async (room) =>
	(await send(callRpcs.getAll, { room })).value.participants.filter(({ kind }) => kind === 'AGENT');

let letIn;
const door = new Promise((resolve) => (letIn = resolve));
const workers = [
	await startAgent(real, { name: '' }),
	await startAgent(real, { name: 'helper' }),
	await startAgent(real, { name: 'slow', mayJoin: door }),
	await startAgent(real, { name: 'stuck', mayJoin: new Promise(() => undefined) }),
	await startAgent(real, { name: 'busy', takes: false }),
];
const [nameless, helper, slow] = workers;
try {
	await checks.run(
		'an agent comes into a new room, with its metadata, beside the nameless one that LiveKit sends too',
		async () => {
			const summoned = await summon('r1', 'helper', patienceS, { number: '+14155550123' });
			if (!summoned.dispatchId || summoned.late) throw new Error(JSON.stringify(summoned));
			same(helper.metadata, ['{"number":"+14155550123"}']);
			const names = (await agentsIn('r1')).map(
				({ attributes }) => attributes['lk.agent_name'] ?? '',
			);
			if (!names.includes('helper')) throw new Error(`in the room: ${JSON.stringify(names)}`);
			if (nameless.metadata.length !== 1)
				throw new Error(`the nameless agent got ${nameless.metadata.length} jobs`);

			same(await dismissAgent(row, 'r1', summoned.dispatchId), undefined);
			// An agent whose job LiveKit has not listed yet leaves only once it has.
			await until('the agent has left', async () =>
				(await agentsIn('r1')).every(({ attributes }) => attributes['lk.agent_name'] !== 'helper'),
			);
			same(await dismissAgent(row, 'r1', summoned.dispatchId), undefined);
		},
	);
	await checks.run('an agent that takes 1.5 s is waited for', async () => {
		let came;
		const summoning = summon('r2', 'slow', patienceS).then((summoned) => (came = summoned));
		await until('the agent has its job', () => slow.metadata.length > 0);
		await sleep(1_500);
		same(came, undefined);
		letIn();
		const summoned = await summoning;
		if (summoned.late || !summoned.dispatchId) throw new Error(JSON.stringify(summoned));
	});
	await checks.run(
		'one that is not running, turns the job down or takes too long is late',
		async () => {
			for (const [room, name] of [
				['r3', 'nobody'],
				['r4', 'busy'],
				['r5', 'stuck'],
			])
				same((await summon(room, name, 1)).late, true);
		},
	);
	await checks.run('a room that does not exist is told in words', async () => {
		const { refusal } = await send(agentRpcs.getAll, { room: 'nowhere' });
		same(readRefusal(aboutRoom(refusal)).message, 'The room does not exist');
	});
} finally {
	for (const worker of workers) worker.stop();
	await real.stop();
}
checks.finish();
