// A real n8n of one major with the packed package, beside a local LiveKit.
import { join } from 'node:path';
import { loadTs } from '../../../local/load-ts.mjs';
import { N8nInstance } from '../../../local/n8n/instance.mjs';
import { installPackage } from '../../../local/n8n/package.mjs';
import { call } from '../../../local/n8n/sip.mjs';
import { DataTables } from '../data-tables.mjs';

const owner = {
	email: 'owner@n8n.local',
	firstName: 'Campaign',
	lastName: 'Test',
	password: 'Campaign-test-1',
};

export class World {
	#n8n;
	#tables;

	/** Use `create`. */
	constructor({ version, n8n, livekit }) {
		this.version = version;
		this.#n8n = n8n;
		this.livekit = livekit;
		this.credentials = {};
	}

	/**
	 * @param {{version: string, tarball: string, folder: string, ending: (() => Promise<void>)[]}} options
	 *   ending: gets what has to be closed at the end
	 */
	static async create({ version, tarball, folder, ending }) {
		const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
		const livekit = await startLocalLiveKit({});
		ending.push(async () => await livekit.close());
		const userFolder = join(folder, version);
		const n8n = await N8nInstance.create({ version, userFolder });
		ending.push(async () => await n8n.stop());
		await installPackage(tarball, userFolder);
		const world = new World({ version, n8n, livekit });
		await world.start();
		world.#tables = await DataTables.create(n8n.rest);
		const trunk = {
			name: 'n8n quickstart outbound',
			address: 'sip.example.com',
			numbers: ['+12025550101'],
		};
		({ sip_trunk_id: world.trunkId } = await call(livekit, 'CreateSIPOutboundTrunk', { trunk }));
		await world.addCredential('liveKitApi', {
			url: livekit.url,
			apiKey: livekit.key,
			apiSecret: livekit.secret,
		});
		return world;
	}

	get label() {
		return `n8n ${this.version}`;
	}

	get isOld() {
		return this.version.startsWith('1.');
	}

	get url() {
		return this.#n8n.url;
	}

	async start() {
		await this.#n8n.start();
		await this.#n8n.rest.signIn(owner);
	}

	/** Asks n8n to end (SIGTERM), and kills it after `withinMs`; gives its exit code, null if it was killed. */
	async stop(withinMs) {
		return await this.#n8n.stop(withinMs);
	}

	/** Ends n8n with its task runner as a power cut would. */
	async kill() {
		await this.#n8n.kill();
	}

	async request(method, path, body) {
		return await this.#n8n.rest.request(method, path, body);
	}

	async addCredential(type, data) {
		const { id, name } = await this.request('POST', '/credentials', {
			name: `Test ${type}`,
			type,
			data,
		});
		this.credentials[type] = { id, name };
	}

	/** Stores a workflow under an id of its own. */
	async store({ id: _, ...workflow }) {
		return await this.request('POST', '/workflows', workflow);
	}

	async replace(id, { id: _, ...workflow }) {
		return await this.request('PATCH', `/workflows/${id}`, workflow);
	}

	async run(id) {
		return await this.#n8n.rest.runWorkflow(id);
	}

	async activate({ id, versionId }) {
		if (this.isOld) await this.request('PATCH', `/workflows/${id}`, { active: true });
		else await this.request('POST', `/workflows/${id}/activate`, { versionId });
	}

	async deactivate({ id }) {
		if (this.isOld) await this.request('PATCH', `/workflows/${id}`, { active: false });
		else await this.request('POST', `/workflows/${id}/deactivate`);
	}

	/** Creates a table as a person does in n8n 1.x, where no node can. */
	async createTable(name, columns) {
		return await this.#tables.make(name, columns);
	}

	async tableNamed(name) {
		return await this.#tables.idOf(name);
	}

	async rowsOf(tableId) {
		return await this.#tables.rowsOf(tableId);
	}

	async setRows(tableId, column, value, data) {
		await this.#tables.setRows(tableId, column, value, data);
	}

	/** The executions of a workflow, oldest first, without their data. */
	async executions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request('GET', `/executions?filter=${filter}&limit=100`);
		return results.sort((a, b) => Number(a.id) - Number(b.id));
	}
}
