import type { IDataObject } from 'n8n-workflow';

import { decode } from '../../livekit/codec/decode';
import type { JsonObject } from '../../livekit/json';
import { maskSecrets } from '../../livekit/codec/secrets';
import * as fc from '../support/fastCheck';
import { credentialOf } from '../support/harness';
import { useLiveKit } from '../support/livekit';
import { Polling, storages } from '../support/polling';

const livekit = useLiveKit();
const message = 'SIPDispatchRuleInfo';

const step = fc.record({
	what: fc.constantFrom('create', 'rename', 'pin', 'delete'),
	which: fc.nat(3),
	value: fc.constantFrom('a', 'b', 'c'),
	poll: fc.constantFrom('done', 'refused', 'broken', 'none', 'restart'),
});

async function listed(): Promise<IDataObject[]> {
	const { items } = await livekit.call<{ items: JsonObject[] }>('SIP/ListSIPDispatchRule', {});
	return items.map((item) => maskSecrets(message, decode(message, item)) as IDataObject);
}

let count = 0;
async function apply(what: string, which: number, value: string): Promise<void> {
	const rules = await listed();
	const id = rules.length > 0 ? rules[which % rules.length].sip_dispatch_rule_id : undefined;
	const rule = {
		dispatch_rule_direct: { room_name: value, pin: what === 'pin' ? String(++count) : '' },
	};
	if (what === 'create')
		await livekit.call('SIP/CreateSIPDispatchRule', {
			dispatch_rule: { name: value, rule, numbers: [`+${++count}`] },
		});
	else if (id === undefined) return;
	else if (what === 'delete')
		await livekit.call('SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: id });
	else
		await livekit.call('SIP/UpdateSIPDispatchRule', {
			sip_dispatch_rule_id: id,
			update: what === 'pin' ? { rule } : { name: value },
		});
}

const byId = (objects: Iterable<IDataObject>) =>
	[...objects].sort((a, b) =>
		String(a.sip_dispatch_rule_id) < String(b.sip_dispatch_rule_id) ? -1 : 1,
	);

it.each(storages)(
	'random histories, with polls that fail and n8n restarting, lose nothing: state kept by %s',
	async (storage) => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (history) => {
				livekit.server.reset();
				livekit.server.seedRules(2);
				const held = new Map((await listed()).map((rule) => [rule.sip_dispatch_rule_id, rule]));
				const polling = new Polling(
					credentialOf(livekit.server),
					{
						watch: ['dispatchRule'],
						events: ['created', 'updated', 'deleted'],
						simplify: false,
					},
					storage,
				);
				await polling.activate();
				await polling.poll();
				for (const { what, which, value, poll } of history) {
					await apply(what, which, value);
					if (poll === 'none') continue;
					if (poll === 'restart') await polling.activate();
					else if (poll === 'done') await polling.poll();
					else {
						livekit.server.faults.push({
							method: 'ListSIPDispatchRule',
							...(poll === 'refused'
								? { kind: 'status', status: 503, body: '{}' }
								: { kind: 'drop-after' }),
						});
						await expect(polling.poll()).rejects.toThrow();
					}
				}
				await polling.poll();
				for (const { event, id, object } of polling.events) {
					expect(held.has(id)).toBe(event !== 'created');
					if (event === 'deleted') held.delete(id);
					else held.set(id, object as IDataObject);
				}
				expect(byId(held.values())).toEqual(byId(await listed()));
				expect(new Set(polling.events.map(({ event_id: id }) => id)).size).toBe(
					polling.events.length,
				);
			}),
			{ numRuns: 8 },
		);
	},
	120_000,
);
