import { parseJson } from '../../../livekit/codec/parseJson';
import {
	unwrapCreate,
	unwrapFlat,
	unwrapReplace,
	unwrapUpdate,
} from '../../../livekit/codec/unwrap';
import type { JsonObject } from '../../../livekit/json';

const info = 'SIPInboundTrunkInfo';
const id = 'sip_trunk_id';
const trunk = { name: 'T', numbers: ['+1'] };

describe('parseJson', () => {
	it('reads text, and leaves objects as they are', () => {
		expect(parseJson('{"a": 1}')).toEqual({ value: { a: 1 } });
		expect(parseJson(trunk)).toEqual({ value: trunk });
	});

	it.each([
		[
			'{"trunk": {"name": "My S3cr3t", "numbers": [+1415]}}',
			'look at position 44 (line 1 column 45), between : {"name": "… …", "numbers": [ and …]}}',
		],
		['{"pin": "1",}', 'look at position 12 (line 1 column 13), between {"pin": "…", and }'],
		['{\n"a": 1\n"b": 2}', 'look at position 9 (line 3 column 1), between { "…": … and "…": …}'],
		['{"trunk": {', 'look at position 11 (line 1 column 12), where it ends behind {"trunk": {'],
		['nonsense', 'look at position 1 (line 1 column 2), between … and …'],
		[' ', 'it is empty'],
	])('shows the text around the place without values: %s', (text, words) => {
		expect(parseJson(text)).toEqual({ fault: `is no valid JSON: ${words}` });
	});

	it.each([
		'{"auth_password": "S3cr3t",}',
		'{"pin": S3cr3t}',
		'{"auth_password": "S3cr3t"',
		'S3cr3t',
		'',
		'{"a": "S3cr3t"} S3cr3t',
		"{'a': 'S3cr3t'}",
	])('says where invalid JSON breaks without repeating it: %s', (text) => {
		const parsed = parseJson(text);
		expect(parsed).toEqual({
			fault: expect.stringMatching(/^is no valid JSON: (look at position \d+|it is empty)/),
		});
		expect(JSON.stringify(parsed)).not.toContain('S3cr3t');
	});

	it.each(['[1]', '"text"', 'null', 1, undefined, [trunk]])(
		'refuses %j, which is no object',
		(given) => {
			expect(parseJson(given)).toEqual({ fault: 'must be one object in curly brackets' });
		},
	);
});

describe('create', () => {
	it.each([
		[trunk],
		[{ trunk }],
		[{ req: { trunk } }],
		[{ request: trunk }],
		[{ req: { request: { action: trunk } } }],
		[{ trunk, warnings: ['w'] }],
		[{ trunk, sip_trunk_id: null }],
	])('%j', (given) => {
		expect(unwrapCreate(info, 'trunk', id, given)).toEqual({
			value: trunk,
			faults: [],
			warnings: [],
		});
	});

	it('refuses what stands beside the wrapper, which LiveKit would ignore', () => {
		const { faults } = unwrapCreate(info, 'trunk', id, { trunk, name: 'lost', metadata: null });
		expect(faults).toEqual([
			{
				path: 'name',
				message: 'stands beside trunk and LiveKit would ignore it. Move it inside trunk',
			},
		]);
	});

	it('leaves out an id and times with a warning, in any spelling', () => {
		const copies: JsonObject[] = [
			{ sip_trunk_id: 'ST_1', ...trunk },
			{
				trunk: {
					sipTrunkId: 'ST_1',
					...trunk,
					createdAt: '2026-01-01T00:00:00Z',
					updated_at: null,
				},
			},
		];
		for (const copied of copies) {
			expect(unwrapCreate(info, 'trunk', id, copied)).toEqual({
				value: trunk,
				faults: [],
				warnings: [
					'sip_trunk_id was left out: a new object gets an ID of its own',
					...(copied.trunk ? ['created_at was left out: LiveKit sets it'] : []),
				],
			});
		}
		expect(unwrapCreate(info, 'trunk', id, { sip_trunk_id: '', ...trunk }).warnings).toEqual([]);
	});

	it('hands on hostile names for encode to refuse', () => {
		const hostile = JSON.parse(
			'{"trunk": {"__proto__": {"name": "x"}, "constructor": 1}}',
		) as JsonObject;
		expect(Object.keys(Object(unwrapCreate(info, 'trunk', id, hostile).value))).toEqual([
			'__proto__',
			'constructor',
		]);
	});
});

describe('wrappers that are not quite right', () => {
	const trunkAs = {
		create: (given: JsonObject) => unwrapCreate(info, 'trunk', id, given),
		replace: (given: JsonObject) => unwrapReplace(info, 'trunk', id, given),
		update: (given: JsonObject) => unwrapUpdate(info, 'trunk', id, given),
	};
	const ways = Object.entries(trunkAs);

	it.each(ways)('%s: says that a list, or no object at all, is in the way', (_, unwrap) => {
		expect(unwrap({ trunk: [trunk] }).faults).toEqual([
			{
				path: 'trunk',
				message:
					'must be one object in curly brackets, not a list. For several, give one row for each',
			},
		]);
		expect(unwrap({ trunk: 'x' }).faults).toEqual([
			{ path: 'trunk', message: 'must be one object in curly brackets, not text' },
		]);
	});

	it.each(ways)('%s: reads a wrapper that holds JSON as text', (_, unwrap) => {
		expect(unwrap({ trunk: JSON.stringify(trunk) })).toMatchObject({ value: trunk, faults: [] });
	});

	it.each(ways)('%s: suggests the wrapper that a name is like', (_, unwrap) => {
		for (const name of ['inbound_trunk', 'trunks', 'Trnk', 'sipTrunk'])
			expect(unwrap({ [name]: trunk }).faults).toEqual([
				{ path: name, message: 'is not known here. Did you mean trunk?' },
			]);
	});

	it.each(ways.slice(1))('%s: says that times of a copy are left out', (_, unwrap) => {
		expect(unwrap({ ...trunk, sip_trunk_id: 'ST_1', createdAt: 'x' })).toMatchObject({
			value: trunk,
			id: 'ST_1',
			warnings: ['created_at was left out: LiveKit sets it'],
		});
	});

	it('update takes the wrapper of create, and an ID inside or beside it', () => {
		const wrapped: JsonObject[] = [
			{ sip_trunk_id: 'ST_1', trunk },
			{ trunk: { ...trunk, sip_trunk_id: 'ST_1' } },
		];
		for (const given of wrapped)
			expect(trunkAs.update(given)).toMatchObject({ value: trunk, id: 'ST_1', faults: [] });
		const rule = { dispatch_rule: { name: 'N' } };
		expect(
			unwrapUpdate('SIPDispatchRuleInfo', 'dispatch_rule', 'sip_dispatch_rule_id', rule).value,
		).toEqual({ name: 'N' });
	});
});

describe('replace', () => {
	it.each([
		[{ sip_trunk_id: 'ST_1', replace: trunk }],
		[{ sipTrunkId: 'ST_1', action: { replace: trunk } }],
		[{ trunk: { ...trunk, SipTrunkId: 'ST_1' } }],
		[{ ...trunk, sip_trunk_id: 'ST_1' }],
		[{ sip_trunk_id: 'ST_1', replace: { sip_trunk_id: 'ST_1', ...trunk } }],
	])('%j', (given) => {
		expect(unwrapReplace(info, 'trunk', id, given)).toMatchObject({
			value: trunk,
			id: 'ST_1',
			faults: [],
		});
	});

	it('refuses two different ids', () => {
		expect(
			unwrapReplace(info, 'trunk', id, {
				sip_trunk_id: 'ST_1',
				replace: { ...trunk, sip_trunk_id: 'ST_2' },
			}).faults,
		).toHaveLength(1);
	});
});

describe('update', () => {
	it.each([
		[{ sip_trunk_id: 'ST_1', update: { name: 'N' } }],
		[{ sip_trunk_id: 'ST_1', name: 'N' }],
		[{ req: { sipTrunkId: 'ST_1', action: { update: { name: 'N' } } } }],
		[{ update: { name: 'N', sip_trunk_id: 'ST_1' } }],
	])('%j', (given) => {
		expect(unwrapUpdate(info, 'trunk', id, given)).toMatchObject({
			value: { name: 'N' },
			id: 'ST_1',
			faults: [],
		});
	});

	it('sends a replace to its own operation, unless it is null', () => {
		expect(
			unwrapUpdate(info, 'trunk', id, { sip_trunk_id: 'ST_1', replace: trunk }).faults,
		).toEqual([{ path: 'replace', message: expect.stringContaining('Choose Replace') }]);
		expect(unwrapUpdate(info, 'trunk', id, { update: { name: 'N' }, replace: null })).toMatchObject(
			{
				value: { name: 'N' },
				faults: [],
			},
		);
	});
});

it('place and transfer are flat or within req', () => {
	expect(unwrapFlat({ req: { room_name: 'r' }, sip_call_to: '+1' }).value).toEqual({
		room_name: 'r',
		sip_call_to: '+1',
	});
	expect(unwrapFlat({ room_name: 'r' })).toEqual({
		value: { room_name: 'r' },
		faults: [],
		warnings: [],
	});
});
