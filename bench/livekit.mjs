// The local LiveKit in a process of its own, so that its work does not count as the node's. Commands come over IPC.
import { loadTs } from '../local/load-ts.mjs';

const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
const { signToken } = await loadTs('livekit/http/token.ts');
const server = await startLocalLiveKit();
// All grants of the bench in one token, as somebody does who signs by hand.
const token = await signToken({
	apiKey: server.key,
	apiSecret: server.secret,
	grant: { sip: { admin: true, call: true } },
});

async function create(method, trunk) {
	const response = await fetch(`${server.url}/twirp/livekit.SIP/${method}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
		body: JSON.stringify({ trunk }),
	});
	if (!response.ok)
		throw new Error(`${method} answered ${response.status}: ${await response.text()}`);
	return (await response.json()).sip_trunk_id;
}

/** An empty server with one trunk of each kind, and as many rules as asked for. */
async function prepare(rules) {
	server.reset();
	const inbound = await create('CreateSIPInboundTrunk', {
		name: 'bench',
		numbers: ['+15105550100'],
	});
	const outbound = await create('CreateSIPOutboundTrunk', {
		name: 'bench',
		address: 'sip.example.com',
		numbers: ['+15105550100'],
	});
	if (rules > 0) server.seedRules(rules);
	return { inbound, outbound };
}

/** An empty server with many trunks of one number each, and rules for the same numbers and all trunks. */
function project({ trunks, rules }) {
	server.reset();
	server.seedTrunks(trunks);
	server.seedRules(rules);
	return {};
}

process.on('message', async ({ prepare: rules, seed, dials, requests, project: many }) => {
	if (many) process.send({ prepared: project(many) });
	else if (requests) process.send({ requests: server.requests.map(({ method }) => method) });
	else if (dials) process.send({ dialled: server.dials().map(({ at }) => at) });
	else process.send(seed ? { seeded: server.seedRules(seed) } : { prepared: await prepare(rules) });
});
process.once('disconnect', () => void server.close());
process.send({ url: server.url, key: server.key, secret: server.secret, token });
