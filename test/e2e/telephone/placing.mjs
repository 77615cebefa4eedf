// Calls that LiveKit places: how each outcome shows in n8n, and that it is one call on the wire.
import { same } from '../checks.mjs';
import { hasHeaders, holds, oneCall, sent, stopped, well } from './expect.mjs';
import { freeUdpPort } from './sipp.mjs';
import { byId, byIdentity, byName, create, get, getMany, hangUp, place, rowsOf } from './steps.mjs';

/** Items tell tenths of seconds. */
const roundedMs = 50;

/** Makes the trunk to a phone. */
export const trunkTo = (scene, phone, more = {}) =>
	create('Trunk', 'outboundTrunk', {
		name: scene.room,
		address: phone.address,
		numbers: scene.ours,
		...more,
	});

/** Calls over that trunk; the callee's identity in the room is `callee`. */
export const placeOver = (scene, parameters = {}, settings = {}) =>
	place(
		{
			trunk: byId("={{ $('Trunk').item.json.sip_trunk_id }}"),
			callTo: scene.callee,
			...parameters,
			limits: { ringFor: 20, ...parameters.limits },
			options: { room: byName(scene.room), simplify: false, ...parameters.options },
			additionalFields: { participantIdentity: 'callee', ...parameters.additionalFields },
		},
		settings,
	);

/** The call of the scene, for get, hang up and transfer. */
export const itsCall = (scene) => ({ room: byName(scene.room), participant: byIdentity('callee') });

/** The workflow went on with this outcome, which says these words. */
function became(result, outcome, words) {
	well(result);
	const [item] = result.outputs.Place;
	holds(item, { outcome, answered: false });
	if (!item.message.includes(words))
		throw new Error(`"${words}" does not stand in "${item.message}".`);
}

/** So many seconds were told, and no more than the node took. */
const lasted = ({ ms }, told, leastSeconds) =>
	told >= leastSeconds && told * 1000 <= ms.Place + roundedMs;

/** A call that the carrier ends with a final status. */
function refused(name, status, outcome, words) {
	return {
		name,
		act: async (scene) => {
			const phone = await scene.phone('refuse', { words: { status } });
			const result = await scene.run(trunkTo(scene, phone), placeOver(scene));
			became(result, outcome, words);
			holds(result.outputs.Place[0], { sip_status_code: Number(status.slice(0, 3)) });
			const trace = await phone.finish();
			oneCall(trace);
			sent(trace);
		},
	};
}

const retried = {
	name: 'place, busy, Retry On Fail with 3 tries: dialled once',
	act: async (scene) => {
		const phone = await scene.phone('refuse', { words: { status: '486 Busy Here' } });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };
		const result = await scene.run(
			trunkTo(scene, phone),
			placeOver(scene, { options: { onUnanswered: 'fail' } }, settings),
		);
		stopped(result, 'Place', '1 of 1 calls were not answered: 1 busy');
		if (result.ms.Place < 2000)
			throw new Error(`n8n did not try again: the node took ${result.ms.Place} ms.`);
		oneCall(await phone.finish());
	},
};

const absent = {
	name: "place, nobody at the carrier's address",
	act: async (scene) => {
		const nobody = { address: `127.0.0.1:${await freeUdpPort()}` };
		became(
			await scene.run(trunkTo(scene, nobody), placeOver(scene, { limits: { ringFor: 3 } })),
			'no_answer',
			'Nobody answered in time',
		);
	},
};

const answered = {
	name: 'place, answered; get, get many and hang up while talking',
	act: async (scene) => {
		const phone = await scene.phone('answer');
		const trunk = trunkTo(scene, phone, {
			carrierOptions: {
				headers: rowsOf({ 'X-Trunk': 'e2e' }),
				headersToAttributes: rowsOf({ 'X-Carrier-Ref': 'carrier.ref' }),
				attributesToHeaders: rowsOf({ 'lead.id': 'X-Lead' }),
			},
		});
		const call = placeOver(scene, {
			additionalFields: {
				participantName: 'Jane Doe',
				participantAttributes: rowsOf({ 'lead.id': '42' }),
			},
			carrierOptions: { headers: rowsOf({ 'X-Campaign': 'spring' }) },
		});
		const asked = [get({ ...itsCall(scene) }), getMany({ room: byName(scene.room) })];
		const whole = { ...get({ ...itsCall(scene), simplify: false }), name: 'Get Whole' };
		const result = await scene.run(trunk, call, ...asked, whole, hangUp(itsCall(scene)));
		well(result);
		const { Place, Get, 'Get Many': many, 'Get Whole': wholes, 'Hang Up': ended } = result.outputs;
		holds(Place[0], { room_name: scene.room, participant_identity: 'callee' });
		const shown = {
			room_name: scene.room,
			participant_identity: 'callee',
			participant_name: 'Jane Doe',
			status: 'active',
			direction: 'outbound',
			phone_number: scene.callee,
			trunk_phone_number: scene.ours,
			sip_call_id: Place[0].sip_call_id,
		};
		holds(Get[0], shown);
		holds({ count: many.length, ...many[0] }, { count: 1, ...shown });
		holds(wholes[0].attributes, { 'lead.id': '42', 'carrier.ref': 'ref-1' });
		holds(ended[0], { ended: true, room_name: scene.room, participant_identity: 'callee' });
		const trace = await phone.finish();
		oneCall(trace);
		sent(trace, 'BYE');
		const [invite] = trace.requests('INVITE');
		hasHeaders(invite, { 'x-trunk': 'e2e', 'x-campaign': 'spring' });
		if (!invite.start.startsWith(`INVITE sip:${scene.callee}@${phone.address}`))
			throw new Error(`The INVITE went to ${invite.start}`);
		hasHeaders(trace.requests('BYE')[0], { 'x-lead': '42' });
	},
};

const slow = {
	name: 'place, answered after 5 seconds',
	act: async (scene) => {
		const phone = await scene.phone('answer', { ringMs: 5_000 });
		const result = await scene.run(trunkTo(scene, phone), placeOver(scene), hangUp(itsCall(scene)));
		well(result);
		const { outcome, ring_seconds: rang } = result.outputs.Place[0];
		same({ outcome, rang: lasted(result, rang, 5) }, { outcome: 'answered', rang: true });
		const trace = await phone.finish();
		oneCall(trace);
		sent(trace, 'BYE');
	},
};

const ended = {
	name: 'place, Wait For End of Call: how long it lasted',
	act: async (scene) => {
		const phone = await scene.phone('answer');
		const result = await scene.run(
			trunkTo(scene, phone),
			placeOver(scene, { waitFor: 'end', limits: { maxCallDuration: 4 } }),
		);
		well(result);
		const {
			outcome,
			talk_seconds: talked,
			ended_at: at,
			participant_attributes: attributes,
		} = result.outputs.Place[0];
		same(
			{
				outcome,
				talked: lasted(result, talked, 3.5),
				at: typeof at,
				status: attributes['sip.callStatus'],
			},
			{ outcome: 'answered', talked: true, at: 'string', status: 'active' },
		);
		const trace = await phone.finish();
		oneCall(trace);
		sent(trace, 'BYE');
	},
};

const noAnswer = {
	name: 'place, no answer within 3 seconds',
	act: async (scene) => {
		const phone = await scene.phone('ring');
		const result = await scene.run(
			trunkTo(scene, phone),
			placeOver(scene, { limits: { ringFor: 3 } }),
		);
		became(result, 'no_answer', 'Nobody answered in time');
		const { reason, retryable, ring_seconds: rang } = result.outputs.Place[0];
		same(
			{ reason, retryable, rang: lasted(result, rang, 3) },
			{ reason: 'ring_timeout', retryable: true, rang: true },
		);
		const trace = await phone.finish();
		oneCall(trace);
		sent(trace, 'CANCEL');
	},
};

const withPassword = (password) => ({ authUsername: 'alice', authPassword: password });

const wrongPassword = {
	name: 'place, wrong trunk password (407 again and again)',
	act: async (scene) => {
		const phone = await scene.phone('challenge');
		const result = await scene.run(trunkTo(scene, phone, withPassword('wrong')), placeOver(scene));
		became(result, 'carrier_error', 'user name or password');
		holds(result.outputs.Place[0], { reason: 'trunk_credentials' });
		oneCall(await phone.finish(), 5);
	},
};

const rightPassword = {
	name: 'place, right trunk password',
	act: async (scene) => {
		const phone = await scene.phone('password');
		well(
			await scene.run(
				trunkTo(scene, phone, withPassword('right')),
				placeOver(scene),
				hangUp(itsCall(scene)),
			),
		);
		const trace = await phone.finish();
		oneCall(trace, 2);
		sent(trace, 'BYE');
	},
};

const inline = {
	name: 'place over a carrier that is typed in, busy (486)',
	act: async (scene) => {
		const phone = await scene.phone('refuse', { words: { status: '486 Busy Here' } });
		const carrier = {
			trunk: { __rl: true, mode: 'carrier', value: phone.address },
			callerId: scene.ours,
		};
		became(
			await scene.run(placeOver(scene, carrier)),
			'busy',
			'The line is busy (SIP 486 Busy Here)',
		);
		oneCall(await phone.finish());
	},
};

const hangUpRinging = {
	name: 'place without wait; get and hang up while ringing',
	act: async (scene) => {
		const phone = await scene.phone('ring');
		const placed = await scene.run(trunkTo(scene, phone), placeOver(scene, { waitFor: 'nothing' }));
		well(placed);
		await scene.inStatus('callee', 'ringing');
		const result = await scene.run(get(itsCall(scene)), hangUp(itsCall(scene)));
		well(result);
		holds(result.outputs.Get[0], {
			status: 'ringing',
			phone_number: scene.callee,
			sip_call_id: placed.outputs.Place[0].sip_call_id,
		});
		holds(result.outputs['Hang Up'][0], { ended: true });
		const trace = await phone.finish();
		oneCall(trace);
		sent(trace, 'CANCEL');
	},
};

const gone = {
	name: 'place without wait, busy: a result at once, and no call to get',
	act: async (scene) => {
		const phone = await scene.phone('refuse', { words: { status: '486 Busy Here' } });
		well(await scene.run(trunkTo(scene, phone), placeOver(scene, { waitFor: 'nothing' })));
		await scene.empty();
		stopped(
			await scene.run(get(itsCall(scene))),
			'Get',
			'participant does not exist',
			'The call has ended',
		);
		oneCall(await phone.finish());
	},
};

/** A call that LiveKit cannot set up although the phone was picked up: never for a retry, and never dialled twice. */
function pickedUpInVain(name, scenario, { contact, reason, outcome, words }) {
	return {
		name,
		act: async (scene) => {
			const phone = await scene.phone(scenario, { words: { contact } });
			const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1000 };
			const result = await scene.run(trunkTo(scene, phone), placeOver(scene, {}, settings));
			became(result, outcome, words);
			holds(result.outputs.Place[0], { reason, retryable: false });
			const trace = await phone.finish();
			same(trace.requests('INVITE').length, 1);
		},
	};
}

/** All of them. */
export const placing = [
	answered,
	refused('place, busy (486)', '486 Busy Here', 'busy', 'The line is busy (SIP 486 Busy Here)'),
	refused(
		'place, declined (603)',
		'603 Decline',
		'declined',
		'The call was declined (SIP 603 Decline)',
	),
	refused(
		'place, unknown number (404)',
		'404 Not Found',
		'invalid_number',
		'The number does not exist (SIP 404 Not Found)',
	),
	refused(
		'place, carrier down (503)',
		'503 Service Unavailable',
		'carrier_error',
		'The carrier has a technical fault (SIP 503 Service Unavailable)',
	),
	pickedUpInVain('place, picked up with a codec that LiveKit lacks', 'unfit', {
		outcome: 'carrier_error',
		reason: 'failed_after_answer',
		words: 'The callee picked up',
	}),
	pickedUpInVain('place, picked up, and nobody knows the host of the Contact', 'astray', {
		contact: 'no-such-host.invalid',
		outcome: 'unknown',
		reason: 'carrier_unreachable',
		words: 'The phone may have rung',
	}),
	retried,
	absent,
	noAnswer,
	slow,
	ended,
	wrongPassword,
	rightPassword,
	inline,
	hangUpRinging,
	gone,
];
