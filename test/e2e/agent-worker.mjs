// A worker of LiveKit's agents by hand: it registers under a name, takes jobs and joins their rooms, without media.
import { setTimeout as sleep } from 'node:timers/promises';

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { SignJWT } from 'jose';
import { WebSocket } from 'ws';

import { loadTs } from '../../local/load-ts.mjs';

const { livekitRegistry } = await loadTs('local/livekit/schema.ts');
const registry = livekitRegistry();
const [workerMessage, serverMessage] = ['WorkerMessage', 'ServerMessage'].map((name) =>
	registry.getMessage(`livekit.${name}`),
);

const ROOM_JOB = 0;
const REGISTER_TIMEOUT_MS = 120_000;

function open(url) {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(url);
		socket.once('open', () => resolve(socket));
		socket.once('error', reject);
	});
}

/**
 * Connects a worker and waits until LiveKit knows it.
 *
 * @param {{wsUrl: string, key: string, secret: string}} server
 * @param {{name: string, mayJoin?: Promise<void>, takes?: boolean}} options name: empty for an agent without one; mayJoin:
 *   until then it stays outside of its rooms; takes: false for a worker that turns every job down
 * @returns {Promise<{metadata: string[], stop(): void}>} metadata of the jobs it was given
 */
export async function startAgent({ wsUrl, key, secret }, { name, mayJoin, takes = true }) {
	const jwt = await new SignJWT({ video: { agent: true } })
		.setProtectedHeader({ alg: 'HS256' })
		.setIssuer(key)
		.setExpirationTime('10m')
		.sign(new TextEncoder().encode(secret));
	const worker = await open(`${wsUrl}/agent?access_token=${jwt}&protocol=1`);
	const inRooms = new Map();
	const metadata = [];
	const send = (field, value) =>
		worker.send(
			toBinary(
				workerMessage,
				create(workerMessage, {
					message: { case: field, value: create(workerMessage.field[field].message, value) },
				}),
			),
		);

	const join = async ({ job, token }) => {
		await mayJoin;
		inRooms.set(
			job.id,
			await open(`${wsUrl}/rtc?access_token=${token}&protocol=15&auto_subscribe=1`),
		);
	};
	const answers = {
		availability: ({ job }) => {
			metadata.push(job.metadata);
			send('availability', {
				jobId: job.id,
				available: takes,
				participantIdentity: `agent-${job.id}`,
			});
		},
		assignment: (assignment) => void join(assignment),
		termination: ({ jobId }) => inRooms.get(jobId)?.close(),
	};
	const registered = new Promise((resolve) => {
		worker.on('message', (data) => {
			const { message } = fromBinary(serverMessage, data);
			if (message.case === 'register') resolve();
			answers[message.case]?.(message.value);
		});
	});
	send('register', { type: ROOM_JOB, agentName: name, version: '1.0.0' });
	await Promise.race([
		registered,
		sleep(REGISTER_TIMEOUT_MS, undefined, { ref: false }).then(() =>
			Promise.reject(new Error('LiveKit did not register the worker')),
		),
	]);
	return {
		metadata,
		stop() {
			for (const socket of [worker, ...inRooms.values()]) socket.terminate();
		},
	};
}
