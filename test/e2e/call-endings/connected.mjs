import { ParticipantInfo_State } from 'livekit-server-sdk';
import { until } from '../until.mjs';

/**
 * Waits until the media of a call are up. LiveKit tells only then that it has joined, and tells nothing but the end of one
 * that has gone before.
 *
 * @throws when it goes meanwhile
 */
export async function connected(scene, identity) {
	let isThere = false;
	await until(`the media of ${identity} in ${scene.room} are up`, async () => {
		const participants = await scene.rooms.listParticipants(scene.room);
		const found = participants.find((one) => one.identity === identity);
		if (isThere && !found)
			throw new Error(`${identity} left ${scene.room} before its media were up.`);
		isThere = found !== undefined;
		return found?.state === ParticipantInfo_State.ACTIVE;
	});
}
