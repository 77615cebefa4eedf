import type { IDataObject } from 'n8n-workflow';

import { credentialOf } from './harness';
import { type LiveKit, useLiveKit } from './livekit';
import { Polling, type Storage } from './polling';

/** Parameters of a trigger that reports every change of dispatch rules. */
export const everyChange = { watch: ['dispatchRule'], events: ['created', 'updated', 'deleted'] };

/** Events as `event name`. */
export const short = (events: IDataObject[]): string[] =>
	events.map(({ event, name }) => `${String(event)} ${String(name)}`);

/** A local LiveKit with dispatch rules that tests change, and triggers that watch them. */
export interface WatchedRules {
	readonly livekit: LiveKit;
	/** Gives the id. */
	create(name: string): Promise<string>;
	rename(id: string, name: string): Promise<void>;
	remove(id: string): Promise<void>;
	changePin(id: string, pin: string): Promise<void>;
	/** Gives the server another key and secret, and the credential uses them from now on. */
	rotateKey(polling: Polling): void;
	/** An active trigger that has seen what is there. */
	watching(storage: Storage, parameters?: IDataObject): Promise<Polling>;
}

/** Sets the tests of a file up for changes of dispatch rules. */
export function useRules(): WatchedRules {
	const livekit = useLiveKit();
	let count = 0;
	const update = async (id: string, change: IDataObject) =>
		await livekit.call('SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: id, update: change });
	return {
		livekit,
		async create(name) {
			const rule = {
				rule: { dispatch_rule_direct: { room_name: 'r' } },
				name,
				numbers: [`+${++count}`],
			};
			const { sip_dispatch_rule_id: id } = await livekit.call('SIP/CreateSIPDispatchRule', {
				dispatch_rule: rule,
			});
			return id;
		},
		async rename(id, name) {
			await update(id, { name });
		},
		async remove(id) {
			await livekit.call('SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: id });
		},
		async changePin(id, pin) {
			await update(id, { rule: { dispatch_rule_direct: { room_name: 'r', pin } } });
		},
		rotateKey(polling) {
			const secret = 'another-secret-of-at-least-32-characters';
			Object.assign(livekit.server.options.keys, { rotated: secret });
			polling.credential = { url: polling.credential.url, apiKey: 'rotated', apiSecret: secret };
		},
		async watching(storage, parameters = everyChange) {
			const polling = new Polling(credentialOf(livekit.server), parameters, storage);
			await polling.activate();
			// With durable cursors the state of the activation is thrown away: the first poll makes it.
			if (storage === 'cursors') await polling.poll();
			return polling;
		},
	};
}
