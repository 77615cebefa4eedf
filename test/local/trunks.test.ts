import type { LocalLiveKit } from '../../local/livekit/server';
import { startLocalLiveKit } from '../../local/livekit/server';
import { answered, ask } from '../support/client';

interface Trunk {
	sip_trunk_id: string;
	numbers: string[];
	name: string;
	media: object | null;
	media_encryption: string;
}

describe('trunks', () => {
	let livekit: LocalLiveKit;
	beforeAll(async () => {
		livekit = await startLocalLiveKit();
	});
	beforeEach(() => livekit.reset());
	afterAll(() => livekit.close());

	const create = (trunk: object) =>
		answered<Trunk>(livekit, 'SIP/CreateSIPInboundTrunk', { trunk: { numbers: ['+1'], ...trunk } });
	const createOut = (trunk: object) =>
		answered<Trunk>(livekit, 'SIP/CreateSIPOutboundTrunk', {
			trunk: { address: 'a.example', numbers: ['+1'], ...trunk },
		});

	test.each([
		['CreateSIPInboundTrunk', {}, 'missing trunk'],
		['CreateSIPInboundTrunk', { numbers: ['+1'] }, 'missing trunk'],
		['CreateSIPInboundTrunk', { trunk: { sip_trunk_id: 'ST_x' } }, 'trunk id must not be set'],
		[
			'CreateSIPInboundTrunk',
			{ trunk: {} },
			'for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers',
		],
		[
			'CreateSIPInboundTrunk',
			{ trunk: { numbers: ['+1'], media: { codecs: [{ name: 'a b' }] } } },
			'invalid codec name',
		],
		[
			'CreateSIPInboundTrunk',
			{ trunk: { numbers: ['+1'], media: { media_timeout: '601s' } } },
			'media_timeout must not exceed 10m0s',
		],
		[
			'CreateSIPInboundTrunk',
			{ trunk: { numbers: ['+1'], ringing_timeout_status: 200 } },
			'ringing timeout status must be 4xx-6xx, got 200',
		],
		[
			'CreateSIPInboundTrunk',
			{ trunk: { numbers: ['+1'], headers: { Contact: 'x' } } },
			'invalid header name: header name Contact not supported',
		],
		[
			'CreateSIPInboundTrunk',
			{ trunk: { numbers: ['+1'], headers: { 'X A': 'x' } } },
			'invalid header name: header name X A contains invalid characters: char 32 not allowed',
		],
		[
			'CreateSIPInboundTrunk',
			{ trunk: { numbers: ['+1'], headers: { 'X-A': 'a\nb' } } },
			'invalid header value for X-A: header X-A: value: char 10 not allowed',
		],
		['CreateSIPOutboundTrunk', { trunk: { address: 'a' } }, 'no trunk numbers specified'],
		['CreateSIPOutboundTrunk', { trunk: { numbers: ['+1'] } }, 'no outbound address specified'],
		[
			'CreateSIPOutboundTrunk',
			{ trunk: { numbers: ['+1'], address: 'sip:a' } },
			'trunk address should be a hostname or IP, not SIP URI',
		],
		[
			'CreateSIPOutboundTrunk',
			{ trunk: { numbers: ['+1'], address: 'a', from_host: 'b;transport=tls' } },
			'from_host should not contain transport parameter',
		],
		['UpdateSIPInboundTrunk', { update: {} }, 'trunk id must be set'],
		['UpdateSIPInboundTrunk', { sip_trunk_id: 'ST_x' }, 'missing or unsupported update action'],
		[
			'UpdateSIPInboundTrunk',
			{ sip_trunk_id: 'ST_x', replace: { sip_trunk_id: 'ST_y' } },
			'trunk id in the info must be empty or match the id in the update',
		],
		[
			'UpdateSIPInboundTrunk',
			{ sip_trunk_id: 'ST_x', update: { numbers: {} } },
			'unsupported list update operation',
		],
		[
			'UpdateSIPInboundTrunk',
			{ sip_trunk_id: 'ST_x', update: { numbers: { clear: true, set: ['+1'] } } },
			'cannot clear and change the list at the same time',
		],
		[
			'UpdateSIPInboundTrunk',
			{ sip_trunk_id: 'ST_x', update: { allowed_numbers: { set: ['+1'], add: ['+1'] } } },
			'cannot set and change the list at the same time',
		],
		[
			'UpdateSIPInboundTrunk',
			{ sip_trunk_id: 'ST_x', update: { numbers: { add: [''] } } },
			'empty element in the list',
		],
		['GetSIPInboundTrunk', {}, 'trunk ID is required'],
		['DeleteSIPTrunk', {}, 'trunk ID is required'],
	])('%s %j is refused', async (rpc, body, msg) => {
		expect(await ask(livekit, `SIP/${rpc}`, body)).toMatchObject({
			status: 400,
			body: { code: 'invalid_argument', msg },
		});
	});

	test.each([
		[{ add: ['+2', '+1'] }, ['+1', '+2']],
		[{ remove: ['+1', '+9'], add: ['+3'] }, ['+3']],
		[{ set: ['+5'] }, ['+5']],
		[{ clear: true }, []],
	])('list update %j', async (numbers, expected) => {
		const { sip_trunk_id } = await create({ auth_username: 'u' });
		const trunk = await answered<Trunk>(livekit, 'SIP/UpdateSIPInboundTrunk', {
			sip_trunk_id,
			update: { numbers },
		});
		expect(trunk.numbers).toEqual(expected);
	});

	test('update sets what is present, replace clears what is absent', async () => {
		const { sip_trunk_id } = await create({ name: 'a', metadata: 'm', auth_password: 'p' });
		const changed = await answered(livekit, 'SIP/UpdateSIPInboundTrunk', {
			sip_trunk_id,
			update: { name: '' },
		});
		expect(changed).toMatchObject({ name: '', metadata: 'm', auth_password: 'p' });
		const replaced = await answered(livekit, 'SIP/UpdateSIPInboundTrunk', {
			sip_trunk_id,
			replace: { numbers: ['+2'] },
		});
		expect(replaced).toMatchObject({
			sip_trunk_id,
			metadata: '',
			auth_password: '',
			numbers: ['+2'],
			media: null,
		});
		expect(await answered(livekit, 'SIP/GetSIPInboundTrunk', { sip_trunk_id })).toEqual({
			trunk: replaced,
		});
	});

	test('an update that breaks the object is a 500, or a 400 with a prefix', async () => {
		const inbound = await create({});
		const update = { numbers: { clear: true } };
		expect(
			await ask(livekit, 'SIP/UpdateSIPInboundTrunk', {
				sip_trunk_id: inbound.sip_trunk_id,
				update,
			}),
		).toMatchObject({
			status: 400,
			body: { msg: expect.stringMatching(/^twirp error unknown: for security/) },
		});
		const outbound = await createOut({});
		const reply = await ask(livekit, 'SIP/UpdateSIPOutboundTrunk', {
			sip_trunk_id: outbound.sip_trunk_id,
			update,
		});
		expect(reply).toMatchObject({
			status: 500,
			body: { code: 'unknown', msg: 'no trunk numbers specified' },
		});
	});

	test('legacy encryption only counts until the new field was set', async () => {
		const { sip_trunk_id } = await create({});
		const set = async (update: object) =>
			await answered<Trunk>(livekit, 'SIP/UpdateSIPInboundTrunk', { sip_trunk_id, update });
		expect((await set({ media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' })).media).toMatchObject({
			encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
		});
		expect((await set({ media_encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' })).media_encryption).toBe(
			'SIP_MEDIA_ENCRYPT_ALLOW',
		);
	});

	test('two trunks for one number conflict, however it is written', async () => {
		const first = await create({ numbers: ['+15555550100'] });
		const reply = await ask(livekit, 'SIP/CreateSIPInboundTrunk', {
			trunk: { numbers: ['(1) 555-555-0100'] },
		});
		expect(reply).toMatchObject({
			status: 400,
			body: {
				code: 'invalid_argument',
				msg: `Conflicting inbound SIP Trunks: "<new>" and "${first.sip_trunk_id}", using the same number(s) ["(1) 555-555-0100"] without AllowedNumbers set`,
			},
		});
		await create({ numbers: ['+15555550100'], allowed_numbers: ['+7'] });
	});

	test('a move onto the number of another trunk passes, the next update of either does not', async () => {
		await create({ numbers: ['+1'] });
		const { sip_trunk_id } = await create({ numbers: ['+2'] });
		await answered(livekit, 'SIP/UpdateSIPInboundTrunk', {
			sip_trunk_id,
			update: { numbers: { set: ['+1'] } },
		});
		expect(
			await ask(livekit, 'SIP/UpdateSIPInboundTrunk', { sip_trunk_id, update: { name: 'x' } }),
		).toMatchObject({ status: 400 });
	});

	test('unknown trunks: get and update 404, delete 200', async () => {
		const body = { code: 'not_found', msg: 'requested sip trunk does not exist' };
		const sip_trunk_id = 'ST_x';
		expect(await ask(livekit, 'SIP/GetSIPOutboundTrunk', { sip_trunk_id })).toMatchObject({
			status: 404,
			body,
		});
		expect(
			await ask(livekit, 'SIP/UpdateSIPInboundTrunk', { sip_trunk_id, update: {} }),
		).toMatchObject({ status: 404, body });
		expect(await answered(livekit, 'SIP/DeleteSIPTrunk', { sip_trunk_id })).toMatchObject({
			sip_trunk_id,
			kind: 'TRUNK_LEGACY',
		});
	});

	test('lists are sorted by id, filtered, and limited only on request', async () => {
		const ids = livekit.seedTrunks(5).sort();
		const list = async (body: object) => {
			const { items } = await answered<{ items: Trunk[] }>(
				livekit,
				'SIP/ListSIPInboundTrunk',
				body,
			);
			return items.map(({ sip_trunk_id }) => sip_trunk_id);
		};
		expect(await list({})).toEqual(ids);
		expect(await list({ page: { after_id: ids[1], limit: 2 } })).toEqual(ids.slice(2));
		livekit.options.honourLimit = true;
		expect(await list({ page: { after_id: ids[1], limit: 2 } })).toEqual(ids.slice(2, 4));
		livekit.options.honourLimit = false;
		expect(await list({ trunk_ids: [ids[3], 'ST_x'] })).toEqual([ids[3]]);
		const open = await create({ numbers: [], auth_username: 'u' });
		expect(await list({ numbers: ['nobody'] })).toEqual([open.sip_trunk_id]);
	});
});
