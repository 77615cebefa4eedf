// Calls that are handed over to another number with REFER.
import { hasHeaders, holds, oneCall, sent, well } from './expect.mjs';
import { itsCall, placeOver, trunkTo } from './placing.mjs';
import { get, hangUp, rowsOf, transfer } from './steps.mjs';

const target = '+12025559999';

const transferTo = (scene, additionalFields, settings) =>
	transfer({ ...itsCall(scene), transferTo: target, additionalFields }, settings);

/**
 * Places a call that is answered, and transfers it.
 *
 * livekit-sip 1.11 sometimes forgets a transaction before it has looked at the answer that ended it, and then reports
 * an answered REFER as unanswered. Such a call is ended and the next one made, a few times.
 */
async function transferred(scene, { scenario, words, additionalFields = {}, settings = {} }) {
	for (let tries = 5; tries > 0; tries--) {
		const phone = await scene.phone(scenario, { words });
		const result = await scene.run(
			trunkTo(scene, phone),
			placeOver(scene),
			transferTo(scene, additionalFields, settings),
		);
		const lost =
			result.outputs.Transfer?.[0]?.reason === 'carrier_silent' &&
			phone.hasSent(/^SIP\/2\.0 (202|603)/);
		if (!lost) return { phone, result };
		await scene.run(hangUp(itsCall(scene)));
		await scene.empty();
	}
	throw new Error('The bridge lost the answer to every REFER.');
}

const accepted = {
	name: 'transfer, accepted',
	act: async (scene) => {
		const { phone, result } = await transferred(scene, {
			scenario: 'transfer',
			words: { outcome: '200 OK' },
			additionalFields: { headers: rowsOf({ 'X-Reason': 'sales' }) },
		});
		well(result);
		holds(result.outputs.Transfer[0], {
			outcome: 'transferred',
			transferred: true,
			room_name: scene.room,
			participant_identity: 'callee',
			transfer_to: `tel:${target}`,
		});
		const trace = await phone.finish();
		oneCall(trace);
		sent(trace, 'REFER', 'BYE');
		hasHeaders(trace.requests('REFER')[0], { 'refer-to': `tel:${target}`, 'x-reason': 'sales' });
	},
};

/** A transfer that fails leaves the call as it was: it can still be looked at and ended. */
function refused(name, asked, expected) {
	return {
		name,
		act: async (scene) => {
			const { phone, result } = await transferred(scene, asked);
			well(result);
			holds(result.outputs.Transfer[0], { transferred: false, outcome: 'refused', ...expected });
			const after = await scene.run(get(itsCall(scene)), hangUp(itsCall(scene)));
			well(after);
			holds(after.outputs.Get[0], { status: 'active', phone_number: scene.callee });
			const trace = await phone.finish();
			oneCall(trace);
			sent(trace, 'REFER', 'BYE');
		},
	};
}

const tooEarly = {
	name: 'transfer asked for while ringing, never answered: failed at the end of ringing',
	act: async (scene) => {
		const phone = await scene.phone('ring');
		well(
			await scene.run(
				trunkTo(scene, phone),
				placeOver(scene, { waitFor: 'nothing', limits: { ringFor: 4 } }),
			),
		);
		await scene.inStatus('callee', 'ringing');
		const result = await scene.run(transferTo(scene, {}));
		well(result);
		holds(result.outputs.Transfer[0], {
			transferred: false,
			outcome: 'failed',
			reason: 'call_not_answered',
		});
		const trace = await phone.finish();
		oneCall(trace);
		sent(trace, 'CANCEL');
	},
};

/** All of them. */
export const transferring = [
	accepted,
	refused(
		'transfer, refused by the carrier (REFER answered 603)',
		{ scenario: 'transfer-refused', words: { status: '603 Decline' } },
		{ reason: 'declined', sip_status_code: 603 },
	),
	refused(
		'transfer, the new callee is busy (NOTIFY 486), Retry On Fail: asked for once',
		{
			scenario: 'transfer',
			words: { outcome: '486 Busy Here' },
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 500 },
		},
		{ reason: 'busy', sip_status_code: 486 },
	),
	tooEarly,
];
