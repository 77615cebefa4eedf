// Names that a caller, a carrier or another user of the server may choose, in n8n's own editor: they stay text.
import { same } from '../checks.mjs';
import { loadTs } from '../../../local/load-ts.mjs';
import { call } from '../../../local/n8n/sip.mjs';
import { until } from '../until.mjs';

const room = '={{ $env.N8N_ENCRYPTION_KEY }}{{ 7 * 191 }}';
const link = '<a href="https://evil.example" style="position:fixed;inset:0">click</a>';

/** A call in a room of that name. */
async function startCall(livekit) {
	const { items } = await call(livekit, 'ListSIPOutboundTrunk', {});
	const { signToken } = await loadTs('livekit/http/token.ts');
	const grant = { sip: { call: true } };
	const token = await signToken({ apiKey: livekit.key, apiSecret: livekit.secret, grant });
	const base = livekit.url.replace(/^ws/, 'http');
	const answer = await fetch(`${base}/twirp/livekit.SIP/CreateSIPParticipant`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
		body: JSON.stringify({
			sip_trunk_id: items[0].sip_trunk_id,
			sip_call_to: '+14155550199',
			room_name: room,
			participant_identity: '=caller',
			wait_until_answered: true,
		}),
	});
	if (!answer.ok) throw new Error(await answer.text());
}

/** What a node that stopped shows, once it shows it. */
async function shownError(page) {
	const view = page.locator('.node-error-view').first();
	await view.waitFor();
	return await until('the words of the node are there', async () => {
		const text = await view.innerText();
		return text.includes('click') && text;
	});
}

export async function checkStrangers(checks, { page, livekit, open }) {
	await startCall(livekit);
	await checks.run(
		'a room whose name begins with = is picked and asked for by its name',
		async () => {
			const panel = await open(page, 'Pick', 'liveKitSip', { resource: 'call', operation: 'get' });
			await panel.ready('participant');
			const hostile = 'N8N_ENCRYPTION_KEY';
			// The rooms of the calls before it may still be there.
			const entries = await panel.pick('participant', hostile);
			same(entries.filter((entry) => entry.includes(hostile)).length, 1);
			const row = await panel.execute((found) => 'room_name' in found);
			same(row.room_name, room);
			const { body } = livekit.requests.findLast(({ method }) => method === 'GetParticipant');
			same(body, { room, identity: '=caller' });
		},
	);

	const refuse = (method, meta, msg = link) =>
		livekit.faults.push({
			method,
			kind: 'status',
			status: 412,
			body: JSON.stringify({ code: 'failed_precondition', msg, meta }),
		});
	const noLink = async () => {
		const links = page.locator('a[href*="evil.example"]');
		same(await links.count(), 0);
	};

	await checks.run("a trunk's name with a link in it is shown as text", async () => {
		const panel = await open(page, 'Create', 'liveKitSip', {
			resource: 'inboundTrunk',
			operation: 'create',
			name: 'x',
			numbers: '+15105550119',
		});
		await panel.ready('numbers');
		refuse('CreateSIPInboundTrunk', {}, `Conflicting inbound SIP Trunks: "<new>" and ${link}`);
		await page.getByTestId('node-execute-button').click();
		const text = await shownError(page);
		if (!text.includes('‹new›') || !text.includes('‹a href=')) throw new Error(text);
		await noLink();
	});

	await checks.run("a carrier's phrase with a link in it is shown as text", async () => {
		const panel = await open(page, 'Place', 'liveKitSip', {
			resource: 'call',
			operation: 'place',
			trunk: { __rl: true, mode: 'id', value: 'ST_1' },
			callTo: '+14155550100',
			options: { onUnanswered: 'fail' },
		});
		await panel.ready('callTo');
		refuse('CreateSIPParticipant', { sip_status_code: '486', sip_status: link });
		await page.getByTestId('node-execute-button').click();
		const text = await shownError(page);
		if (!text.includes('‹a href=')) throw new Error(text);
		await noLink();
	});
}
