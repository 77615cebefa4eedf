import { type LocalLiveKit, startLocalLiveKit } from '../../../../local/livekit/server';
import { place } from '../../../../nodes/LiveKitSip/operations/call/place';
import { runOnce } from '../../../../nodes/LiveKitSip/rows/retries';
import type { Row } from '../../../../nodes/LiveKitSip/rows/row';
import { answered } from '../../../support/client';
import { rowFor, sendTo } from '../../../support/row';

let livekit: LocalLiveKit;
beforeEach(async () => {
	livekit = await startLocalLiveKit({ answerAfterMs: 5 });
});
afterEach(async () => await livekit.close());

it('a defect after the dial does not lose whom the row called, nor its input, and nobody is called again', async () => {
	const { sip_trunk_id: trunk } = await answered<{ sip_trunk_id: string }>(
		livekit,
		'SIP/CreateSIPOutboundTrunk',
		{ trunk: { address: 'sip.example.com', numbers: ['+15105550101'] } },
	);
	const row: Row = {
		...rowFor(async (rpc, body) => {
			await sendTo(livekit, rpc, body);
			throw new Error('defect');
		}),
		input: { id: 7 },
		read: (name, fallback) =>
			name === 'options' ? { simplify: false, includeInput: 'input' } : fallback,
	};
	const raw = { sip_trunk_id: trunk, sip_call_to: '+14155550101' };

	for (const { result, rang } of [await runOnce(row, raw, place), await runOnce(row, raw, place)]) {
		expect(rang).toBe(true);
		expect('failure' in result && result.instead).toEqual([
			expect.objectContaining({
				outcome: 'unknown',
				reason: 'no_clear_answer',
				retryable: false,
				called_number: '+14155550101',
				input: { id: 7 },
				message: expect.stringMatching(/may have rung.*defect/),
			}),
		]);
	}
	expect(livekit.dials()).toHaveLength(1);
});

it('an agent stays on a call that a defect follows, also after another row of the run has rung', async () => {
	livekit.options.agents = ['helper'];
	const { sip_trunk_id: trunk } = await answered<{ sip_trunk_id: string }>(
		livekit,
		'SIP/CreateSIPOutboundTrunk',
		{ trunk: { address: 'sip.example.com', numbers: ['+15105550101'] } },
	);
	const first = rowFor(async (rpc, body) => await sendTo(livekit, rpc, body));
	const rang = await runOnce(first, { sip_trunk_id: trunk, sip_call_to: '+14155550101' }, place);
	expect(rang.rang).toBe(true);

	const second: Row = {
		...first,
		itemIndex: 1,
		node: { ...first.node, parameters: { agentName: 'helper' } },
		read: (name, fallback) => (name === 'agentName' ? 'helper' : fallback),
		send: async (rpc, body) => {
			const reply = await sendTo(livekit, rpc, body);
			if (rpc === place.rpc) throw new Error('defect');
			return reply;
		},
	};
	const ran = await runOnce(second, { sip_trunk_id: trunk, sip_call_to: '+14155550102' }, place);
	expect(ran.rang).toBe(true);
	expect(livekit.dials()).toHaveLength(2);
	const methods = livekit.requests.map(({ method }) => method);
	expect(methods).toContain('CreateDispatch');
	expect(methods).not.toContain('DeleteDispatch');
});
