// The same creations, updates and deletions on the local LiveKit and on a real livekit-server give the same events.
// Ends with: N passed, N failed[, N skipped].
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { call } from '../../local/n8n/sip.mjs';
import { Checks, same } from './checks.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';

await ensureDependencies();
await ensureBuilt();
const checks = new Checks();
const ending = [];
const { Polling } = await loadTs('test/support/polling.ts');
const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');

const direct = (pin) => ({ dispatch_rule_direct: { room_name: 'room', pin } });

/** Steps of a history: each gets the server and the ids that earlier steps made, and may add some. */
const steps = [
	async (server, ids) => {
		ids.rule = (
			await call(server, 'CreateSIPDispatchRule', {
				dispatch_rule: { name: 'rule', rule: direct('1111'), numbers: ['+12025550101'] },
			})
		).sip_dispatch_rule_id;
		ids.inbound = (
			await call(server, 'CreateSIPInboundTrunk', {
				trunk: {
					name: 'in',
					numbers: ['+12025550102'],
					auth_username: 'u',
					auth_password: 'first',
				},
			})
		).sip_trunk_id;
		ids.outbound = (
			await call(server, 'CreateSIPOutboundTrunk', {
				trunk: { name: 'out', address: 'sip.example.com', numbers: ['+12025550103'] },
			})
		).sip_trunk_id;
	},
	async (server, ids) => {
		await call(server, 'UpdateSIPDispatchRule', {
			sip_dispatch_rule_id: ids.rule,
			update: { name: 'renamed', metadata: 'm', attributes: { team: 'a' } },
		});
		await call(server, 'UpdateSIPInboundTrunk', {
			sip_trunk_id: ids.inbound,
			update: { auth_password: 'second' },
		});
		await call(server, 'UpdateSIPOutboundTrunk', {
			sip_trunk_id: ids.outbound,
			update: { transport: 'SIP_TRANSPORT_TCP', numbers: { add: ['+12025550104'] } },
		});
	},
	// Explicitly off is not unset; off in the older field is.
	async (server, ids) => {
		await call(server, 'UpdateSIPOutboundTrunk', {
			sip_trunk_id: ids.outbound,
			update: { media: { encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' } },
		});
		await call(server, 'UpdateSIPInboundTrunk', {
			sip_trunk_id: ids.inbound,
			update: { media_encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' },
		});
	},
	async (server, ids) => {
		await call(server, 'UpdateSIPDispatchRule', {
			sip_dispatch_rule_id: ids.rule,
			update: { rule: direct('2222') },
		});
	},
	() => undefined,
	async (server, ids) => {
		const rule = { dispatch_rule_individual: { room_prefix: 'call-' } };
		await call(server, 'UpdateSIPDispatchRule', {
			sip_dispatch_rule_id: ids.rule,
			replace: { name: 'replaced', rule, numbers: ['+12025550105'] },
		});
		await call(server, 'DeleteSIPTrunk', { sip_trunk_id: ids.inbound });
	},
	async (server, ids) => {
		await call(server, 'DeleteSIPDispatchRule', { sip_dispatch_rule_id: ids.rule });
		await call(server, 'DeleteSIPTrunk', { sip_trunk_id: ids.outbound });
	},
];

/** The events of each step, without what differs from server to server: ids and times, and the objects' newest fields. */
async function eventsOn(server) {
	const parameters = {
		watch: ['dispatchRule', 'inboundTrunk', 'outboundTrunk'],
		events: ['created', 'updated', 'deleted'],
	};
	const polling = new Polling(
		{ url: server.url, apiKey: server.key, apiSecret: server.secret },
		parameters,
		'memory',
	);
	await polling.activate();
	const ids = {};
	const seen = [];
	for (const step of steps) {
		await step(server, ids);
		const events = await polling.poll();
		seen.push(
			events.map(({ event, type, name, changed, object }) => ({
				event,
				type,
				name,
				changed,
				numbers: object.numbers,
				secret: object.auth_password ?? object.rule?.dispatch_rule_direct?.pin,
			})),
		);
	}
	return { seen, stored: JSON.stringify(polling.events) };
}

async function checkEvents() {
	const real = await startRealLiveKit();
	ending.push(async () => await real.stop());
	const stand = await startLocalLiveKit({});
	ending.push(async () => await stand.close());
	const onReal = await eventsOn(real);
	await checks.run('a real livekit-server gives the events of each step', () => {
		same(
			onReal.seen.map((events) => events.map(({ event, type }) => `${event} ${type}`)),
			[
				['created dispatch_rule', 'created inbound_trunk', 'created outbound_trunk'],
				['updated dispatch_rule', 'updated inbound_trunk', 'updated outbound_trunk'],
				['updated outbound_trunk'],
				['updated dispatch_rule'],
				[],
				['updated dispatch_rule', 'deleted inbound_trunk'],
				['deleted dispatch_rule', 'deleted outbound_trunk'],
			],
		);
	});
	await checks.run('they are those of the local LiveKit, fields and all', async () =>
		same(onReal.seen, (await eventsOn(stand)).seen),
	);
	await checks.run(
		'no event holds a secret',
		() => !/1111|2222|"first"|"second"/.test(onReal.stored),
	);
}

try {
	const lacking = missing();
	if (lacking.length > 0) checks.skip('the events of a real livekit-server', lacking);
	else await checks.run('the trigger runs to the end', checkEvents);
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
// n8n-core keeps timers running.
process.exit();
