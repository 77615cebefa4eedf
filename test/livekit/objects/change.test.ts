import {
	applyChanges,
	isPatchable,
	readChanges,
	toReplacement,
} from '../../../livekit/objects/change';
import { addOlderForms } from '../../../livekit/codec/olderForms';
import { decode } from '../../../livekit/codec/decode';
import { encode } from '../../../livekit/codec/encode';
import type { JsonObject } from '../../../livekit/json';
import { storedObjects } from '../../../livekit/schema/rpc';
import { bodies } from '../../contract/generate';
import { answersOf, read, withoutEmptyRooms } from '../../contract/oracle';
import type { MessageName } from '../../../livekit/schema';
import * as fc from '../../support/fastCheck';

const { inboundTrunk, dispatchRule } = storedObjects;

function changes(info: MessageName, raw: unknown): JsonObject {
	const { fields, faults } = readChanges(info, raw, 'update');
	expect(faults).toEqual([]);
	return fields;
}

function changed(info: MessageName, current: JsonObject, raw: unknown): JsonObject {
	return applyChanges(info, decode(info, current), changes(info, raw));
}

describe('lists of texts', () => {
	it.each<[string, unknown, string[]]>([
		['set as a list', ['+9'], ['+9']],
		['set as text', '+8, +9', ['+8', '+9']],
		['set', { set: ['+9'] }, ['+9']],
		['add, without doubling', { add: ['+2', '+3'] }, ['+1', '+2', '+3']],
		['remove', { remove: ['+1', '+7'] }, ['+2']],
		["remove and add, in LiveKit's order", { add: ['+3'], remove: ['+1'] }, ['+2', '+3']],
		['remove and add of the same', { add: ['+1'], remove: ['+1'] }, ['+2', '+1']],
		['clear', { clear: true }, []],
		['clear as an empty list', [], []],
		['clear as an empty text', '', []],
		['form: add', { change: { mode: 'add', entries: '+3, +4' } }, ['+1', '+2', '+3', '+4']],
		['form: set', { change: { mode: 'set', entries: '+3' } }, ['+3']],
		['form: remove', { change: { mode: 'remove', entries: ['+2'] } }, ['+1']],
		['form: clear, whatever was entered before', { change: { mode: 'clear', entries: '+3' } }, []],
	])('%s', (_title, given, wanted) => {
		for (const name of ['numbers', 'Numbers'])
			expect(
				changed(inboundTrunk.info, { numbers: ['+1', '+2'] }, { [name]: given }).numbers,
			).toEqual(wanted);
	});

	it.each([
		['nothing', {}],
		['an empty set', { set: [] }],
		['a form without entries', { change: { mode: 'add', entries: '' } }],
		['an added form without a change', { change: { mode: 'set' } }],
		['set and add', { set: ['+1'], add: ['+2'] }],
		['clear and add', { clear: true, add: ['+2'] }],
		['an unknown mode', { change: { mode: 'append', entries: '+1' } }],
		['an unknown word', { append: ['+1'] }],
		['a number', 5],
	])("%s is refused, also where LiveKit's update does not know the list", (_title, given) => {
		expect(readChanges(inboundTrunk.info, { numbers: given }, 'update').faults).not.toEqual([]);
		const { faults } = readChanges(dispatchRule.info, { inbound_numbers: given }, 'update');
		expect(faults.length).toBeGreaterThan(0);
		for (const { path } of faults) expect(path).toMatch(/^update\.inbound_numbers/);
	});

	it('given in two spellings are refused', () => {
		expect(
			readChanges(dispatchRule.info, { trunk_ids: ['ST_1'], trunkIds: { add: ['ST_2'] } }, 'update')
				.faults,
		).toHaveLength(1);
	});
});

describe('maps', () => {
	it('set, change and remove keys, hostile ones too', () => {
		const current = JSON.parse(
			'{"attributes": {"a": "1", "b": "2", "__proto__": "3", "constructor": "4"}}',
		) as JsonObject;
		const diff = JSON.parse(
			'{"attributes": {"a": "", "c": "5", "__proto__": "6", "constructor": "", "toString": ""}}',
		) as JsonObject;
		expect(JSON.stringify(changed(dispatchRule.info, current, diff).attributes)).toBe(
			'{"b":"2","__proto__":"6","c":"5"}',
		);
	});

	it('that change nothing are refused', () => {
		expect(readChanges(inboundTrunk.info, { headers: { rows: [] } }, 'update').faults).toHaveLength(
			1,
		);
	});
});

describe('the rule', () => {
	const direct = { rule: { dispatch_rule_direct: { room_name: 'r', pin: '4711' } } };

	it('of the same type is changed field by field', () => {
		expect(
			changed(dispatchRule.info, direct, { rule: { direct: { room_name: 'new' } } }).rule,
		).toEqual({ dispatch_rule_direct: { room_name: 'new', pin: '4711' } });
		expect(changed(dispatchRule.info, direct, { rule: { direct: { pin: '' } } }).rule).toEqual({
			dispatch_rule_direct: { room_name: 'r', pin: '' },
		});
	});

	it('of another type keeps the PIN unless it is changed', () => {
		expect(changed(dispatchRule.info, direct, { rule: { individual: {} } }).rule).toEqual({
			dispatch_rule_individual: { pin: '4711' },
		});
		expect(changed(dispatchRule.info, direct, { rule: { callee: { pin: '' } } }).rule).toEqual({
			dispatch_rule_callee: { pin: '' },
		});
		expect(changed(dispatchRule.info, direct, { rule: { type: 'callee', pin: '1' } }).rule).toEqual(
			{ dispatch_rule_callee: { pin: '1' } },
		);
	});

	it('without a type stays empty, for the checks to refuse', () => {
		expect(changed(dispatchRule.info, direct, { rule: {} }).rule).toEqual({});
	});
});

describe('messages', () => {
	const media = {
		only_listed_codecs: true,
		codecs: [{ name: 'PCMU', rate: 8000 }],
		media_timeout: '20s',
	};

	it('media keeps what is not changed, since LiveKit swaps it whole', () => {
		expect(changed(inboundTrunk.info, { media }, { media: { encryption: 2 } })).toMatchObject({
			media: { ...media, encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' },
			media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
		});
		expect(
			changed(inboundTrunk.info, { media }, { media: { only_listed_codecs: false } }).media,
		).toMatchObject({ only_listed_codecs: false, codecs: media.codecs });
		expect(changed(inboundTrunk.info, { media }, { media: { codecs: [] } }).media).toMatchObject({
			codecs: [],
			media_timeout: '20s',
		});
	});

	it('the older encryption is a change of media too', () => {
		expect(
			changed(inboundTrunk.info, { media }, { media_encryption: 'REQUIRE' }).media,
		).toMatchObject({ ...media, encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' });
		expect(
			readChanges(inboundTrunk.info, { media_encryption: 1, media: { encryption: 2 } }, 'update')
				.faults,
		).toEqual([
			{ path: 'update.media_encryption', message: expect.stringContaining('contradicts') },
		]);
	});

	it('room settings are merged, agents replaced, recording taken whole', () => {
		const room_config = {
			metadata: 'm',
			agents: [{ agent_name: 'a' }],
			egress: { room: { file_outputs: [{ filepath: 'x' }] } },
			tags: { t: '1' },
		};
		const result = changed(
			dispatchRule.info,
			{ room_config },
			{
				room_config: {
					max_participants: 5,
					agents: [{ agent_name: 'b' }],
					egress: { tracks: { filepath: 'y' } },
					tags: { u: '2' },
				},
			},
		).room_config;
		expect(result).toMatchObject({
			metadata: 'm',
			max_participants: 5,
			agents: [{ agent_name: 'b' }],
			tags: { t: '1', u: '2' },
		});
		expect(JSON.stringify(result)).not.toContain('"x"');
	});

	it('empty values clear', () => {
		expect(
			changed(
				dispatchRule.info,
				{ metadata: 'm', krisp_enabled: true },
				{ metadata: '', krisp_enabled: false },
			),
		).toMatchObject({ metadata: '', krisp_enabled: false });
	});
});

describe("what LiveKit's update knows", () => {
	it.each<[unknown, boolean]>([
		[{ name: 'n' }, true],
		[{ numbers: ['+1'] }, true],
		[{ media: { encryption: 1 } }, true],
		[{ headers: { a: 'b' } }, false],
		[{ name: 'n', krisp_enabled: true }, false],
	])('%j: %p', (given, patchable) =>
		expect(isPatchable(inboundTrunk, changes(inboundTrunk.info, given))).toBe(patchable),
	);
});

describe('what goes back as a replacement', () => {
	const stored = decode(inboundTrunk.info, {
		sip_trunk_id: 'ST_1',
		name: 'n',
		numbers: ['+1'],
		auth_password: 'p',
		created_at: '2026-01-01T00:00:00Z',
		new_field: { a: 1 },
		media: { codecs: [{ name: 'PCMU', newer: 1 }], encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' },
		media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
		include_headers: 'SIP_NEWER_HEADERS',
		ringing_timeout_status: 777,
	});

	it('has neither id nor times, and all the rest with what a newer server added', () => {
		const { body, faults } = encode(inboundTrunk.info, toReplacement(inboundTrunk, stored), '', {
			keepUnknown: true,
		});
		expect(faults).toEqual([]);
		expect(addOlderForms(inboundTrunk.info, body)).toEqual([]);
		expect(body).toEqual({
			name: 'n',
			numbers: ['+1'],
			auth_password: 'p',
			new_field: { a: 1 },
			include_headers: 'SIP_NEWER_HEADERS',
			ringing_timeout_status: 777,
			media: { codecs: [{ name: 'PCMU', newer: 1 }], encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' },
			media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
		});
	});

	it.each(Object.values(storedObjects))(
		'loses nothing of any $noun, whichever way the server answers it',
		(object) => {
			fc.assert(
				fc.property(bodies(object.info), (stored) => {
					const wanted = Object.fromEntries(
						Object.entries({ ...stored, name: 'New' }).filter(([name]) => name !== object.id),
					);
					const answers = answersOf(object.info, stored);
					for (const answer of [answers.snake, answers.camel]) {
						const merged = applyChanges(
							object.info,
							decode(object.info, answer),
							changes(object.info, { name: 'New' }),
						);
						const { body, faults } = encode(object.info, toReplacement(object, merged), '', {
							keepUnknown: true,
						});
						expect(faults).toEqual([]);
						expect(withoutEmptyRooms(read(object.info, body))).toEqual(
							withoutEmptyRooms(read(object.info, wanted)),
						);
					}
				}),
				{ numRuns: 60 },
			);
		},
	);
});
