// What becomes of the call trigger's events while n8n is away: real calls over a real LiveKit go on while n8n is killed
// (SIGKILL) and started again, or cannot be reached for 10 seconds. `--all`: for 60 seconds too, and both
// majors. A word plays only the cases whose name holds it. Ends with: N passed, N failed[, N skipped].
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { toldBy } from './call-outage/told.mjs';
import { signer, webhookConfig } from './call-trigger/delivery.mjs';
import { startGate } from './call-trigger/gate.mjs';
import { Hook } from './call-trigger/hook.mjs';
import { Checks, same } from './checks.mjs';
import { startRealLiveKit } from './real-livekit.mjs';
import { missingForCalls, startBridge } from './telephone/bridge.mjs';
import { until } from './until.mjs';

const all = process.argv.includes('--all');
const word = process.argv.slice(2).find((given) => !given.startsWith('--')) ?? '';
const owner = {
	email: 'owner@n8n.local',
	firstName: 'Call',
	lastName: 'Outage',
	password: 'Call-outage-1',
};
/** A call begins each second and lasts some, so that at any time some begin, some talk and some end. */
const everyMs = 1000;
const talksFor = 3;
const before = 4;
const after = 4;
const leastCalls = 12;
const justTakenMs = 2000;

const shutFor = (seconds) => async (_, gate) => {
	gate.shut = true;
	await delay(seconds * 1000);
	gate.shut = false;
};
const kill = async (n8n) => {
	await n8n.kill();
	await n8n.start();
};

/** How long LiveKit lets an event wait for those before it, by its default and by a setting. */
const short = '30s';
const long = '10m';

/** `direct`: LiveKit sends to n8n itself; `loses`: LiveKit may give up. */
const cases = [
	{ name: 'cannot be reached for 10 s', outage: shutFor(10), patience: long },
	{ name: 'killed and started', outage: kill, patience: short, loses: true },
	{
		name: 'killed and started, no load balancer',
		outage: kill,
		patience: short,
		loses: true,
		direct: true,
	},
	...(all
		? [
				{ name: 'cannot be reached for 10 s', outage: shutFor(10), patience: short, loses: true },
				{ name: 'cannot be reached for 60 s', outage: shutFor(60), patience: short, loses: true },
			]
		: []),
];

await ensureDependencies();
await ensureBuilt();
const { Line } = await import('./call-outage/line.mjs');
const checks = new Checks();
const seen = [];
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-outage-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

async function startN8n(version, tarball) {
	const userFolder = join(folder, version);
	const n8n = await N8nInstance.create({ version, userFolder });
	ending.push(async () => await n8n.stop());
	await installPackage(tarball, userFolder);
	await n8n.start();
	await n8n.rest.signIn(owner);
	const credential = await n8n.rest.request('POST', '/credentials', {
		name: 'LiveKit',
		type: 'liveKitApi',
		data: { url: 'http://127.0.0.1:9', ...signer },
	});
	return { n8n, credential };
}

/** Calls that begin and end, one each second, until the outage is over and some after it. */
async function callAllAlong(line, outage) {
	let isOver = false;
	let over;
	const begun = [];
	for (let count = 0, left = after; left > 0 || begun.length < leastCalls; count++) {
		begun.push(await line.call());
		if (count === before)
			over = outage().finally(() => {
				isOver = true;
			});
		if (begun.length > talksFor) await line.end(begun[begun.length - 1 - talksFor]);
		if (isOver) left--;
		await delay(everyMs);
	}
	await over;
	for (const room of begun.slice(-talksFor)) await line.end(room);
	return begun;
}

/** Waits until LiveKit has delivered all events of the rooms, or has given up. */
async function settled(livekit, rooms) {
	const isLast = ({ event, room }) => event === 'participant_left' && rooms.includes(room);
	return await until('LiveKit has sent all events, or has given up', () => {
		const told = [...toldBy(livekit.log())].filter(([, { room }]) => rooms.includes(room));
		return told.filter(([, one]) => isLast(one)).length >= rooms.length && told;
	});
}

const wanted = ['participant_joined', 'participant_left'];

async function checkCase(one, version, { n8n, credential }) {
	const { name, outage, patience, loses, direct } = one;
	const label = `n8n ${version}, ${name}, max_age ${patience}`;
	const hook = await Hook.start(n8n, credential, {
		events: ['outbound_call_started', 'call_ended'],
	});
	const gate = await startGate([n8n.url]);
	const livekit = await startRealLiveKit({
		config: webhookConfig([`${direct ? n8n.url : gate.url}${hook.path}`], patience),
	});
	const bridge = await startBridge(livekit, folder);
	const line = await Line.start(livekit, folder);
	try {
		const down = {};
		const rooms = await callAllAlong(line, async () => {
			down.from = Date.now();
			await outage(n8n, gate);
			await hook.registered();
			down.to = Date.now();
		});
		const told = (await settled(livekit, rooms)).filter(([, { event }]) => wanted.includes(event));
		await n8n.rest.signIn(owner);
		const delivered = told.filter(([, one]) => one.isDelivered);
		// What n8n had just taken when it was killed, and what it answers before its webhooks are there, runs to no end.
		const isJustTaken = ({ at }) => at > down.from - justTakenMs && at <= down.from;
		const sure = delivered.filter(
			([, one]) => !loses || (!isJustTaken(one) && (one.at < down.from || one.at > down.to)),
		);
		const started = await until('the executions have ended', async () => {
			const ids = (await hook.items()).flat().map(({ event_id: id }) => id);
			return sure.every(([id]) => ids.includes(id)) && ids;
		}).catch(async () => (await hook.items()).flat().map(({ event_id: id }) => id));
		await checks.run(`${label}: each event that LiveKit delivered starts one execution`, () => {
			same(
				sure.filter(([id]) => !started.includes(id)),
				[],
			);
			same(new Set(started).size, started.length);
		});
		const lost = told.filter(([id]) => !started.includes(id));
		if (!loses) await checks.run(`${label}: no event is lost`, () => same(lost, []));
		else if (!direct)
			await checks.run(`${label}: lost is only what LiveKit gave up`, () =>
				same(
					lost.filter(([, told]) => told.isDelivered && !isJustTaken(told)),
					[],
				),
			);
		const ways = [...new Set(lost.map(([, { how }]) => how))];
		console.log(`  ${label}: ${lost.length} of ${told.length} events lost`);
		seen.push({
			case: label,
			'seconds away': Math.round((down.to - down.from) / 1000),
			calls: rooms.length,
			events: told.length,
			lost: lost.length,
			'of these': ways
				.map((how) => `${lost.filter(([, one]) => one.how === how).length} ${how}`)
				.join(', '),
		});
	} finally {
		await line.close();
		await bridge.stop();
		await livekit.stop();
		await gate.close();
	}
}

const lacking = await missingForCalls();
try {
	if (lacking.length > 0) checks.skip('calls while n8n is away', lacking);
	else {
		const tarball = await packPackage(folder);
		for (const version of all ? [n8nVersions.newest, n8nVersions.oldest] : [n8nVersions.newest]) {
			const world = await startN8n(version, tarball);
			for (const one of cases.filter(({ name }) => name.includes(word)))
				await checks.run(
					`n8n ${version}, ${one.name}: runs to its end`,
					async () => await checkCase(one, version, world),
				);
			await world.n8n.stop();
		}
	}
} catch (cause) {
	await checks.run('the calls are made', () => {
		throw cause;
	});
} finally {
	for (const end of ending.reverse()) await end();
	if (seen.length > 0) console.table(seen);
	checks.finish();
}
