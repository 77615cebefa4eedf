import { readCallingHours, readZone } from '../../livekit/callees/callingHours';
import { readNumber } from '../../livekit/callees/number';
import { applyChanges, readChanges } from '../../livekit/objects/change';
import { checkBody } from '../../livekit/checks';
import { decode } from '../../livekit/codec/decode';
import { readResponse } from '../../livekit/codec/response';
import { encode } from '../../livekit/codec/encode';
import { listObjects } from '../../livekit/objects/list';
import { fateOf } from '../../livekit/outcome/call';
import { storedObjects } from '../../livekit/schema/rpc';
import { maskSecrets } from '../../livekit/codec/secrets';
import { transferFateOf } from '../../livekit/outcome/transfer';
import { type Refusal, readAnswer } from '../../livekit/http/twirp';
import type { JsonObject } from '../../livekit/json';
import { parseJson } from '../../livekit/codec/parseJson';
import { unwrapCreate, unwrapReplace } from '../../livekit/codec/unwrap';
import { CANARY } from './hostile';
import { guarded } from './invariants';
import type { MessageName } from '../../livekit/schema';

const { inboundTrunk, dispatchRule } = storedObjects;
const noText = { toString: 1, valueOf: 1 };
const unwrapTrunk = (given: JsonObject) =>
	unwrapCreate(inboundTrunk.info, 'trunk', 'sip_trunk_id', given);

function nest(levels: number, wrap: (inner: unknown) => unknown): unknown {
	let value: unknown = {};
	for (let level = 0; level < levels; level++) value = wrap(value);
	return value;
}

function faultsOf(message: MessageName, given: unknown): string[] {
	return encode(message, given).faults.map(({ path, message: words }) => `${path} ${words}`);
}

describe('what the fuzzer found in input', () => {
	it.each<[string, MessageName, object, RegExp]>([
		[
			'an enum',
			'SIPOutboundTrunkInfo',
			{ transport: noText },
			/^transport must be SIP_TRANSPORT_AUTO.*not an object$/,
		],
		[
			'a duration',
			'SIPMediaConfig',
			{ media_timeout: { seconds: noText } },
			/^media_timeout must be a number of seconds.*not an object$/,
		],
		[
			'a duration of a list',
			'SIPMediaConfig',
			{ media_timeout: { seconds: [5] } },
			/^media_timeout must be a number of seconds/,
		],
		[
			"a map's name",
			'SIPInboundTrunkInfo',
			{ headers: { rows: [{ name: noText, value: 'x' }] } },
			/^headers must be an object of names and values/,
		],
		[
			'a list as an enum',
			'SIPOutboundTrunkInfo',
			{ transport: nest(50_000, (inner) => [inner]) },
			/nested too deeply/,
		],
		[
			'deep metadata',
			'SIPInboundTrunkInfo',
			{ metadata: nest(50_000, (inner) => ({ a: inner })) },
			/nested too deeply/,
		],
		[
			'deep JSON text',
			'SIPDispatchRuleInfo',
			{ rule: `${'{"rule":'.repeat(50_000)}1${'}'.repeat(50_000)}` },
			/^rule must be a JSON object/,
		],
		[
			'half an emoji',
			'SIPInboundTrunkInfo',
			{ name: '😀'.slice(0, 1) },
			/^name holds half of a character/,
		],
		[
			'half an emoji as a name',
			'SIPInboundTrunkInfo',
			{ headers: { '\udc00': 'x' } },
			/^headers has a name that holds half of a character/,
		],
	])(
		'%s is a fault, no crash and no request that LiveKit refuses',
		(_title, message, given, fault) => {
			expect(faultsOf(message, given)).toEqual([expect.stringMatching(fault)]);
		},
	);

	it('an object in the place of a text is not shown, since it may hold a secret', () => {
		expect(
			faultsOf('SIPInboundTrunkInfo', { auth_username: { user: 'u', password: CANARY } }),
		).toEqual(['auth_username must be text, not an object']);
	});

	it('pieces of JSON in a list of addresses are not shown either', () => {
		const { body } = encode('SIPInboundTrunkInfo', {
			allowed_addresses: `{"user":"u","login":{"password":"${CANARY}"}`,
		});
		expect(checkBody('SIPInboundTrunkInfo', body).faults.map(({ message }) => message)).toEqual([
			expect.stringContaining('not a piece of JSON.'),
			expect.stringContaining('not a piece of JSON.'),
		]);
	});

	it('names beside rows, a picker or more are not dropped in silence', () => {
		expect(encode('SIPInboundTrunkInfo', { headers: { rows: [], 'X-A': 'b' } })).toEqual({
			body: expect.anything(),
			faults: [expect.objectContaining({ path: 'headers.rows' })],
		});
		expect(
			faultsOf('SIPInboundTrunkInfo', { media: { __rl: true, encryption: 'require' } }),
		).toEqual([expect.stringMatching(/^media\.__rl is not a field/)]);
		expect(faultsOf('RoomAgentDispatch', { agent_name: 'a', more: { agent_name: 'b' } })).toEqual([
			expect.stringMatching(/^agent_name is given twice/),
		]);
	});

	it('of 100,000 unknown names the first are told, and how many there are', async () => {
		const names = Object.fromEntries(
			Array.from({ length: 100_000 }, (_, index) => [`X-${index}`, index]),
		);
		await guarded(() => {
			const found = faultsOf('SIPInboundTrunkInfo', names);
			expect(found).toHaveLength(101);
			expect(found[100]).toContain('holds 99900 more names');
		});
	});

	it('metadata with a number beyond JSON becomes its digits', () => {
		expect(encode('SIPInboundTrunkInfo', { metadata: { id: 12345678901234567890n } }).body).toEqual(
			{ metadata: '{"id":"12345678901234567890"}' },
		);
	});

	it('what stands beside a wrapper is kept or named', () => {
		expect(unwrapTrunk({ numbers: ['+1'], req: { numbers: ['+2'] } }).faults).toEqual([
			{ path: 'numbers', message: expect.stringContaining('inside and beside req') },
		]);
		expect(unwrapTrunk({ name: 'a', req: { name: null } }).faults).toEqual([
			expect.objectContaining({ path: 'name' }),
		]);
		expect(unwrapTrunk({ name: 'a', req: { name: 'a' } })).toMatchObject({
			value: { name: 'a' },
			faults: [],
		});
		expect(unwrapTrunk({ trunk: { name: 'a' }, Trunk: { name: 'b' } }).faults).toEqual([
			expect.objectContaining({ path: 'Trunk' }),
		]);
		const replace = unwrapReplace(dispatchRule.info, 'dispatch_rule', 'sip_dispatch_rule_id', {
			sip_dispatch_rule_id: 'SDR_1',
			sipDispatchRuleId: 'SDR_2',
			replace: { name: 'a' },
		});
		expect(replace.faults).toEqual([
			expect.objectContaining({
				path: 'sip_dispatch_rule_id',
				message: expect.stringContaining('given twice'),
			}),
		]);
	});

	it('JSON that is nested too deeply, or holds itself, is a fault', () => {
		const cycle: Record<string, unknown> = {};
		cycle.req = cycle;
		for (const given of [`${'{"req":'.repeat(100_000)}1${'}'.repeat(100_000)}`, cycle]) {
			expect(parseJson(given)).toEqual({ fault: expect.stringContaining('nested too deeply') });
		}
	});

	it('changes of long lists, and many wrong headers, are read in time and without a crash', async () => {
		const list = Array.from({ length: 100_000 }, (_, index) => `+1${index}`);
		await guarded(() =>
			applyChanges(
				inboundTrunk.info,
				{ numbers: list },
				{ numbers: { add: list.map((number) => `${number}0`) } },
			),
		);
		const headers = Object.fromEntries(
			Array.from({ length: 200_000 }, (_, index) => [`no header ${index}`, '']),
		);
		await guarded(() =>
			expect(checkBody('SIPInboundTrunkInfo', { numbers: ['+1'], headers }).faults).toHaveLength(
				200_000,
			),
		);
		expect(
			readChanges(
				inboundTrunk.info,
				{ numbers: { change: { mode: noText, entries: 'x' } } },
				'update',
			).faults,
		).not.toEqual([]);
	});
});

describe('what the fuzzer found in callees and calling hours', () => {
	it.each(['x'.repeat(5_000_000), `+1 ${' '.repeat(500_000)}x`])(
		'a text of any length is read in time, and not quoted: %.4s',
		async (number) => {
			await guarded(() =>
				expect(readNumber(number, {})).toEqual({
					reason: 'not_a_number',
					fault: expect.stringMatching(/^has \d+ characters, more than any phone number/),
				}),
			);
		},
	);

	it.each(['from', 'until', 'days'])('an object as %s is a fault', (name) => {
		const block = { [name]: name === 'days' ? [noText] : noText };
		expect(readCallingHours({ blocks: [block], excludedDates: '' })).toEqual({
			fault: expect.anything(),
		});
	});

	it('an object as an excluded date is a fault', () =>
		expect(readCallingHours({ blocks: [{}], excludedDates: [noText] })).toEqual({
			fault: expect.anything(),
		}));

	it('an object as time zone is a wrong one', () =>
		expect(readZone(noText)).toMatchObject({ zone: 'wrong' }));
});

describe('what the fuzzer found in answers', () => {
	it('a list that broke off is not quoted: it may hold a password', () => {
		const answer = readAnswer({ status: 200, body: `{"items":[{"auth_password":"${CANARY}","na` });
		expect(answer).toEqual({
			refusal: {
				status: 200,
				code: 'foreign',
				message: expect.stringContaining('broke off'),
				meta: {},
			},
		});
		expect(JSON.stringify(answer)).not.toContain(CANARY);
	});

	it.each(['<'.repeat(5_000_000), '<style'.repeat(800_000), '-eyJ'.repeat(1_250_000)])(
		'long texts of other servers are read in time: %.8s',
		async (text) => {
			await guarded(() => readAnswer({ status: 502, body: text }));
			await guarded(() =>
				readAnswer({ status: 500, body: { code: 'internal', msg: text, meta: { a: text } } }),
			);
		},
	);

	it('an answer that is nested too deeply is a refusal', () => {
		expect(readAnswer({ status: 200, body: nest(50_000, (inner) => ({ a: inner })) })).toEqual({
			refusal: expect.objectContaining({ code: 'foreign' }),
		});
	});

	it('an object where LiveKit has text counts as nothing, so that nothing trips over it', async () => {
		const odd = {
			sip_trunk_id: noText,
			name: noText,
			numbers: ['+1', noText],
			headers: { a: 'b', c: noText },
			transport: noText,
		};
		expect(decode('SIPOutboundTrunkInfo', odd)).toMatchObject({
			sip_trunk_id: '',
			name: '',
			numbers: ['+1'],
			headers: { a: 'b' },
			transport: 'SIP_TRANSPORT_AUTO',
		});
		expect(
			await listObjects(
				async () =>
					await Promise.resolve(
						readResponse(storedObjects.outboundTrunk.rpcs.list, { value: { items: [odd] } }),
					),
				storedObjects.outboundTrunk,
			),
		).toEqual({ value: [] });
	});

	it('secrets that a newer server has are masked wherever they stand', () => {
		const newer = {
			oauth: { client_secret: CANARY, retries: [{ token: CANARY, tries: 2 }] },
			credentials: [CANARY, 7],
			new_pin: 1,
			access_key: CANARY,
		};
		expect(maskSecrets('SIPInboundTrunkInfo', newer)).toEqual({
			oauth: { client_secret: '**hidden**', retries: [{ token: '**hidden**', tries: 2 }] },
			credentials: ['**hidden**', '**hidden**'],
			new_pin: 1,
			access_key: '**hidden**',
		});
		const plain = {
			newer_field: { a: [1] },
			headers: { 'X-Token': 'shown, as the user wrote it' },
		};
		expect(maskSecrets('SIPInboundTrunkInfo', plain)).toBe(plain);
	});

	it('a code that every object has a property of is an unknown code', () => {
		const refusal: Refusal = {
			status: 500,
			code: 'constructor',
			message: 'x',
			meta: { sip_transfer_reason: 'constructor' },
		};
		expect(fateOf(refusal)).toMatchObject({ outcome: 'unknown', reason: 'no_clear_answer' });
		expect(transferFateOf(refusal)).toMatchObject({
			outcome: 'unknown',
			reason: 'no_clear_answer',
		});
	});
});
