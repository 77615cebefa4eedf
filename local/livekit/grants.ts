import type { Claims } from './token';
import { TwirpError } from './twirp';

function allow(allowed: boolean | undefined): void {
	if (!allowed) throw new TwirpError('unauthenticated', 'permissions denied');
}

/** Trunks and dispatch rules. */
export const needSipAdmin = (claims?: Claims) => allow(claims?.sip?.admin);

/** Placing and transferring calls; not implied by `sip.admin`. */
export const needSipCall = (claims?: Claims) => allow(claims?.sip?.call);

/** Creating and deleting rooms. */
export const needRoomCreate = (claims?: Claims) => allow(claims?.video?.roomCreate);

export const needRoomList = (claims?: Claims) => allow(claims?.video?.roomList);

/** Everything inside one room: the token must name exactly this room. */
export const needRoomAdmin = (claims: Claims | undefined, room: string) =>
	allow(claims?.video?.roomAdmin && (claims.video.room ?? '') === room);
