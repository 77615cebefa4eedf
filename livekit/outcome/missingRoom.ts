import type { Refusal } from '../http/twirp';
import { readRefusal } from './refusals';

/**
 * The refusal of a dispatch method, with code `no_room` if it means that. The server that holds the room answers these
 * methods, so LiveKit's word for a room that does not exist is, after 3 seconds, that nobody answered (docs/livekit.md,
 * "Agents and dispatches").
 */
export function aboutRoom(refusal: Refusal): Refusal {
	const { ofDispatch } = readRefusal(refusal);
	return ofDispatch ? { ...refusal, code: ofDispatch } : refusal;
}
