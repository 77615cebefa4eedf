// A phone that answers every call, and calls to it past n8n.
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { connected } from '../call-endings/connected.mjs';
import { Phone } from '../telephone/sipp.mjs';

const callee = 'callee';
const mostTries = 3;

/** Calls over one trunk to one phone, each in a room of its own. */
export class Line {
	#rooms;
	#sip;
	#phone;
	#trunkId;
	#made = 0;

	/** Use `start`. */
	constructor({ rooms, sip, phone, trunkId }) {
		this.#rooms = rooms;
		this.#sip = sip;
		this.#phone = phone;
		this.#trunkId = trunkId;
	}

	/**
	 * @param {{url: string, key: string, secret: string}} livekit
	 * @param {string} folder for what the phone writes
	 */
	static async start({ url, key, secret }, folder) {
		const phone = await Phone.start('answer', { folder, name: 'line' });
		const sip = new SipClient(url, key, secret);
		const numbers = ['+12025550100'];
		const trunk = await sip.createSipOutboundTrunk('line', phone.address, numbers);
		const rooms = new RoomServiceClient(url, key, secret);
		return new Line({ rooms, sip, phone, trunkId: trunk.sipTrunkId });
	}

	/** Begins a call, waits until it talks, and gives the name of its room. Calls again when the machine was too busy for it. */
	async call() {
		for (let tries = 1; ; tries++) {
			const index = this.#made++;
			const room = `line-${index}`;
			const number = `+1202555${String(1000 + index)}`;
			try {
				await this.#sip.createSipParticipant(this.#trunkId, number, room, {
					participantIdentity: callee,
				});
				await connected({ rooms: this.#rooms, room }, callee);
				return room;
			} catch (cause) {
				if (tries === mostTries) throw cause;
				console.log(`  again   ${room}: ${cause.message}`);
			}
		}
	}

	/** Ends the call of a room, unless the bridge has: it waits only for so long for sound, and the phone sends none. */
	async end(room) {
		await this.#rooms.deleteRoom(room).catch(async (cause) => {
			if ((await this.#rooms.listRooms([room])).length > 0) throw cause;
		});
	}

	async close() {
		for (const { name } of await this.#rooms.listRooms()) await this.end(name);
		await this.#phone.close();
	}
}
