// Who answers? Real calls from sipp to LiveKit's SIP bridge and a real LiveKit, each after the built node's Test Route was asked
// in n8n's engine. A word on the command line plays only the projects whose name holds it. Ends with: N passed, N failed[, N
// skipped].
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessToken } from 'livekit-server-sdk';
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { Checks, same } from './checks.mjs';
import { startRealLiveKit } from './real-livekit.mjs';
import { Caller } from './routing-calls/calls.mjs';
import { projects } from './routing-calls/projects.mjs';
import { missingForCalls, startBridge } from './telephone/bridge.mjs';

const serverVersion = '1.13.5';
const atOnce = 6;
process.setMaxListeners(10 * atOnce);

/** Reasons for which the bridge refuses a call after the PIN. */
const afterPin = ['wrong_pin', 'no_pin'];

/** Asks a real LiveKit past the node. */
async function ask({ url, key, secret }, method, body) {
	const token = new AccessToken(key, secret);
	token.addSIPGrant({ admin: true });
	const answer = await fetch(`${url}/twirp/livekit.SIP/${method}`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${await token.toJwt()}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify(body),
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${method} ${JSON.stringify(body)}: ${text}`);
	return JSON.parse(text);
}

/** Makes the trunks and rules of a project, which are the only ones then. */
async function provide(livekit, { trunks, rules, moves = {} }) {
	await livekit.flush();
	const ids = { trunks: {}, rules: {} };
	for (const trunk of trunks) {
		const made = await ask(livekit, 'CreateSIPInboundTrunk', { trunk });
		ids.trunks[trunk.name] = made.sip_trunk_id;
	}
	for (const { on, ...rule } of rules) {
		const trunk_ids = on.map((name) => ids.trunks[name]);
		const made = await ask(livekit, 'CreateSIPDispatchRule', {
			dispatch_rule: { ...rule, trunk_ids },
		});
		ids.rules[rule.name] = made.sip_dispatch_rule_id;
	}
	for (const [rule, trunk] of Object.entries(moves))
		await ask(livekit, 'UpdateSIPDispatchRule', {
			sip_dispatch_rule_id: ids.rules[rule],
			update: { trunk_ids: { set: [ids.trunks[trunk]] } },
		});
}

/** What Test Route says of calls that all type something, or all nothing: one item per call. */
async function testRoutes(runNode, { url, key, secret }, calls) {
	if (calls.length === 0) return [];
	const parameters = {
		resource: 'dispatchRule',
		operation: 'testRoute',
		calledNumber: { __rl: true, mode: 'number', value: '={{ $json.to }}' },
		callerNumber: '={{ $json.from }}',
		additionalFields: {
			...(calls[0].typed === undefined ? {} : { pin: '={{ $json.typed }}' }),
			sourceAddress: '={{ $json.host ?? "127.0.0.1" }}',
			serverVersion,
		},
	};
	const { json, error } = await runNode({ url, apiKey: key, apiSecret: secret }, parameters, calls);
	if (error) throw error;
	return json;
}

const asksPassword = /asks the carrier for its user name and password/;

/** What the bridge has to do with a call by Test Route's item. */
function promised(item, { username, password }) {
	const { verdict, reason, sip_trunk_id, sip_dispatch_rule_id, agents, warnings } = item;
	if (username && !warnings.some((warning) => asksPassword.test(warning)))
		throw new Error('Test Route does not tell that the trunk asks for a password.');
	// Test Route takes it to be right. The bridge asks for it before it looks at the rules.
	if (username && password !== 'right') return { verdict: 'wrong_credentials' };
	if (afterPin.includes(reason)) return { verdict: 'refused_pin' };
	if (verdict === 'routed')
		return {
			verdict,
			trunk: sip_trunk_id,
			rule: sip_dispatch_rule_id,
			// LiveKit sends for the agents without a name where a room names none.
			agents: agents.length > 0 ? [...agents].sort() : [''],
		};
	if (verdict === 'refused') return { verdict, trunk: sip_trunk_id };
	return verdict === 'conflict' ? { verdict, reason } : { verdict };
}

/** The room's name with the end that each call has of its own taken away. */
function roomOf(item, room) {
	return item.new_room_per_call ? room.replace(/_[A-Za-z0-9]{12}$/, '_') : room;
}

function compare(item, call, { how, room, ...did }) {
	same(item.reason, call.reason);
	const expected = promised(item, call);
	same(did, expected);
	if (room === undefined) return;
	same(roomOf(item, room), item.new_room_per_call ? `${item.room_name}_` : item.room_name);
}

async function play(checks, { runNode, livekit, caller }, project) {
	await provide(livekit, project);
	const canType = process.getuid?.() === 0;
	const calls = project.calls.filter(({ typed }) => canType || typed === undefined);
	if (calls.length < project.calls.length)
		checks.skip('PINs that are typed', ['root, as whom alone sipp types digits']);
	const silent = calls.filter(({ typed }) => typed === undefined);
	const typing = calls.filter(({ typed }) => typed !== undefined);
	const asked = [...silent, ...typing];
	const items = [
		...(await testRoutes(runNode, livekit, silent)),
		...(await testRoutes(runNode, livekit, typing)),
	];
	const waiting = [...asked.entries()];
	const worker = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const [index, call] = next;
			const item = items[index];
			const did = await caller.make(call).catch((cause) => ({ how: cause.message }));
			const said = `${item.verdict}, ${item.reason}${item.room_name ? `, ${item.room_name}` : ''}`;
			await checks.run(`${call.name} | Test Route: ${said} | bridge: ${did.how}`, () =>
				compare(item, call, did),
			);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	await caller.endAll();
}

await ensureDependencies();
await ensureBuilt();
const checks = new Checks();
const lacking = await missingForCalls();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-routing-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];
try {
	if (lacking.length > 0) {
		checks.skip("Test Route against the bridge's calls", lacking);
	} else {
		const { runNode } = await loadTs('test/support/harness.ts');
		const livekit = await startRealLiveKit({ version: `v${serverVersion}` });
		ending.push(async () => await livekit.stop());
		const bridge = await startBridge(livekit, folder);
		ending.push(async () => await bridge.stop());
		const world = { runNode, livekit, caller: new Caller(livekit, bridge, folder) };
		const wanted = process.argv[2] ?? '';
		for (const project of projects.filter(({ name }) => name.includes(wanted))) {
			console.log(`\n  ${project.name}`);
			await play(checks, world, project);
		}
	}
} catch (cause) {
	await checks.run('all calls are made', () => {
		throw cause;
	});
} finally {
	for (const end of ending.reverse()) await end();
}
checks.finish();
