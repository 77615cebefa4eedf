// The real n8n that the editor is opened in, beside a local LiveKit with two outbound trunks and one inbound trunk.
import { join } from 'node:path';
import { loadTs } from '../../../local/load-ts.mjs';
import { n8nVersions } from '../../../local/n8n/install.mjs';
import { N8nInstance } from '../../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../../local/n8n/package.mjs';
import { call } from '../../../local/n8n/sip.mjs';
import { Panel } from './panel.mjs';

/** The only account of that n8n. */
export const owner = {
	email: 'owner@n8n.local',
	firstName: 'Editor',
	lastName: 'Test',
	password: 'Editor-test-1',
};

const outbound = [
	{ name: 'Example Carrier', address: 'sip.example.com', numbers: ['+15105550100'] },
	{ name: 'Spare Carrier', address: 'sip.example.net', numbers: ['+15105550101'] },
];
const inbound = { name: 'Support Line', numbers: ['+15105550110'] };

/**
 * @param {{version?: string, folder: string, ending: (() => Promise<void>)[]}} options version: of n8n; ending: gets what has
 *   to be closed at the end
 * @returns {Promise<{version: string, n8n: N8nInstance, livekit: import('../../../local/livekit/server').LocalLiveKit, credentials: Record<string, {id: string, name: string}>,
 *   open: (page: import('playwright-core').Page, name: string, type: string, parameters: object) => Promise<Panel>}>}
 */
export async function startStage({ version = n8nVersions.newest, folder, ending }) {
	const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
	const livekit = await startLocalLiveKit({ agents: ['appointment-agent'] });
	ending.push(async () => await livekit.close());
	for (const trunk of outbound) await call(livekit, 'CreateSIPOutboundTrunk', { trunk });
	await call(livekit, 'CreateSIPInboundTrunk', { trunk: inbound });

	const userFolder = join(folder, version);
	const n8n = await N8nInstance.create({ version, userFolder });
	ending.push(async () => await n8n.stop());
	await installPackage(await packPackage(folder), userFolder);
	await n8n.start();
	await n8n.rest.signIn(owner);
	const { id, name } = await n8n.rest.request('POST', '/credentials', {
		name: 'LiveKit account',
		type: 'liveKitApi',
		data: { url: livekit.url, apiKey: livekit.key, apiSecret: livekit.secret },
	});
	const credentials = { liveKitApi: { id, name } };
	return { version, n8n, livekit, credentials, open: opener(n8n.rest, credentials) };
}

/** What opens the panel of a node with given parameters, in a workflow of its own. */
export function opener(rest, credentials) {
	return async (page, name, type, parameters) => {
		const start = {
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const node = {
			id: 'node',
			name,
			type: `n8n-nodes-livekit-sip.${type}`,
			typeVersion: 1,
			position: [220, 0],
			parameters,
			credentials,
		};
		const connections = { Start: { main: [[{ node: name, type: 'main', index: 0 }]] } };
		const { id } = await rest.request('POST', '/workflows', {
			name,
			settings: {},
			nodes: [start, node],
			connections,
		});
		await page.goto(`/workflow/${id}/node`);
		return new Panel(page);
	};
}
