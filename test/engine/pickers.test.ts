import * as fc from '../support/fastCheck';
import type { INodeListSearchItems, INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { credentialOf, engine, evaluated, searchList } from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';
import { pickedCall } from '../../nodes/shared/pickedCall';
import { pickerEntry } from '../../nodes/shared/pickerEntry';

const livekit = useLiveKit();
const nodes = ['liveKitSip', 'liveKitSipTrigger', 'liveKitCallTrigger'];

/** What the node would ask LiveKit for if n8n ran it. */
const hostile = [
	'={{ $env.N8N_ENCRYPTION_KEY }}',
	'= {{ 1 + 1 }}',
	'=plain',
	'=',
	'=a}}b" + $json + "\\',
	'=={{ `${1}` }}\n',
	`=${' '.repeat(300)}{{ $env }}`,
	'\u202e={{ $json }}',
	'\x1b={{ $json }}',
	'{{ $env.N8N_ENCRYPTION_KEY }}',
	'={{ "=".constructor.constructor("return 1")() }}',
];

function modesOf(properties: readonly INodeProperties[]): INodePropertyMode[] {
	return properties.flatMap(({ modes = [], options = [] }) => [
		...modes,
		...options.flatMap((option) =>
			'values' in option
				? modesOf(option.values)
				: 'type' in option
					? modesOf([option as INodeProperties])
					: [],
		),
	]);
}

/** Every search method that a form of ours names, and every one that a node has. */
async function allPickers(): Promise<Array<readonly [string, string]>> {
	const { loader } = await engine();
	return nodes.flatMap((node) => {
		const type = loader.getNode(node).type;
		if (!('description' in type && 'properties' in type.description))
			throw new Error(`${node} has no description`);
		const named = modesOf(type.description.properties).flatMap(
			({ typeOptions }) => typeOptions?.searchListMethod ?? [],
		);
		const owned = Object.keys(('methods' in type && type.methods?.listSearch) || {});
		expect([...new Set(named)].sort()).toEqual(owned.sort());
		return owned.map((method) => [node, method] as const);
	});
}

/** An object that says the text in every field which a list shows. */
const saying = (text: string) => ({
	sip_trunk_id: text,
	sip_dispatch_rule_id: text,
	sid: text,
	name: text,
	numbers: [text],
	identity: text,
	kind: 'SIP',
	id: text,
	agent_name: text,
	attributes: { 'sip.callStatus': text },
});

const listFields: Readonly<Record<string, string>> = {
	ListRooms: 'rooms',
	ListParticipants: 'participants',
	ListDispatch: 'agent_dispatches',
};

/** Entries of a picker of a server where everything is named by these texts. */
async function entriesOf(node: string, method: string, texts: string[]) {
	for (const list of [
		'ListSIPInboundTrunk',
		'ListSIPOutboundTrunk',
		'ListSIPDispatchRule',
		'ListRooms',
		'ListParticipants',
		'ListDispatch',
	])
		livekit.server.faults.push({
			method: list,
			kind: 'body',
			body: JSON.stringify({ [listFields[list] ?? 'items']: texts.map(saying) }),
		});
	const parameters =
		method === 'searchDispatches'
			? { resource: 'agentDispatch', operation: 'delete', room: picked('some-room') }
			: {};
	const { results } = await searchList(
		credentialOf(livekit.server),
		method,
		parameters,
		undefined,
		node,
	);
	livekit.server.faults.length = 0;
	return results;
}

/** The entry as n8n stores it, evaluated. */
const stored = async ({ name, value }: INodeListSearchItems) =>
	await evaluated({ __rl: true, mode: 'list', value: String(value), cachedResultName: name });

it('every entry of every picker is taken for what it says', async () => {
	const pickers = await allPickers();
	expect(pickers.length).toBeGreaterThanOrEqual(6);
	for (const [node, method] of pickers) {
		const entries = await entriesOf(node, method, hostile);
		expect(entries).toHaveLength(hostile.length);
		const values: unknown[] = [];
		for (const entry of entries) {
			expect(entry.name).not.toMatch(/^=/);
			expect(entry.name).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
			expect(await stored(entry)).toMatchObject({ cachedResultName: entry.name });
			values.push(Reflect.get(Object(await stored(entry)), 'value'));
		}
		// Each room of that server has all these participants.
		const expected =
			method === 'searchCalls'
				? hostile.map((identity) => pickedCall({ room: hostile[0], identity }))
				: hostile;
		expect(values.sort()).toEqual([...expected].sort());
	}
});

it('an entry of any text is taken for that text', async () => {
	const texts = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.string().map((text) => `=${text}`),
		fc
			.array(
				fc.constantFrom('=', '{{', '}}', '\\', '"', "'", '`', '${', '$json', '\n', 'constructor'),
			)
			.map((parts) => `=${parts.join('')}`),
	);
	await fc.assert(
		fc.asyncProperty(texts, async (text) => {
			const entry = pickerEntry(text, text);
			expect(await stored(entry)).toMatchObject({ value: text, cachedResultName: entry.name });
		}),
	);
});

it('a name of any length is shown short, and its value stays whole', () => {
	for (const text of ['x'.repeat(1_000_000), `=${'y'.repeat(1000)}`]) {
		const { name, value } = pickerEntry(text, `${text}!`);
		expect(name.length).toBeLessThan(310);
		expect(String(value).length).toBeGreaterThan(text.length);
	}
});

it('names that nobody would take for code stay as they are', () => {
	for (const text of ['support', 'a = b', ' =a', 'sip_+14155550100', '日本 ٠١', "O'Neill"])
		expect(pickerEntry(text, text)).toEqual({ name: text, value: text });
});

it('a room and an identity that were picked are asked for by their names', async () => {
	const room = '={{ $env.N8N_ENCRYPTION_KEY }}';
	const identity = '={{ $json.secret }}';
	const { outbound } = await provisioned(room, identity);
	const pick = async (method: string, parameters = {}) => {
		const { results } = await searchList(credentialOf(livekit.server), method, parameters);
		const [{ name, value }] = results;
		return { __rl: true, mode: 'list', value: String(value), cachedResultName: name };
	};
	const chosen = {
		resource: 'call',
		operation: 'get',
		participant: await pick('searchCalls'),
	};
	const { json, error } = await livekit.run(chosen, [{ secret: 'x' }]);
	expect(error).toBeUndefined();
	expect(livekit.bodies('GetParticipant')).toEqual([{ room, identity }]);
	expect(JSON.stringify(json)).toContain('$json.secret');
	expect(outbound).toMatch(/^ST_/);
});

async function provisioned(room: string, identity: string) {
	const { sip_trunk_id: outbound } = await livekit.call('SIP/CreateSIPOutboundTrunk', {
		trunk: { name: 'Out', address: 'sip.example.com', numbers: ['+15105550101'] },
	});
	await livekit.call('SIP/CreateSIPParticipant', {
		sip_trunk_id: outbound,
		sip_call_to: '+14155550199',
		room_name: room,
		participant_identity: identity,
		wait_until_answered: true,
	});
	livekit.forget();
	return { outbound };
}
