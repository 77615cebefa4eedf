// How calls end, as the call trigger tells it: a real LiveKit with its SIP bridge and sipp sends its webhooks to a real n8n of
// both majors. `--short`: n8n 2.x alone, without the older LiveKit. A word on the command line plays only the calls whose
// name holds it. Ends with: N passed, N failed[, N skipped].
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { signer, webhookConfig } from './call-trigger/delivery.mjs';
import { Hook } from './call-trigger/hook.mjs';
import { Checks, same } from './checks.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';
import { missingForCalls, startBridge } from './telephone/bridge.mjs';
import { holds } from './telephone/expect.mjs';
import { until } from './until.mjs';

const atOnce = 4;
const mostTries = 3;
const owner = {
	email: 'owner@n8n.local',
	firstName: 'Call',
	lastName: 'Endings',
	password: 'Call-endings-1',
};
const events = ['inbound_call_started', 'outbound_call_started', 'call_ended'];

await ensureDependencies();
await ensureBuilt();
// The dependencies may have come only now.
const { RoomServiceClient } = await import('livekit-server-sdk');
const { Scene } = await import('./telephone/scenarios.mjs');
const { outbound } = await import('./call-endings/outbound.mjs');
const { inbound } = await import('./call-endings/inbound.mjs');

const short = process.argv.includes('--short');
const word = process.argv.slice(2).find((given) => !given.startsWith('--')) ?? '';
const calls = [...inbound, ...outbound].filter(({ name }) => name.includes(word));
const versions = short ? [n8nVersions.newest] : [n8nVersions.newest, n8nVersions.oldest];
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-endings-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];
process.setMaxListeners(10 * atOnce);

async function startN8n(version, tarball) {
	const userFolder = join(folder, version);
	const n8n = await N8nInstance.create({ version, userFolder });
	ending.push(async () => await n8n.stop());
	await installPackage(tarball, userFolder);
	await n8n.start();
	await n8n.rest.signIn(owner);
	const credential = await credentialFor(n8n, 'http://127.0.0.1:9');
	return { version, n8n, hook: await Hook.start(n8n, credential, { events }) };
}

async function credentialFor(n8n, url) {
	const data = { url, ...signer };
	const whole = { name: url, type: 'liveKitApi', data };
	const { id, name } = await n8n.rest.request('POST', '/credentials', whole);
	return { id, name };
}

/** Numbers and rooms differ from scene to scene, over both servers. */
let scenes = 0;

/** Makes a call and brings it to its end; again, in another scene, when n8n or sipp was too busy for it. */
async function play(world, { name, lacks, act }) {
	const lacking = lacks?.();
	if (lacking) return { lacking };
	for (let tries = 1; ; tries++) {
		const scene = new Scene(world, scenes++);
		ending.push(async () => await scene.close());
		try {
			return { scene, facts: await act(scene) };
		} catch (cause) {
			const wires = scene.phones.map(({ trace, complaints }) => `${trace} ${complaints}`);
			const fault = new Error(`${cause.message}\n${wires.join('\n')}`, { cause });
			if (tries === mostTries) return { fault };
			console.log(`  again   ${name}: ${fault.message.slice(0, 300)}`);
			await scene.close();
		}
	}
}

/** Makes all calls, some at the same time; gives what came of each. */
async function playAll(world) {
	const played = [];
	const waiting = [...calls.entries()];
	const worker = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const [index, call] = next;
			played[index] = { call, ...(await play(world, call)) };
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return played;
}

const numbersOf = ({ phone_number: theirs, your_number: ours }) => `${theirs} ${ours}`;

/** All items that tell of calls between these numbers. */
const itemsOf = (items, facts) => items.filter((item) => numbersOf(item) === numbersOf(facts));

/** One item tells that a call has started, one how it ended, and both agree with what is known of the call. */
function compare(items, facts, expected) {
	same(
		items.map(({ event }) => event),
		[`${facts.direction}_call_started`, 'call_ended'],
	);
	const [start, end] = items;
	holds(end, { ...facts, ...expected });
	const { ended_as: _, answered: __, ...known } = { ...facts, ...expected };
	holds(start, { ...known, answered: null, ended_as: null });
	same(start.sip_call_id, end.sip_call_id);
	same(start.participant_identity, end.participant_identity);
	same(new Set(items.map(({ event_id: id }) => id)).size, items.length);
	const { seconds_in_room: seconds, started_at: from, ended_at: to } = end;
	if (!(Number.isInteger(seconds) && seconds >= 0 && from <= to))
		throw new Error(`From ${from} to ${to}, ${seconds} seconds in the room`);
	same(end.talk_seconds === null, end.answered_at === null);
	if (end.answered_at && !(end.answered && from <= end.answered_at && end.answered_at <= to))
		throw new Error(`Answered ${end.answered_at}, from ${from} to ${to}`);
}

/** The table: each call against its items in one n8n. */
async function checkItems(label, { hook, livekit }, played) {
	const awaited = played.flatMap(({ facts = [] }) => facts);
	const isEnd = ({ event }) => event === 'call_ended';
	let items;
	await checks.run(`${label}: every call that was made has ended`, async () => {
		await until('all ends are told', async () => {
			items = (await hook.items()).flat();
			return awaited.every((facts) => itemsOf(items, facts).some(isEnd));
		}).catch((cause) => {
			const lost = livekit.log().match(/^.*(dropped|failed to send) webhook.*$/gm) ?? [];
			throw new Error(`${cause.message} LiveKit did not deliver: ${lost.join('\n')}`, { cause });
		});
	});
	const inOrder = items.sort((a, b) => Number(isEnd(a)) - Number(isEnd(b)));
	for (const { call, scene, lacking, fault, facts } of played) {
		const name = `${label}: ${call.name}`;
		if (lacking) checks.skip(name, [lacking]);
		else
			await checks.run(name, () => {
				if (fault) throw fault;
				for (const one of facts) compare(itemsOf(inOrder, one), one, call.expected);
				const others = inOrder.filter(({ your_number: ours }) => ours === scene.ours);
				same(others.length, 2 * facts.length);
			});
	}
}

async function playOn(version, hooks) {
	const label = `livekit-server ${version}`;
	const livekit = await startRealLiveKit({
		version,
		config: webhookConfig(hooks.map(({ hook }) => hook.url)),
	});
	ending.push(async () => await livekit.stop());
	const own = join(folder, version);
	await mkdir(own);
	const bridge = await startBridge(livekit, own);
	ending.push(async () => await bridge.stop());
	const rooms = new RoomServiceClient(livekit.url, livekit.key, livekit.secret);
	// LiveKit waits for the calls when it is stopped.
	ending.push(async () => {
		for (const { name } of await rooms.listRooms()) await rooms.deleteRoom(name);
	});
	const [{ n8n }] = hooks;
	const credential = await credentialFor(n8n, livekit.url);
	const world = { n8n, livekit, bridge, folder: own, credential };
	const played = await playAll(world);
	for (const { version: n8nVersion, hook } of hooks)
		await checkItems(`${label}, n8n ${n8nVersion}`, { hook, livekit }, played);
}

const lacking = await missingForCalls();
try {
	if (lacking.length > 0) checks.skip('how calls end', lacking);
	else {
		const tarball = await packPackage(folder);
		const hooks = await Promise.all(versions.map(async (one) => await startN8n(one, tarball)));
		await playOn('v1.13.5', hooks);
		const older = 'v1.9.12';
		const lackingToo = short ? [] : missing({ version: older });
		if (lackingToo.length > 0) checks.skip(`livekit-server ${older}`, lackingToo);
		else if (!short) await playOn(older, hooks);
	}
} catch (cause) {
	await checks.run('all calls are made', () => {
		throw cause;
	});
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
