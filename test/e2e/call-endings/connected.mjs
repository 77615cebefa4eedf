import { ParticipantInfo_State } from 'livekit-server-sdk';
import { until } from '../until.mjs';

/**
 * Waits until the media of a call are up. LiveKit tells only then that it has joined, and tells nothing but the end of one
 * that has gone before.
 */
export async function connected(scene, identity) {
	await until(`the media of ${identity} in ${scene.room} are up`, async () => {
		const participants = await scene.rooms.listParticipants(scene.room);
		return participants.some(
			(one) => one.identity === identity && one.state === ParticipantInfo_State.ACTIVE,
		);
	});
}
