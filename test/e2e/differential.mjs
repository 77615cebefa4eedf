// Sends the same requests to the local LiveKit and to a real livekit-server and compares what comes back.
// Run: node test/e2e/differential.mjs [part of a case's name]
import { isDeepStrictEqual } from 'node:util';

import { SignJWT } from 'jose';

import { loadTs } from '../../local/load-ts.mjs';
import { CASES } from './differential-cases.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';

const GRANTS = { sip: { admin: true, call: true }, video: { roomCreate: true, roomList: true, roomAdmin: true, room: 'r1' } };

/** Fields of LiveKit's newest schema that livekit-server v1.13.5 does not have yet. */
const NEWER_FIELDS = [
	'SIPMediaConfig.drop_audio_during_dtmf',
	'SIPInboundTrunkInfo.ringing_timeout_status',
	'RoomAgentDispatch.thread_id',
	'CreateAgentDispatchRequest.thread_id',
	'AgentDispatch.thread_id',
	'AgentDispatchState.trigger',
];

/** Values that differ from run to run: ids, times, secrets. */
const VOLATILE = /^(sip_trunk_id|sip_dispatch_rule_id|id|sid|creation_time(_ms)?|created_at|started_at|turn_password)$/;

/** Of two objects in conflict the one with the higher id is blamed, and ids are random: only the start of the text is compared. */
const CONFLICT = /^(Conflicting inbound SIP Trunks|Dispatch rule for the same trunk, .* already exists)/;

async function token(server, how) {
	if (how.token !== undefined) return how.token;
	const now = Math.floor(Date.now() / 1000);
	const jwt = new SignJWT(how.claims ?? GRANTS).setProtectedHeader({ alg: 'HS256' }).setIssuer(how.issuer ?? server.key);
	if (how.expires !== null) jwt.setExpirationTime(now + (how.expires ?? 600));
	if (how.notBefore !== undefined) jwt.setNotBefore(now + how.notBefore);
	return jwt.sign(new TextEncoder().encode(how.secret ?? server.secret));
}

async function ask(server, [path, body, how = {}], ids) {
	const jwt = await token(server, how);
	const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
	const response = await fetch(`${server.url}/twirp/livekit.${path}${how.inQuery ? `?access_token=${jwt}` : ''}`, {
		method: how.httpMethod ?? 'POST',
		headers: {
			'content-type': 'application/json',
			...(jwt && !how.inQuery && { authorization: `Bearer ${jwt}` }),
			...how.headers,
		},
		body: text?.replace(/\$(\d+)/g, (_, step) => ids[step] ?? ''),
	});
	const answer = (await response.text()).replaceAll(jwt || '\0', 'TOKEN');
	let parsed = answer;
	try {
		parsed = JSON.parse(answer);
	} catch {
		// plain text is compared as it is
	}
	ids.push(parsed.sip_trunk_id ?? parsed.sip_dispatch_rule_id ?? parsed.id ?? '');
	return { status: response.status, type: response.headers.get('content-type'), body: steady(parsed, ids, how.sorted) };
}

/** The answer without what differs from run to run: an id becomes the step that made it. */
function steady(value, ids, sorted) {
	if (typeof value === 'string' && CONFLICT.test(value)) return CONFLICT.exec(value)[0];
	if (typeof value === 'string') return ids.reduce((text, id, step) => (id ? text.replaceAll(id, `$${step}`) : text), value);
	if (Array.isArray(value)) {
		const items = value.map((item) => steady(item, ids, sorted));
		return sorted ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
	}
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, held]) => {
			const known = typeof held === 'string' && ids.includes(held);
			if (!VOLATILE.test(name) || !held || known) return [name, steady(held, ids, sorted)];
			const shape = /^[A-Z]+_/.exec(held)?.[0] ?? typeof held;
			return [name, `<${shape}>`];
		}),
	);
}

const lacking = missing();
if (lacking.length) {
	console.log(`Not run. Missing:\n- ${lacking.join('\n- ')}`);
	process.exit(2);
}

const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
const local = await startLocalLiveKit({ bridge: false, leakTokenIn401: true, dropFields: NEWER_FIELDS, noResponseAfterMs: 1 });
const real = await startRealLiveKit();
let passed = 0;
let failed = 0;
let steps = 0;
try {
	for (const [name, requests] of Object.entries(CASES)) {
		if (!name.includes(process.argv[2] ?? '')) continue;
		local.reset();
		await real.flush();
		const ids = { local: [], real: [] };
		const differences = [];
		for (const [index, step] of requests.entries()) {
			steps += 1;
			const [ours, theirs] = await Promise.all([ask(local, step, ids.local), ask(real, step, ids.real)]);
			if (!isDeepStrictEqual(ours, theirs)) differences.push({ index, step, ours, theirs });
		}
		if (!differences.length) {
			passed += 1;
			console.log(`ok    ${name} (${requests.length})`);
		} else {
			failed += 1;
			console.log(`DIFF  ${name}`);
			for (const { index, step, ours, theirs } of differences) {
				console.log(`      step ${index}: ${step[0]} ${JSON.stringify(step[1])}`);
				console.log(`        local: ${JSON.stringify(ours)}\n        real:  ${JSON.stringify(theirs)}`);
			}
		}
	}
} finally {
	await local.close();
	await real.stop();
}
console.log(`${steps} requests to each server`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
