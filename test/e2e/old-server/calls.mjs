// Calls over real servers: the real bridge, and sipp as the carrier that answers and takes a transfer.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { same } from '../checks.mjs';
import { startBridge } from '../telephone/bridge.mjs';
import { Phone } from '../telephone/sipp.mjs';

const picked = (value) => ({ __rl: true, mode: 'id', value });
const room = 'old-server';

/**
 * Places a call, looks at it, sends an agent for, transfers it and hangs it up.
 *
 * @param {import('../checks.mjs').Checks} checks
 * @param {{version: string, server: object, folder: string, run: (parameters: object) => Promise<{error?: Error, json: object[]}>}} world
 *   folder: absolute, for the files of bridge and phone
 */
export async function checkCalls(checks, { version, server, folder, run }) {
	const own = join(folder, version);
	await mkdir(own, { recursive: true });
	const bridge = await startBridge(server, own);
	const phones = [];
	const phone = async (scenario, words) => {
		phones.push(
			await Phone.start(scenario, { folder: own, name: `phone-${phones.length}`, words }),
		);
		return phones.at(-1);
	};
	const trunkTo = async ({ address }) =>
		(
			await run({
				resource: 'outboundTrunk',
				operation: 'create',
				name: address,
				address,
				numbers: '+12025550100',
				additionalFields: { transport: 'SIP_TRANSPORT_UDP' },
			})
		).json[0].sip_trunk_id;
	const callee = { room: picked(room), participant: picked('callee') };
	const place = async (trunk, number) =>
		await run({
			resource: 'call',
			operation: 'place',
			trunk: picked(trunk),
			callTo: number,
			options: { room: picked(room), simplify: false },
			additionalFields: { participantIdentity: 'callee' },
		});
	const step = async (name, parameters, expected) => {
		await checks.run(`${version}: ${name}`, async () => {
			const { error, json } = await run(parameters);
			if (error) throw new Error(`${error.message} ${error.description}`);
			const [item] = json;
			same(Object.fromEntries(Object.keys(expected).map((key) => [key, item?.[key]])), expected);
		});
	};
	try {
		const trunk = await trunkTo(await phone('transfer', { outcome: '200 OK' }));
		await checks.run(`${version}: call: place is answered`, async () => {
			const { error, json } = await place(trunk, '+12025550142');
			if (error) throw new Error(`${error.message} ${error.description}`);
			same(
				[json[0].outcome, json[0].room_name, json[0].participant_identity, json[0].warnings],
				['answered', room, 'callee', []],
			);
		});
		await step(
			'call: get',
			{ resource: 'call', operation: 'get', ...callee },
			{ participant_identity: 'callee', status: 'active' },
		);
		await step(
			'call: getAll',
			{ resource: 'call', operation: 'getAll', room: picked(room) },
			{ participant_identity: 'callee', status: 'active' },
		);
		await step(
			'agentDispatch: create',
			{ resource: 'agentDispatch', operation: 'create', room: picked(room), agentName: 'helper' },
			{ agent_name: 'helper' },
		);
		await checks.run(`${version}: agentDispatch: getAll`, async () => {
			const { json } = await run({
				resource: 'agentDispatch',
				operation: 'getAll',
				room: picked(room),
			});
			// Newer servers make a nameless one of their own in each new room.
			same(json.map(({ agent_name: name }) => name).filter(Boolean), ['helper']);
		});
		await checks.run(`${version}: call: transfer`, async () => {
			const transfer = {
				resource: 'call',
				operation: 'transfer',
				...callee,
				transferTo: '+12025559999',
			};
			for (let tries = 5; tries > 0; tries--) {
				const { error, json } = await run(transfer);
				if (error) throw new Error(`${error.message} ${error.description}`);
				if (json[0].transferred) return;
				// livekit-sip 1.11 now and then loses the answer to a REFER (telephone/transferring.mjs).
				same(json[0].reason, 'carrier_silent');
				await run({ resource: 'call', operation: 'hangUp', ...callee });
				await place(trunk, '+12025550142');
			}
			throw new Error('The bridge lost the answer to every REFER.');
		});
		const busy = await trunkTo(await phone('refuse', { status: '486 Busy Here' }));
		await checks.run(`${version}: call: place says that the line is busy`, async () => {
			const { json } = await place(busy, '+12025550143');
			same([json[0]?.outcome, json[0]?.sip_status_code], ['busy', 486]);
		});
		const ringing = await trunkTo(await phone('ring'));
		await run({
			resource: 'call',
			operation: 'place',
			trunk: picked(ringing),
			callTo: '+12025550144',
			options: { room: picked(room), simplify: false },
			waitFor: 'nothing',
			additionalFields: { participantIdentity: 'callee' },
		});
		await step(
			'call: hangUp',
			{ resource: 'call', operation: 'hangUp', ...callee },
			{ participant_identity: 'callee' },
		);
	} finally {
		for (const one of phones) await one.close();
		await bridge.stop();
	}
}
