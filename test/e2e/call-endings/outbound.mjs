// Calls that Call: Place makes, each with an end of its own, and what the call trigger has to tell of it.
import { well } from '../telephone/expect.mjs';
import { freeUdpPort } from '../telephone/sipp.mjs';
import { itsCall, placeOver, trunkTo } from '../telephone/placing.mjs';
import { hangUp } from '../telephone/steps.mjs';
import { connected } from './connected.mjs';

const contact = (scene) => ({ contactKey: `row-${scene.room}`, attempt: '2' });

/** Places a call from and to the scene's numbers; gives what the item of its end has to hold whatever the end is, in a list. */
async function placed(scene, phone, parameters = {}) {
	const result = await scene.run(
		trunkTo(scene, phone),
		placeOver(scene, { options: contact(scene), ...parameters }),
	);
	well(result);
	const { sip_call_id: callId, outcome } = result.outputs.Place[0];
	if (outcome === 'answered' && !callId) throw new Error('Call: Place tells no sip_call_id.');
	const facts = {
		direction: 'outbound',
		phone_number: scene.callee,
		your_number: scene.ours,
		contact_key: `row-${scene.room}`,
		attempt: 2,
		...(callId ? { sip_call_id: callId } : {}),
	};
	return [facts];
}

/** A call that the carrier ends with a final status, after it has rung or at once. */
const refused = (name, status, endedAs, scenario = 'refuse') => ({
	name,
	expected: { answered: false, ended_as: endedAs },
	act: async (scene) =>
		await placed(scene, await scene.phone(scenario, { words: { status } }), {
			waitFor: 'nothing',
		}),
});

/** A call that is answered; `end` ends it, if it does not end by itself. */
const answered = (name, endedAs, end, { scenario = 'answer', parameters } = {}) => ({
	name,
	expected: { answered: true, ended_as: endedAs },
	act: async (scene) => {
		const phone = await scene.phone(scenario);
		const facts = await placed(scene, phone, parameters);
		if (end) {
			await connected(scene, 'callee');
			await end(scene, phone);
		}
		return facts;
	},
});

/** All of them. */
export const outbound = [
	// It takes longest: the bridge waits for sound.
	answered(
		'answered, the phone is gone and no sound comes any more',
		'dropped',
		async (_, phone) => await phone.close(),
	),
	refused('busy (486)', '486 Busy Here', 'refused'),
	refused('declined (603)', '603 Decline', 'refused'),
	refused('forbidden (403)', '403 Forbidden', 'refused'),
	refused('unknown number (404)', '404 Not Found', 'not_answered'),
	refused('switched off (480)', '480 Temporarily Unavailable', 'not_answered'),
	refused('carrier down (503)', '503 Service Unavailable', 'failed'),
	refused('carrier fails (500)', '500 Server Internal Error', 'failed'),
	{
		name: 'no answer in time',
		expected: { answered: false, ended_as: 'not_answered' },
		act: async (scene) =>
			await placed(scene, await scene.phone('ring'), { limits: { ringFor: 3 } }),
	},
	{
		name: "nobody at the carrier's address",
		expected: { answered: false, ended_as: 'not_answered' },
		act: async (scene) =>
			await placed(
				scene,
				{ address: `127.0.0.1:${await freeUdpPort()}` },
				{ limits: { ringFor: 3 } },
			),
	},
	{
		name: 'hung up by the API while it rings',
		expected: { answered: false, ended_as: 'ended_by_api' },
		act: async (scene) => {
			const facts = await placed(scene, await scene.phone('ring'), {
				waitFor: 'nothing',
				limits: { ringFor: 80 },
			});
			await scene.inStatus('callee', 'ringing');
			await connected(scene, 'callee');
			well(await scene.run(hangUp(itsCall(scene))));
			return facts;
		},
	},
	{
		name: 'picked up with a codec that LiveKit lacks',
		expected: { answered: false, ended_as: 'refused' },
		act: async (scene) => await placed(scene, await scene.phone('unfit')),
	},
	answered('answered, the callee hangs up', 'completed', async (_, phone) => await phone.tell(), {
		scenario: 'answer-and-end',
	}),
	answered('answered, Maximum Call Duration', 'completed', undefined, {
		parameters: { limits: { maxCallDuration: 3 } },
	}),
	answered('answered, Call: Hang Up', 'ended_by_api', async (scene) =>
		well(await scene.run(hangUp(itsCall(scene)))),
	),
	answered(
		'answered, the room is deleted',
		'room_closed',
		async (scene) => await scene.rooms.deleteRoom(scene.room),
	),
];
