// Calls that come in, each with an end of its own, and what the call trigger has to tell of it.
import { same } from '../checks.mjs';
import { well } from '../telephone/expect.mjs';
import { trunkAndRule } from '../telephone/incoming.mjs';
import { until } from '../until.mjs';
import { connected } from './connected.mjs';

/** The prompt for the PIN has begun by then, or the digits wait in the bridge. */
const beforeDigitsMs = 1500;
const pin = '5';
const typing = (digits) =>
	`<pause milliseconds="${beforeDigitsMs}"/><nop><action><exec play_dtmf="${digits}"/></action></nop>`;

/** sipp types digits through a raw socket. */
const needsDigits = () => (process.getuid?.() === 0 ? undefined : 'root, as whom alone sipp types');

/** The number that calls. */
const callerOf = (scene) => scene.callee;
const identityOf = (caller) => `sip_${caller}`;

/** Makes the trunk of our number and a rule into the scene's room, and gives their IDs. */
async function project(scene, rule = {}) {
	const whole = { ruleType: 'direct', roomName: scene.room, ...rule };
	const result = await scene.run(...trunkAndRule(scene, whole));
	well(result);
	const { Trunk: trunks, Rule: rules } = result.outputs;
	return {
		sip_trunk_id: trunks[0].sip_trunk_id,
		sip_dispatch_rule_id: rules[0].sip_dispatch_rule_id,
	};
}

async function callIn(scene, scenario, { typed = '', caller = callerOf(scene) } = {}) {
	return await scene.phone(scenario, {
		words: { caller, typed, username: '', password: '' },
		call: { port: scene.world.bridge.sipPort, number: scene.ours },
	});
}

/** What the item of the end has to hold whatever the end is. */
const factsOf = (scene, ids, caller = callerOf(scene)) => ({
	direction: 'inbound',
	phone_number: caller,
	your_number: scene.ours,
	contact_key: null,
	attempt: null,
	...ids,
});

/** A caller who types the PIN and talks; `end` ends the call. */
const talked = (name, endedAs, end) => ({
	name,
	lacks: needsDigits,
	expected: { answered: true, ended_as: endedAs },
	act: async (scene) => {
		const ids = await project(scene, { pin });
		const phone = await callIn(scene, 'caller-ends', { typed: typing(`${pin}#`) });
		await scene.inStatus(identityOf(callerOf(scene)), 'active');
		await connected(scene, identityOf(callerOf(scene)));
		await end(scene, phone);
		return [factsOf(scene, ids)];
	},
});

/** A call that rings in a room where nobody is; `end` ends it. */
const unheard = (name, expected, scenario, end) => ({
	name,
	expected,
	act: async (scene) => {
		const ids = await project(scene);
		const phone = await callIn(scene, scenario);
		await scene.inStatus(identityOf(callerOf(scene)), 'ringing');
		await connected(scene, identityOf(callerOf(scene)));
		await until('the phone hears it ring', () =>
			phone.trace.messages.some(({ start }) => start.startsWith('SIP/2.0 180')),
		);
		await end(scene, phone);
		return [factsOf(scene, ids)];
	},
});

/** All of them. */
export const inbound = [
	talked('PIN, talk, the caller hangs up', 'completed', async (_, phone) => await phone.tell()),
	talked(
		'PIN, talk, removed by the API',
		'ended_by_api',
		async (scene) => await scene.rooms.removeParticipant(scene.room, identityOf(callerOf(scene))),
	),
	talked(
		'PIN, talk, the room is deleted',
		'room_closed',
		async (scene) => await scene.rooms.deleteRoom(scene.room),
	),
	unheard(
		'rings, nobody in the room, given up',
		{ answered: null, ended_as: null },
		'caller-gives-up',
		async (_, phone) => await phone.tell(),
	),
	unheard(
		'rings, nobody in the room, removed by the API',
		{ answered: false, ended_as: 'ended_by_api' },
		'caller-refused',
		async (scene) => await scene.rooms.removeParticipant(scene.room, identityOf(callerOf(scene))),
	),
	{
		name: 'two callers meet in a room, both hang up',
		expected: { answered: true, ended_as: 'completed' },
		act: async (scene) => {
			const ids = await project(scene);
			const callers = [callerOf(scene), callerOf(scene).replace('+1202', '+1303')];
			const phones = [];
			for (const caller of callers) phones.push(await callIn(scene, 'caller-ends', { caller }));
			same(await scene.joined(scene.room, callers.length), scene.room);
			for (const phone of phones) await phone.tell();
			return callers.map((caller) => factsOf(scene, ids, caller));
		},
	},
	{
		name: 'no trunk: no event',
		act: async (scene) => {
			await callIn(scene, 'inbound');
			return [];
		},
	},
	{
		name: 'no rule: no event',
		act: async (scene) => {
			well(await scene.run(trunkAndRule(scene, {})[0]));
			await callIn(scene, 'inbound');
			return [];
		},
	},
	{
		name: 'wrong PIN: no event',
		lacks: needsDigits,
		act: async (scene) => {
			await project(scene, { pin });
			const phone = await callIn(scene, 'inbound', { typed: typing('6#') });
			await until('the bridge hangs up', () => phone.trace.requests('BYE').length > 0);
			return [];
		},
	},
];
