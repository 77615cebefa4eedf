import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { type LocalLiveKit, startLocalLiveKit } from '../../local/livekit/server';
import { answered } from '../support/client';

const repository = join(__dirname, '..', '..');
const hostile = 'Trunk\x1b]0;owned\x07\x1b[2J\u202e\u009b\r\nMade by nobody';

let livekit: LocalLiveKit;
beforeAll(async () => {
	livekit = await startLocalLiveKit();
});
afterAll(async () => await livekit.close());

/** What the code that `npm start` uses prints, run by Node itself. */
async function printed(code: string): Promise<string> {
	const { url, key, secret } = livekit;
	const script = `import { asTable, call, listObjects } from './local/n8n/sip.mjs';
		const server = ${JSON.stringify({ url, key, secret })};
		${code}`;
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['--input-type=module', '-e', script],
		{ cwd: repository },
	);
	return stdout;
}

it('npm start shows names of trunks and rules without what a terminal would act on', async () => {
	const { sip_trunk_id: trunk } = await answered<{ sip_trunk_id: string }>(
		livekit,
		'SIP/CreateSIPInboundTrunk',
		{ trunk: { name: hostile, numbers: ['+15105550100'] } },
	);
	await answered(livekit, 'SIP/CreateSIPDispatchRule', {
		dispatch_rule: {
			name: hostile,
			rule: { dispatch_rule_direct: { room_name: hostile } },
			trunk_ids: [trunk],
		},
	});
	const shown = await printed('console.log(await asTable(await listObjects(server)));');
	expect(shown).toContain('Trunk]0;owned[2J Made by nobody');
	expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
	expect(shown.trimEnd().split('\n')).toHaveLength(4);
});

it('and so does what it says of a refusal', async () => {
	livekit.faults.push({ kind: 'status', status: 500, body: hostile });
	const shown = await printed(
		"await call(server, 'ListSIPInboundTrunk', {}).catch(({ message }) => console.log(message));",
	);
	expect(shown).toBe(
		'LiveKit answered 500 to ListSIPInboundTrunk: Trunk]0;owned[2J Made by nobody\n',
	);
});
