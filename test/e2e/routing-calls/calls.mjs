// Real calls to the bridge, and what became of each: by LiveKit's rooms, the bridge's log and the wire.
import { closeSync, openSync, readSync } from 'node:fs';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { headerOf } from '../telephone/trace.mjs';
import { Phone } from '../telephone/sipp.mjs';
import { until } from '../until.mjs';

const startsAtMost = 5;
/** The prompt for the PIN has begun by then, or the digits wait in the bridge. */
const beforeDigitsMs = 1500;

/** The bridge's log, sorted by calls. */
class BridgeLog {
	#file;
	#read = 0;
	#rest = '';
	#lines = new Map();

	constructor(file) {
		this.#file = file;
	}

	#readOn() {
		const file = openSync(this.#file, 'r');
		const chunk = Buffer.alloc(1 << 20);
		for (;;) {
			const length = readSync(file, chunk, 0, chunk.length, this.#read);
			if (length === 0) break;
			this.#read += length;
			// Numbers, addresses and IDs are ASCII, and so is what is looked for.
			const lines = (this.#rest + chunk.toString('latin1', 0, length)).split('\n');
			this.#rest = lines.pop();
			for (const line of lines) {
				const [, id] = /"sipCallID": "([^"]+)"/.exec(line) ?? [];
				if (id) this.#lines.set(id, [...(this.#lines.get(id) ?? []), line]);
			}
		}
		closeSync(file);
	}

	/** The lines of a call that hold a text. */
	linesOf(callId, text) {
		this.#readOn();
		return (this.#lines.get(callId) ?? []).filter((line) => line.includes(text));
	}
}

/** Why the bridge answers with 503, in its own words or in LiveKit's. */
const conflicts = [
	[/Multiple default SIP Trunks matched[^\\"]*/, 'two_trunks_for_all'],
	[/Multiple SIP Trunks matched[^\\"]*/, 'two_trunks'],
	// All that its log holds; there is no other 503 for which it asked LiveKit for a rule.
	[/"reason": "dispatch-error"/, 'two_rules'],
];

const typing = (digits) =>
	digits === undefined
		? ''
		: `<pause milliseconds="${beforeDigitsMs}"/><nop><action><exec play_dtmf="${digits}"/></action></nop>`;

/** Makes calls to a bridge between the SIP network and a real LiveKit. */
export class Caller {
	#log;
	#folder;
	#port;
	#rooms;
	#dispatches;
	#made = 0;

	/**
	 * @param {{url: string, key: string, secret: string}} livekit
	 * @param {{sipPort: number, logFile: string}} bridge
	 * @param {string} folder for what the phones write
	 */
	constructor({ url, key, secret }, { sipPort, logFile }, folder) {
		this.#log = new BridgeLog(logFile);
		this.#folder = folder;
		this.#port = sipPort;
		this.#rooms = new RoomServiceClient(url, key, secret);
		this.#dispatches = new AgentDispatchClient(url, key, secret);
	}

	/** A phone that calls. Another program may have taken its port just before: then it has sent nothing, and another one calls. */
	async #phone({ to, from, host, typed, username = '', password = '' }) {
		for (let tries = startsAtMost; ; tries--) {
			const phone = await Phone.start('inbound', {
				folder: this.#folder,
				name: `call-${this.#made++}`,
				words: { caller: from, typed: typing(typed), username, password },
				call: { port: this.#port, number: to },
				host,
			});
			const hasBegun = await until(
				'sipp calls or ends',
				() => (phone.trace.messages.length > 0 ? 'yes' : phone.ended !== undefined && 'no'),
				50,
			);
			if (hasBegun === 'yes') return phone;
			if (tries === 1) throw new Error(`sipp does not call: ${phone.complaints}`);
		}
	}

	async #roomOf(callId) {
		for (const { name } of await this.#rooms.listRooms()) {
			const participants = await this.#rooms.listParticipants(name);
			const found = participants.find(({ attributes }) => attributes['sip.callIDFull'] === callId);
			if (found) return { name, participant: found };
		}
		return undefined;
	}

	async #joined(callId) {
		const room = await this.#roomOf(callId);
		if (!room) return undefined;
		const { attributes } = room.participant;
		const dispatches = await this.#dispatches.listDispatch(room.name);
		const joined = {
			verdict: 'routed',
			trunk: attributes['sip.trunkID'] || null,
			rule: attributes['sip.ruleID'] || null,
			room: room.name,
			agents: dispatches.map(({ agentName }) => agentName).sort(),
			how: `in ${room.name}`,
		};
		// Who calls next may be in the same room.
		await this.#rooms.removeParticipant(room.name, room.participant.identity);
		return joined;
	}

	/** What the bridge has written of a call that comes into no room. */
	#refused(callId, phone, typed) {
		const has = (text) => this.#log.linesOf(callId, text).at(-1);
		const [, answer] =
			phone.trace.messages
				.filter(({ direction }) => direction === 'received')
				.map(({ start }) => /^SIP\/2\.0 ([4-6]\d\d .*)$/.exec(start))
				.findLast((found) => found && !found[1].startsWith('407')) ?? [];
		if (answer?.startsWith('401')) return { verdict: 'wrong_credentials', how: answer };
		const flood = has('Rejecting inbound flood');
		if (flood) {
			const [, trunk] = /"sipTrunk": "([^"]+)"/.exec(flood) ?? [];
			const how = `"Rejecting inbound flood", ${answer ?? 'no answer but ringing'}`;
			return { verdict: 'refused', trunk: trunk ?? null, how };
		}
		if (answer?.startsWith('503')) {
			const lines = this.#log.linesOf(callId, '').join('\n');
			const [pattern, reason] = conflicts.find(([each]) => each.test(lines)) ?? [];
			// The log may come after the answer.
			if (reason) return { verdict: 'conflict', reason, how: `${answer}, ${pattern.exec(lines)}` };
		} else if (answer) return { verdict: 'unclear', how: answer };
		if (has('Checking Pin') && has('Rejecting call'))
			return { verdict: 'refused_pin', how: 'answered, "Rejecting call" after the PIN' };
		if (has('Requesting Pin') && typed === undefined)
			return { verdict: 'pin_required', how: 'answered, "Requesting Pin", in no room' };
		return undefined;
	}

	/**
	 * Makes a call, waits until it is clear what becomes of it, and ends it.
	 *
	 * @param {import('./projects.mjs').Call} call
	 * @returns {Promise<{verdict: string, how: string, reason?: string, trunk?: string | null, rule?: string | null, room?: string,
	 *   agents?: string[]}>} reason: of a conflict; trunk: of a call that is routed or refused, as the bridge knows it
	 */
	async make(call) {
		const phone = await this.#phone(call);
		try {
			const callId = headerOf(phone.trace.messages[0], 'call-id');
			return await until(
				`something becomes of the call: ${call.name}`,
				async () => this.#refused(callId, phone, call.typed) ?? (await this.#joined(callId)),
			);
		} catch (cause) {
			throw new Error(`${cause.message} ${phone.complaints}`, { cause });
		} finally {
			await phone.close();
		}
	}

	/** Ends all calls that are in rooms. LiveKit waits for them when it is stopped. */
	async endAll() {
		for (const { name } of await this.#rooms.listRooms()) await this.#rooms.deleteRoom(name);
	}
}
