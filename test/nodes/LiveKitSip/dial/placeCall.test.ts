import type { INode } from 'n8n-workflow';

import { grantFor } from '../../../../livekit/http/grants';
import { rpcPath } from '../../../../livekit/schema/rpc';
import { readAnswer } from '../../../../livekit/http/twirp';
import { type LocalLiveKit, startLocalLiveKit } from '../../../../local/livekit/server';
import { Breath } from '../../../../nodes/LiveKitSip/dial/eventLoop';
import { withoutFailure } from '../../../../nodes/LiveKitSip/dial/item';
import { placeCall } from '../../../../nodes/LiveKitSip/dial/placeCall';
import { readCallSettings } from '../../../../nodes/LiveKitSip/dial/settings';
import { runState } from '../../../../nodes/LiveKitSip/dial/state';
import { cancellation } from '../../../../nodes/LiveKitSip/rows/cancellation';
import { runOnce } from '../../../../nodes/LiveKitSip/rows/retries';
import { type Row, readSettings } from '../../../../nodes/LiveKitSip/rows/row';
import { answered, ask } from '../../../support/client';

const node: INode = {
	id: '1',
	name: 'LiveKit',
	type: 'n8n-nodes-livekit-sip.liveKitSip',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

let livekit: LocalLiveKit;
beforeEach(async () => {
	livekit = await startLocalLiveKit({ answerAfterMs: 5 });
});
afterEach(async () => await livekit.close());

/** A row whose requests go to the local LiveKit, with a defect: it fails when their answers have come. */
const row: Row = {
	node,
	itemIndex: 0,
	resource: 'call',
	operation: 'place',
	home: 'instance-1',
	origin: 'test',
	settings: readSettings((_name, fallback) => fallback),
	send: async (rpc, body) => {
		readAnswer(
			await ask(livekit, `${rpc.service}/${rpc.name}`, body, {
				claims: { ...grantFor(rpcPath(rpc), body) },
			}),
		);
		throw new Error('defect');
	},
};

it('a defect after the dial does not lose whom the row called, nor its input, and nobody is called again', async () => {
	const { sip_trunk_id: trunk } = await answered<{ sip_trunk_id: string }>(
		livekit,
		'SIP/CreateSIPOutboundTrunk',
		{ trunk: { address: 'sip.example.com', numbers: ['+15105550101'] } },
	);
	const execution = { node };
	const world = {
		state: runState(execution, 'test'),
		context: {},
		cancel: cancellation(undefined),
		breath: new Breath(),
		server: livekit.url,
		started: () => undefined,
	};
	const raw = { sip_trunk_id: trunk, sip_call_to: '+14155550101' };
	const { value: settings, faults } = readCallSettings(
		(_name, fallback) => fallback,
		() => [],
	);
	const attempt = async () =>
		await runOnce(
			execution,
			row,
			raw,
			async (once) =>
				await placeCall(once, { raw, settings, faults, turn: 0, json: { id: 7 } }, world),
		);

	for (const { result, rang } of [await attempt(), await attempt()]) {
		expect(rang).toBe(true);
		expect(withoutFailure(result, true)).toEqual({
			value: [
				expect.objectContaining({
					outcome: 'unknown',
					reason: 'no_clear_answer',
					retryable: false,
					called_number: '+14155550101',
					input: { id: 7 },
					message: expect.stringMatching(/may have rung.*defect/),
				}),
			],
		});
	}
	expect(livekit.dials()).toHaveLength(1);
});
