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
import { signer } from './call-trigger/delivery.mjs';
import { Hook } from './call-trigger/hook.mjs';
import { Checks, same } from './checks.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';
import { missingForCalls, startBridge } from './telephone/bridge.mjs';
import { holds } from './telephone/expect.mjs';
import { until } from './until.mjs';

const atOnce = 4;
const owner = {
	email: 'owner@n8n.local',
	firstName: 'Call',
	lastName: 'Endings',
	password: 'Call-endings-1',
};
const events = ['inbound_call_started', 'outbound_call_started', 'call_ended', 'room_finished'];

await ensureDependencies();
await ensureBuilt();
// The dependencies may have come only now.
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

/** Makes a call and brings it to its end. */
async function play({ name, lacks, act }, scene) {
	const lacking = lacks?.();
	if (lacking) return { lacking };
	try {
		return { facts: await act(scene), phones: scene.phones };
	} catch (cause) {
		const wires = scene.phones.map(({ trace, complaints }) => `${trace} ${complaints}`);
		return { fault: new Error(`${name}: ${cause.message}\n${wires.join('\n')}`) };
	}
}

/** Makes all calls, some at the same time; gives what came of each. */
async function playAll(world, chosen, from) {
	const played = [];
	const waiting = [...chosen.entries()];
	const worker = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const [index, call] = next;
			const scene = new Scene(world, from + index);
			ending.push(async () => await scene.close());
			played[index] = { call, scene, ...(await play(call, scene)) };
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
async function checkItems(label, hook, played) {
	const awaited = played.flatMap(({ facts = [] }) => facts);
	const isEnd = ({ event }) => event === 'call_ended';
	const items = await until(`${label}: the ends of all calls`, async () => {
		const found = (await hook.items()).flat();
		return awaited.every((facts) => itemsOf(found, facts).some(isEnd)) && found;
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

async function playOn({ version, chosen, from }, hooks) {
	const label = `livekit-server ${version}`;
	const urls = hooks.map(({ hook }) => hook.url);
	const livekit = await startRealLiveKit({
		version,
		config: `webhook: {api_key: ${signer.apiKey}, urls: [${urls.map((url) => `"${url}"`).join(', ')}]}`,
	});
	ending.push(async () => await livekit.stop());
	const own = join(folder, version);
	await mkdir(own);
	const bridge = await startBridge(livekit, own);
	ending.push(async () => await bridge.stop());
	const [{ n8n }] = hooks;
	const credential = await credentialFor(n8n, livekit.url);
	const world = { n8n, livekit, bridge, folder: own, credential };
	const played = await playAll(world, chosen, from);
	for (const { version: n8nVersion, hook } of hooks)
		await checkItems(`${label}, n8n ${n8nVersion}`, hook, played);
}

const lacking = await missingForCalls();
try {
	if (lacking.length > 0) checks.skip('how calls end', lacking);
	else {
		const tarball = await packPackage(folder);
		const hooks = await Promise.all(versions.map(async (one) => await startN8n(one, tarball)));
		await playOn({ version: 'v1.13.5', chosen: calls, from: 0 }, hooks);
		const older = 'v1.9.12';
		if (!short && missing({ version: older }).length > 0)
			checks.skip(`livekit-server ${older}`, missing({ version: older }));
		else if (!short) await playOn({ version: older, chosen: calls, from: calls.length }, hooks);
	}
} catch (cause) {
	await checks.run('all calls are made', () => {
		throw cause;
	});
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
