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
/** At any time some calls begin, some talk and some end. Each talks until so many others have begun. */
const talksFor = 3;
const before = 4;
const after = 4;
/** n8n takes as long to start as the machine lets it. More calls would only show the same again. */
const mostMeanwhile = 12;
const pauseMs = 500;

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

/**
 * Calls that begin and end before, during and after the outage.
 *
 * @returns {Promise<{rooms: string[], meanwhile: number}>} their rooms; how many have begun in the outage
 */
async function callAllAlong(line, outage) {
	const rooms = [];
	const next = async () => {
		rooms.push(await line.call());
		if (rooms.length > talksFor) await line.end(rooms[rooms.length - 1 - talksFor]);
		await delay(pauseMs);
	};
	while (rooms.length < before) await next();
	let isOver = false;
	const over = outage().finally(() => (isOver = true));
	// It is awaited below. Until then its fault must not end this process.
	over.catch(() => undefined);
	let meanwhile = 0;
	try {
		for (; !isOver && meanwhile < mostMeanwhile; meanwhile++) await next();
	} finally {
		// The next case needs n8n, whatever became of the calls.
		await over;
	}
	for (let count = 0; count < after; count++) await next();
	for (const room of rooms.slice(-talksFor)) await line.end(room);
	return { rooms, meanwhile };
}

/** Waits until LiveKit has delivered all events of the rooms, or has given up; gives those that the workflow wants. */
async function settled(livekit, rooms) {
	return await until('LiveKit has sent all events, or has given up', () => {
		const told = [...toldBy(livekit.log())].filter(([, { room }]) => rooms.includes(room));
		const ends = told.filter(([, { event }]) => event === 'participant_left');
		return ends.length >= rooms.length && told.filter(([, { event }]) => wanted.includes(event));
	});
}

const wanted = ['participant_joined', 'participant_left'];

/** IDs of the events whose executions have ended. */
async function idsOf(hook) {
	return (await hook.items()).flat().map(({ event_id: id }) => id);
}

/** Lets calls go on over an outage; gives what became of their events. */
async function watchOutage({ outage }, { n8n, hook, gate, livekit, line }) {
	const down = {};
	const calls = await callAllAlong(line, async () => {
		// What has ended by then is stored. What n8n has only just taken may go with it.
		down.stored = new Set(await idsOf(hook));
		down.from = Date.now();
		await outage(n8n, gate);
		await hook.registered();
		down.to = Date.now();
	});
	const told = await settled(livekit, calls.rooms);
	await n8n.rest.signIn(owner);
	hook.forget();
	return { ...calls, down, told };
}

/** Compares what LiveKit has delivered with what n8n has run; gives the events that were lost. */
async function checkEvents(label, { loses, direct }, hook, { meanwhile, down, told }) {
	await checks.run(`${label}: calls begin meanwhile`, () => meanwhile > 0);
	const isBefore = ({ at }) => at <= down.from;
	const isSure = ([id, { isDelivered, at }]) =>
		isDelivered && (!loses || down.stored.has(id) || at > down.to);
	const sure = told.filter(isSure);
	await until('the executions have ended', async () => {
		const ids = await idsOf(hook);
		return sure.every(([id]) => ids.includes(id));
	}).catch(() => undefined);
	const started = await idsOf(hook);
	const lost = told.filter(([id]) => !started.includes(id));
	await checks.run(`${label}: each event that LiveKit delivered starts one execution`, () => {
		same(lost.filter(isSure), []);
		same(new Set(started).size, started.length);
	});
	if (!loses) await checks.run(`${label}: no event is lost`, () => same(lost, []));
	else if (!direct)
		await checks.run(`${label}: lost is what LiveKit gave up, or n8n had just taken`, () =>
			same(
				lost.filter(([, one]) => one.isDelivered && !isBefore(one)),
				[],
			),
		);
	return lost;
}

/** How events were lost, in words. */
function waysOf(lost) {
	const ways = [...new Set(lost.map(([, { how }]) => how))];
	return ways.map((how) => `${lost.filter(([, one]) => one.how === how).length} ${how}`).join(', ');
}

async function checkCase(one, version, { n8n, credential }) {
	const { name, patience, direct } = one;
	const label = `n8n ${version}, ${name}, max_age ${patience}`;
	const closing = [];
	try {
		const events = ['outbound_call_started', 'call_ended'];
		const hook = await Hook.start(n8n, credential, { events });
		const gate = await startGate([n8n.url]);
		closing.unshift(async () => await gate.close());
		const config = webhookConfig([`${direct ? n8n.url : gate.url}${hook.path}`], patience);
		const livekit = await startRealLiveKit({ config });
		closing.unshift(async () => await livekit.stop());
		const bridge = await startBridge(livekit, folder);
		closing.unshift(async () => await bridge.stop());
		const line = await Line.start(livekit, folder);
		closing.unshift(async () => await line.close());
		const seenHere = await watchOutage(one, { n8n, hook, gate, livekit, line });
		const lost = await checkEvents(label, one, hook, seenHere);
		const { down, rooms, told } = seenHere;
		seen.push({
			case: label,
			'seconds away': Math.round((down.to - down.from) / 1000),
			calls: rooms.length,
			events: told.length,
			lost: lost.length,
			'of these': waysOf(lost),
		});
	} finally {
		for (const close of closing) await close();
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
