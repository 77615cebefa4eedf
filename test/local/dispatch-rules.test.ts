import type { LocalLiveKit } from '../../local/livekit/server';
import { startLocalLiveKit } from '../../local/livekit/server';
import { answered, ask } from '../support/client';

interface Rule {
	sip_dispatch_rule_id: string;
	attributes: Record<string, string>;
	name: string;
}

const DIRECT = { dispatch_rule_direct: { room_name: 'lobby' } };

describe('dispatch rules', () => {
	let livekit: LocalLiveKit;
	beforeAll(async () => {
		livekit = await startLocalLiveKit();
	});
	beforeEach(() => livekit.reset());
	afterAll(() => livekit.close());

	const create = (rule: object) =>
		answered<Rule>(livekit, 'SIP/CreateSIPDispatchRule', {
			dispatch_rule: { rule: DIRECT, ...rule },
		});

	test('wrapped and flat form', async () => {
		const wrapped = await create({ name: 'a', numbers: ['+1'] });
		expect(wrapped).toMatchObject({
			sip_dispatch_rule_id: expect.stringMatching(/^SDR_\w{12}$/),
			rule: { dispatch_rule_direct: { room_name: 'lobby', pin: '' } },
			room_config: null,
			media: { codecs: [] },
		});
		expect(wrapped).not.toHaveProperty('rule.dispatch_rule_callee');
		const flat = await answered(livekit, 'SIP/CreateSIPDispatchRule', { rule: DIRECT, name: 'b' });
		expect(flat).toMatchObject({ name: 'b', media: null });
	});

	test.each([
		['CreateSIPDispatchRule', {}, 'missing rule'],
		[
			'CreateSIPDispatchRule',
			{ dispatch_rule: { rule: {} } },
			'twirp error unknown: unsupported SIP Dispatch Rule: <nil>',
		],
		[
			'CreateSIPDispatchRule',
			{ dispatch_rule: { rule: DIRECT, sip_dispatch_rule_id: 'SDR_x' } },
			'rule id must not be set',
		],
		['UpdateSIPDispatchRule', { update: {} }, 'rule id must be set'],
		[
			'UpdateSIPDispatchRule',
			{ sip_dispatch_rule_id: 'SDR_x' },
			'missing or unsupported update action',
		],
		['UpdateSIPDispatchRule', { sip_dispatch_rule_id: 'SDR_x', replace: {} }, 'missing rule'],
		['DeleteSIPDispatchRule', {}, 'dispatch rule ID is required'],
	])('%s %j is refused', async (rpc, body, msg) => {
		expect(await ask(livekit, `SIP/${rpc}`, body)).toMatchObject({
			status: 400,
			body: { code: 'invalid_argument', msg },
		});
	});

	test('a rule for the same calls conflicts, another pin, trunk or number does not', async () => {
		const { sip_dispatch_rule_id: id } = await create({ name: 'first' });
		const pin = { rule: { dispatch_rule_callee: { pin: '12' } } };
		for (const other of [
			pin,
			{ trunk_ids: ['ST_a'] },
			{ numbers: ['+1'] },
			{ inbound_numbers: ['+1'] },
		]) {
			const { sip_dispatch_rule_id } = await create(other);
			expect(
				await ask(livekit, 'SIP/CreateSIPDispatchRule', {
					dispatch_rule: { rule: DIRECT, ...other },
				}),
			).toMatchObject({ status: 400 });
			await answered(livekit, 'SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id });
		}
		expect(
			(await ask(livekit, 'SIP/CreateSIPDispatchRule', { dispatch_rule: { rule: DIRECT } })).body,
		).toEqual({
			code: 'invalid_argument',
			msg: `Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch rule "${id}" "first"`,
		});
	});

	test('update merges attributes and swaps the rule, replace clears', async () => {
		const { sip_dispatch_rule_id } = await create({
			name: 'a',
			attributes: { keep: '1', drop: '2' },
		});
		const rule = { dispatch_rule_individual: { room_prefix: 'call' } };
		const update = { rule, attributes: { drop: '', add: '3' } };
		const updated = await answered<Rule>(livekit, 'SIP/UpdateSIPDispatchRule', {
			sip_dispatch_rule_id,
			update,
		});
		expect(updated.attributes).toEqual({ keep: '1', add: '3' });
		expect(updated).toMatchObject({ name: 'a', rule });
		expect(updated).not.toHaveProperty('rule.dispatch_rule_direct');
		const replaced = await answered(livekit, 'SIP/UpdateSIPDispatchRule', {
			sip_dispatch_rule_id,
			replace: { rule: DIRECT },
		});
		expect(replaced).toMatchObject({ sip_dispatch_rule_id, name: '', attributes: {} });
	});

	test('delete answers the rule, and 404 when there is none', async () => {
		const rule = await create({ name: 'a' });
		const { sip_dispatch_rule_id } = rule;
		expect(await answered(livekit, 'SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id })).toEqual(
			rule,
		);
		expect(await ask(livekit, 'SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id })).toMatchObject(
			{
				status: 404,
				body: { code: 'not_found', msg: 'requested sip dispatch rule does not exist' },
			},
		);
	});

	test('list by id and by trunk; a rule without trunks serves all', async () => {
		const a = await create({ name: 'a', trunk_ids: ['ST_a'] });
		await create({ name: 'b', trunk_ids: ['ST_b'] });
		await create({ name: 'any' });
		const names = async (body: object) => {
			const { items } = await answered<{ items: Rule[] }>(livekit, 'SIP/ListSIPDispatchRule', body);
			return items.map(({ name }) => name).sort();
		};
		expect(await names({ trunk_ids: ['ST_a'] })).toEqual(['a', 'any']);
		expect(await names({ dispatch_rule_ids: [a.sip_dispatch_rule_id] })).toEqual(['a']);
		livekit.seedRules(2000);
		expect(await names({})).toHaveLength(2003);
	});
});
