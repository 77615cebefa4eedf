import { setTimeout as sleep } from 'node:timers/promises';

import type { LocalLiveKit, LocalLiveKitOptions } from '../../local/livekit/server';
import { startLocalLiveKit } from '../../local/livekit/server';
import { ask, type Reply } from './client';

/** A refusal as the local LiveKit writes it. */
export const failed = (status: number, code: string, msg: string, meta?: object) => ({
	status,
	type: 'application/json',
	body: { code, msg: `twirp error unknown: ${msg}`, ...(meta && { meta }) },
});

/** Waits until `look` no longer throws; throws what it threw last when it seems to hang, after some 20 seconds. */
export async function eventually(look: () => void): Promise<void> {
	for (let tries = 0; ; tries += 1) {
		try {
			return look();
		} catch (fault) {
			if (tries === 2000) throw fault;
			await sleep(10);
		}
	}
}

export interface Calls {
	/** Answers after 10 ms; forgets everything before each test. */
	readonly livekit: LocalLiveKit;
	/** Another one, ended with the tests of the file. */
	start(options: LocalLiveKitOptions): Promise<LocalLiveKit>;
	/** A call to +15555550199 as `callee` in the room r1, with these fields changed. */
	dial(change: object, on?: LocalLiveKit, how?: object): Promise<Reply>;
	/** Call status of a participant of the room r1. */
	status(on?: LocalLiveKit, identity?: string): string | undefined;
}

/** Sets the tests of a file up for calls. */
export function useCalls(): Calls {
	const started: LocalLiveKit[] = [];
	const start = async (options: LocalLiveKitOptions) => {
		const livekit = await startLocalLiveKit({ answerAfterMs: 10, ...options });
		started.push(livekit);
		return livekit;
	};
	afterAll(async () => await Promise.all(started.map((livekit) => livekit.close())));

	let livekit: LocalLiveKit;
	beforeAll(async () => {
		livekit = await start({});
	});
	beforeEach(() => livekit.reset());

	return {
		get livekit() {
			return livekit;
		},
		start,
		dial: async (change, on = livekit, how = {}) => {
			const call = {
				trunk: { hostname: 'sip.example.com' },
				sip_number: '+15555550001',
				sip_call_to: '+15555550199',
				room_name: 'r1',
				participant_identity: 'callee',
				wait_until_answered: true,
			};
			return await ask(on, 'SIP/CreateSIPParticipant', { ...call, ...change }, how);
		},
		status: (on = livekit, identity = 'callee') =>
			on.participants('r1').find((participant) => participant.identity === identity)?.attributes[
				'sip.callStatus'
			],
	};
}
