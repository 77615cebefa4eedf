import type { Bridge, SipCall } from './bridge';
import { callerId } from './bridge';
import { checkDial, checkTransfer } from './dial-rules';
import { needRoomAdmin, needSipCall } from './grants';
import { newId } from './ids';
import type { CreateParticipantRequest, TransferRequest } from './messages';
import { milliseconds } from './messages';
import type { ResolvedOptions } from './options';
import type { Call, Handler, Service } from './rpc';
import type { Participant } from './participant';
import type { Rooms } from './rooms';
import { scriptedStatus, sipError } from './sip-status';
import type { SipStore } from './store';
import { hangUp } from './telephone';
import { busError, checkRequest, TwirpError } from './twirp';

const WAIT_MS = 80_000;
const TRANSFER_MS = 30_000;

export interface CallWorld {
	store: SipStore;
	rooms: Rooms;
	bridge: Bridge;
	options: ResolvedOptions;
	/** Runs `act` after a delay, unless the server was reset or closed meanwhile. */
	later(delayMs: number, act: () => void): void;
}

/** The two RPCs of LiveKit's SIP service that reach a bridge (`livekit-server/pkg/service/sip.go`). */
export function callService(world: CallWorld): Service {
	const { store, rooms, bridge, options, later } = world;
	const sleep = (delayMs: number) => new Promise<void>((done) => later(delayMs, done));
	const timedOut = () => busError('deadline_exceeded', 'request timed out');

	const needBridge = async () => {
		if (options.bridge) return;
		await sleep(options.noResponseAfterMs);
		throw busError('unavailable', 'no response from servers');
	};

	const answered = async (limitMs: number, { outcome, cancel }: SipCall) => {
		const failure = await Promise.race([outcome, sleep(limitMs).then(timedOut)]);
		if (!failure) return;
		cancel();
		throw failure;
	};

	/** The bridge holds back a transfer that comes before the answer: it fails with the call, or at its own deadline. */
	const needAnswered = async (limitMs: number, participant: Participant) => {
		if (participant.info.attributes['sip.callStatus'] === 'active') return;
		const failed = bridge
			.outcome(participant)
			.then(async (failure) => failure ?? (await sleep(limitMs)));
		if (await Promise.race([failed, sleep(limitMs)])) {
			throw busError('failed_precondition', "can't transfer non established call");
		}
		throw timedOut();
	};

	const create: Handler<CreateParticipantRequest> = async (
		request,
		{ claims, requestId, timeoutMs },
	) => {
		needSipCall(claims);
		checkRequest(() => checkDial(request));
		const { sip_trunk_id: trunkId } = request;
		const trunk = trunkId ? store.outbound.get(trunkId) : undefined;
		if (trunkId && !trunk) throw new TwirpError('not_found', 'requested sip trunk does not exist');
		const from = callerId(request, trunk);
		await needBridge();
		if (request.sip_to_header)
			throw busError(
				'invalid_argument',
				'invalid To header: cannot use both CallTo and SipToHeader',
			);
		const call = bridge.dial(request, trunk, from, requestId);
		if (request.wait_until_answered) await answered(timeoutMs ?? WAIT_MS, call);
		const { sid, identity } = call.participant.info;
		return {
			participant_id: sid,
			participant_identity: identity,
			room_name: request.room_name,
			sip_call_id: call.id,
		};
	};

	const transfer: Handler<TransferRequest> = async (request, { claims, timeoutMs }: Call) => {
		const { room_name: roomName, participant_identity: identity, transfer_to: target } = request;
		if (!roomName) throw busError('invalid_argument', 'Missing room name');
		if (!identity) throw busError('invalid_argument', 'Missing participant identity');
		needSipCall(claims);
		needRoomAdmin(claims, roomName);
		checkRequest(() => checkTransfer(request));
		const room = rooms.get(roomName);
		const participant = room?.participants.get(identity);
		if (!room || !participant) throw busError('not_found', 'participant does not exist');
		if (!('sip.callID' in participant.info.attributes))
			throw busError('invalid_argument', 'no SIP session associated with participant');
		await needBridge();
		const ringMs = request.ringing_timeout ? milliseconds(request.ringing_timeout) : TRANSFER_MS;
		const limitMs = Math.min(ringMs, timeoutMs ?? ringMs);
		if (limitMs === 0) throw busError('unavailable', 'no response from servers');
		await needAnswered(limitMs, participant);
		const status = scriptedStatus(target);
		if (status === 408) {
			await sleep(limitMs);
			throw busError('canceled', 'context deadline exceeded');
		}
		const transferId = newId('STR');
		if (status !== undefined) {
			const meta = { sip_transfer_reason: 'STR_REJECTED', sip_transfer_id: transferId };
			throw sipError(
				'call transfer failed',
				status,
				options.sipCodes,
				options.sipCodes === 'current' ? meta : {},
			);
		}
		later(options.leaveAfterTransferMs, () => hangUp(rooms, room, participant));
		if (options.transferAnswer === 'empty') return {};
		return { transfer_id: transferId, status: 'STS_TRANSFER_SUCCESSFUL', reason: 'STR_COMPLETED' };
	};

	return { CreateSIPParticipant: create, TransferSIPParticipant: transfer };
}
