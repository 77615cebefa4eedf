import type { IDataObject } from 'n8n-workflow';
import { type LiveKit, picked, rowsOf, useLiveKit } from '../support/livekit';
import { calledNumber as called, makeRule, makeTrunk } from '../support/stored';

const livekit: LiveKit = useLiveKit();
const asked = () => {
	const methods = livekit.methods();
	return methods.filter((method, index) => method !== methods[index - 1]);
};

const trunk = async (name: string, own?: object) => await makeTrunk(livekit, name, own);
const rule = async (name: string, own?: object) => await makeRule(livekit, name, own);

const onTrunk = (id: string) => ({ trunk_ids: [id] });
const agent = { agents: rowsOf({ agent_name: 'helper' }) };

describe('warnings', () => {
	const create = (own: IDataObject) => ({
		resource: 'dispatchRule',
		operation: 'create',
		ruleType: 'individual',
		...own,
	});
	const warned = async (way: IDataObject) => {
		const { json, error } = await livekit.run(way);
		expect(error).toBeUndefined();
		return (json[0].warnings ?? []) as string[];
	};
	const trunksOf = (id: string) => ({ trunkIds: rowsOf({ trunk: picked(id) }) });

	it('say that callers wait alone, also when the agents are removed', async () => {
		const id = await trunk('Main');
		expect(await warned(create(trunksOf(id)))).toEqual([
			expect.stringMatching(/^Agents: .*callers wait alone/),
		]);
		const other = await rule('Other', {
			...onTrunk(id),
			inbound_numbers: ['+14155550111'],
			room_config: { agents: [{ agent_name: 'a' }] },
		});
		const changes = {
			resource: 'dispatchRule',
			operation: 'update',
			dispatchRuleId: picked(other),
			inputMode: 'json',
		};
		expect(await warned({ ...changes, jsonBody: '{"room_config": {"agents": []}}' })).toEqual([
			expect.stringContaining('callers wait alone'),
		]);
		expect(await warned({ ...changes, jsonBody: '{"name": "New"}' })).toEqual([]);
	});

	it('say which trunks take no calls, from one reading for all rows', async () => {
		const outbound = await livekit.call('SIP/CreateSIPOutboundTrunk', {
			trunk: { name: 'Out', address: 'sip.example.com', numbers: [called] },
		});
		const rows = [
			{ id: 'ST_gone', number: '' },
			{ id: outbound.sip_trunk_id, number: '+1' },
		];
		livekit.forget();
		const { json } = await livekit.run(
			create({ ...trunksOf(''), trunkIds: rowsOf({ trunk: picked('={{ $json.id }}') }), ...agent }),
			rows,
		);
		expect(json.map(({ warnings }) => warnings)).toEqual([
			[expect.stringMatching(/^Trunks: hold ST_gone, and there is no trunk of this ID/)],
			[expect.stringMatching(/^Trunks: hold "Out" \(ST_\w+\), which is an outbound trunk/)],
		]);
		expect(asked()).toEqual([
			'ListSIPDispatchRule',
			'ListSIPInboundTrunk',
			'ListSIPOutboundTrunk',
			'CreateSIPDispatchRule',
			'ListSIPDispatchRule',
			'CreateSIPDispatchRule',
		]);
	});

	it('say which numbers no call comes with', async () => {
		const id = await trunk('Main');
		expect(
			await warned(
				create({
					...trunksOf(id),
					...agent,
					numbers: '+15105550199',
					additionalFields: { inboundNumbers: called },
				}),
			),
		).toEqual([
			expect.stringMatching(
				/^For Called Numbers: hold \+15105550199, which no trunk of the rule has.*"Main"/,
			),
			expect.stringMatching(
				/^Only These Callers: hold \+15105550100, which is your own number.*For Called Numbers/,
			),
		]);
	});

	it('say that everybody may call', async () => {
		const open = {
			resource: 'inboundTrunk',
			operation: 'create',
			additionalFields: { allowedAddresses: '0.0.0.0/1, 128.0.0.0/1' },
		};
		expect(await warned(open)).toEqual([
			expect.stringMatching(/^Allowed Addresses: let everybody on the internet call in/),
		]);
	});

	it('say that an outbound trunk is there already', async () => {
		const way = {
			resource: 'outboundTrunk',
			operation: 'create',
			address: 'sip.example.com',
			numbers: called,
		};
		expect(await warned({ ...way, name: 'A' })).toEqual([]);
		expect(await warned({ ...way, name: 'B' })).toEqual([
			expect.stringMatching(/the same in all but its name: "A"/),
		]);
	});
});
