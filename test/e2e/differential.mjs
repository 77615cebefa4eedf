// Sends the same requests to the local LiveKit and to a real livekit-server and compares what comes back.
// Run: node test/e2e/differential.mjs [part of a case's name]. Ends with: N passed, N failed[, N skipped].
import { isDeepStrictEqual } from 'node:util';

import { SignJWT } from 'jose';

import { loadTs } from '../../local/load-ts.mjs';
import { Checks } from './checks.mjs';
import { CASES } from './differential-cases.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';

const GRANTS = {
	sip: { admin: true, call: true },
	video: { roomCreate: true, roomList: true, roomAdmin: true, room: 'r1' },
};

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
const VOLATILE =
	/^(sip_trunk_id|sip_dispatch_rule_id|id|sid|creation_time(_ms)?|created_at|started_at|turn_password)$/;

/** Of two objects in conflict the one with the higher id is blamed, and ids are random: only the start of the text is compared. */
const CONFLICT =
	/^(Conflicting inbound SIP Trunks|Dispatch rule for the same trunk, .* already exists)/;

async function token(server, how) {
	if (how.token !== undefined) return how.token;
	const now = Math.floor(Date.now() / 1000);
	const jwt = new SignJWT(how.claims ?? GRANTS)
		.setProtectedHeader({ alg: 'HS256' })
		.setIssuer(how.issuer ?? server.key);
	if (how.expires !== null) jwt.setExpirationTime(now + (how.expires ?? 600));
	if (how.notBefore !== undefined) jwt.setNotBefore(now + how.notBefore);
	return jwt.sign(new TextEncoder().encode(how.secret ?? server.secret));
}

async function ask(server, [path, body, how = {}], ids) {
	const jwt = await token(server, how);
	const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
	const response = await fetch(
		`${server.url}/twirp/livekit.${path}${how.inQuery ? `?access_token=${jwt}` : ''}`,
		{
			method: how.httpMethod ?? 'POST',
			headers: {
				'content-type': 'application/json',
				...(jwt && !how.inQuery && { authorization: `Bearer ${jwt}` }),
				...how.headers,
			},
			body: text?.replace(/\$(\d+)/g, (_, step) => ids[step] ?? ''),
		},
	);
	const answer = (await response.text()).replaceAll(jwt || '\0', 'TOKEN');
	let parsed = answer;
	try {
		parsed = JSON.parse(answer);
	} catch {
		// plain text is compared as it is
	}
	ids.push(parsed.sip_trunk_id ?? parsed.sip_dispatch_rule_id ?? parsed.id ?? '');
	return {
		status: response.status,
		type: response.headers.get('content-type'),
		body: steady(parsed, ids, how.sorted),
	};
}

/** The answer without what differs from run to run: an id becomes the step that made it. */
function steady(value, ids, sorted) {
	if (typeof value === 'string' && CONFLICT.test(value)) return CONFLICT.exec(value)[0];
	if (typeof value === 'string')
		return ids.reduce((text, id, step) => (id ? text.replaceAll(id, `$${step}`) : text), value);
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

/** Sends the requests of a case to both, on empty servers. Returns what differs, in lines. */
async function differencesOf(requests, { local, real }) {
	local.reset();
	await real.flush();
	const ids = { local: [], real: [] };
	const lines = [];
	for (const [index, step] of requests.entries()) {
		const [ours, theirs] = await Promise.all([
			ask(local, step, ids.local),
			ask(real, step, ids.real),
		]);
		if (isDeepStrictEqual(ours, theirs)) continue;
		lines.push(
			`      step ${index}: ${step[0]} ${JSON.stringify(step[1])}`,
			`        local: ${JSON.stringify(ours)}`,
			`        real:  ${JSON.stringify(theirs)}`,
		);
	}
	return lines;
}

const checks = new Checks();

async function compare(cases) {
	const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
	const local = await startLocalLiveKit({
		bridge: false,
		leakTokenIn401: true,
		dropFields: NEWER_FIELDS,
		noResponseAfterMs: 1,
	});
	const real = await startRealLiveKit();
	try {
		for (const [name, requests] of cases) {
			await checks.run(`${name} (${requests.length})`, async () => {
				const lines = await differencesOf(requests, { local, real });
				if (lines.length > 0) throw new Error(lines.join('\n'));
			});
		}
	} finally {
		await local.close();
		await real.stop();
	}
	console.log(`${cases.flatMap(([, requests]) => requests).length} requests to each server`);
}

const lacking = missing();
const cases = Object.entries(CASES).filter(([name]) => name.includes(process.argv[2] ?? ''));
if (lacking.length > 0) checks.skip('the answers of a real livekit-server', lacking);
else await compare(cases);
checks.finish();
