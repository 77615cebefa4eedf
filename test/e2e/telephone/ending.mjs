// Calls that n8n ends: with headers in the BYE, and all at once.
import { until } from '../until.mjs';
import { hasHeaders, holds, oneCall, sent, well } from './expect.mjs';
import { itsCall, placeOver, trunkTo } from './placing.mjs';
import { byName, hangUp, hangUpAll, rowsOf } from './steps.mjs';

const withHeaders = (scene) =>
	hangUp({ ...itsCall(scene), options: { byeHeaders: rowsOf({ 'X-Reason': 'done' }) } });

const bye = {
	name: 'hang up with BYE headers',
	act: async (scene) => {
		const phone = await scene.phone('answer');
		const result = await scene.run(trunkTo(scene, phone), placeOver(scene), withHeaders(scene));
		well(result);
		holds(result.outputs['Hang Up'][0], {
			ended: true,
			participant_identity: 'callee',
			warnings: undefined,
		});
		await scene.empty();
		const trace = await phone.finish();
		oneCall(trace);
		sent(trace, 'BYE');
		hasHeaders(trace.requests('BYE')[0], { 'x-reason': 'done' });
	},
};

const ringing = {
	name: 'hang up with BYE headers while ringing: ended without them, and said',
	act: async (scene) => {
		const phone = await scene.phone('ring');
		well(await scene.run(trunkTo(scene, phone), placeOver(scene, { waitFor: 'nothing' })));
		await scene.inStatus('callee', 'ringing');
		const result = await scene.run(withHeaders(scene));
		well(result);
		holds(result.outputs['Hang Up'][0], {
			ended: true,
			warnings: ['The call was ended without the BYE headers: it was not answered yet'],
		});
		const trace = await phone.finish();
		oneCall(trace);
		sent(trace, 'CANCEL');
	},
};

const all = {
	name: 'hang up all: one call rings, one is answered',
	act: async (scene) => {
		// Rooms of other scenarios must not begin like these.
		const room = (name) => ({
			options: { room: byName(`stop-${scene.room}-${name}`) },
		});
		const answered = await scene.phone('answer');
		well(await scene.run(trunkTo(scene, answered), placeOver(scene, room('a'))));
		const rings = await scene.phone('ring');
		well(
			await scene.run(
				trunkTo(scene, rings),
				placeOver(scene, { ...room('b'), waitFor: 'nothing' }),
			),
		);
		await until('it rings', async () =>
			(await scene.rooms.listParticipants(`stop-${scene.room}-b`)).some(
				({ attributes }) => attributes['sip.callStatus'] === 'ringing',
			),
		);
		const result = await scene.run(hangUpAll({ roomPrefix: `stop-${scene.room}-` }));
		well(result);
		const ended = result.outputs['Hang Up All'].sort((one, other) =>
			one.room_name < other.room_name ? -1 : 1,
		);
		holds(ended[0], { ended: true, status: 'active', phone_number: scene.callee });
		holds(ended[1], { ended: true, status: 'ringing', phone_number: scene.callee });
		const traces = [await answered.finish(), await rings.finish()];
		traces.forEach((trace) => oneCall(trace));
		sent(traces[0], 'BYE');
		sent(traces[1], 'CANCEL');
	},
};

/** All of them. */
export const ending = [bye, ringing, all];
