import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'flatted';
import { RoomServiceClient } from 'livekit-server-sdk';
import { failedNodes, outputsOf } from '../../../local/n8n/quickstart.mjs';
import { until } from '../until.mjs';
import { Phone } from './sipp.mjs';
import { workflowOf } from './steps.mjs';

/**
 * The running programs that all scenarios share.
 *
 * @typedef {{n8n: import('../../../local/n8n/instance.mjs').N8nInstance, credential: {id: string, name: string},
 *   livekit: {url: string, key: string, secret: string}, bridge: {sipPort: number}, folder: string}} World
 */

/** What one scenario works with: its own room, phones and number range. */
export class Scene {
	phones = [];
	notes = [];

	/**
	 * @param {World} world
	 * @param {number} index of the scenario
	 */
	constructor(world, index) {
		this.world = world;
		this.room = `e2e-${index}`;
		/** The callee's number, and that of our trunk. */
		this.callee = `+1202555${String(100 + index).padStart(4, '0')}`;
		this.ours = `+1202555${String(500 + index).padStart(4, '0')}`;
		this.folder = join(world.folder, this.room);
		const { url, key, secret } = world.livekit;
		this.rooms = new RoomServiceClient(url, key, secret);
	}

	/** Starts a phone that plays a scenario of this folder; it ends with the scene. */
	async phone(scenario, options = {}) {
		await mkdir(this.folder, { recursive: true });
		const phone = await Phone.start(scenario, {
			folder: this.folder,
			name: `phone-${this.phones.length}`,
			...options,
		});
		this.phones.push(phone);
		return phone;
	}

	/** Starts a phone that calls our number through the bridge. */
	async caller(scenario, number) {
		return await this.phone(scenario, {
			words: { caller: number },
			call: { port: this.world.bridge.sipPort, number: this.ours },
		});
	}

	/**
	 * Runs the steps in n8n.
	 *
	 * @returns {Promise<{outputs: Record<string, any[]>, failed: {node: string, message: string}[],
	 *   ms: Record<string, number>}>} ms: time of each node
	 */
	async run(...steps) {
		const { rest } = this.world.n8n;
		const stored = await rest.request(
			'POST',
			'/workflows',
			workflowOf(this.room, steps, this.world.credential),
		);
		const execution = await rest.runWorkflow(stored.id);
		const { resultData } = parse(execution.data);
		const ms = Object.fromEntries(
			Object.entries(resultData.runData ?? {}).map(([node, runs]) => [
				node,
				runs.at(-1).executionTime,
			]),
		);
		const result = {
			outputs: await outputsOf(execution),
			failed: await failedNodes(execution),
			ms,
		};
		for (const { node, message } of result.failed)
			this.notes.push(`${node}: ${message.split('\n')[0]}`);
		return result;
	}

	/** Waits until as many callers are active in a room whose name begins so; resolves to the room's name. */
	async joined(roomStart, callers = 1) {
		return await until(`${callers} callers are active in ${roomStart}`, async () => {
			for (const { name } of await this.rooms.listRooms()) {
				if (!name.startsWith(roomStart)) continue;
				const participants = await this.rooms.listParticipants(name);
				if (
					participants.filter(({ attributes }) => attributes['sip.callStatus'] === 'active')
						.length === callers
				)
					return name;
			}
			return undefined;
		});
	}

	/** Waits until a participant of the scene's room has a call status. */
	async inStatus(identity, status) {
		await until(`the call is in status ${status}`, async () => {
			const participants = await this.rooms.listParticipants(this.room);
			return participants.some(
				(participant) =>
					participant.identity === identity && participant.attributes['sip.callStatus'] === status,
			);
		});
	}

	/** Waits until nobody is in the scene's room. */
	async empty() {
		await until(
			`the call in ${this.room} has ended`,
			async () => (await this.rooms.listParticipants(this.room)).length === 0,
		);
	}

	async close() {
		for (const phone of this.phones) await phone.close();
	}
}

/**
 * Plays scenarios, some at once, and keeps what became of them.
 *
 * @param {{name: string, lacks?: () => string | undefined, act: (scene: Scene) => Promise<void>}[]} scenarios
 *   lacks: why it cannot be played here
 * @param {World} world
 * @param {number} atOnce
 * @returns {Promise<{name: string, result: 'passed' | 'FAILED' | 'skipped', seconds: number, wire: string, said: string}[]>}
 */
export async function playAll(scenarios, world, atOnce) {
	const rows = [];
	const waiting = [...scenarios.entries()];
	const worker = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift())
			rows[next[0]] = await play(next[1], new Scene(world, next[0]));
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return rows;
}

async function play({ name, lacks, act }, scene) {
	const reason = lacks?.();
	if (reason) return { name, result: 'skipped', seconds: 0, wire: '', said: reason };
	const begun = performance.now();
	let fault;
	try {
		await act(scene);
	} catch (cause) {
		fault = cause;
	} finally {
		await scene.close();
	}
	console.log(fault ? `  FAILED  ${name}\n${fault.stack}\n${wiresOf(scene)}` : `  passed  ${name}`);
	return {
		name,
		result: fault ? 'FAILED' : 'passed',
		seconds: (performance.now() - begun) / 1000,
		wire: scene.phones.map(({ trace }) => String(trace)).join(' | '),
		said: scene.notes.join('; '),
	};
}

/** All that went over the wires of a scene, for the search after a failed check. */
function wiresOf({ phones }) {
	const lines = phones.flatMap(({ scenario, trace, complaints }) => [
		`${scenario}:`,
		...trace.messages.map(({ direction, start }) => `  ${direction.padEnd(8)} ${start}`),
		complaints,
	]);
	return lines.join('\n');
}

/** The rows as text, one line per scenario. */
export function asTable(rows) {
	const cells = [
		['Result', 'Scenario', 'Time', 'From LiveKit on the wire', 'The node said'],
		...rows.map(({ name, result, seconds, wire, said }) => [
			result,
			name,
			`${seconds.toFixed(1)} s`,
			wire,
			said,
		]),
	];
	const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column].length)));
	return cells
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
