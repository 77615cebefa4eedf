import { decode } from '../../../livekit/codec/decode';
import {
	HIDDEN_PRINT,
	changedFields,
	eventId,
	fingerprinter,
	newSalt,
} from '../../../livekit/watch/fingerprint';
import type { JsonObject, JsonValue } from '../../../livekit/json';
import { fieldPaths, fieldValuesOf } from '../../../livekit/watch/fieldValues';
import { storedObjects } from '../../../livekit/schema/rpc';
import { messageOf, type MessageName } from '../../../livekit/schema';

const rule = 'SIPDispatchRuleInfo';
const trunk = 'SIPInboundTrunkInfo';
const leaves = (message: MessageName, value: JsonObject) =>
	fieldValuesOf(
		message,
		decode(message, value),
		message === rule ? 'sip_dispatch_rule_id' : 'sip_trunk_id',
	);
const prints = (message: MessageName, value: JsonObject, secret = 'secret', salt = 'salt') =>
	fingerprinter(secret, salt).fields('id', leaves(message, value));
const changed = (message: MessageName, before: JsonObject, after: JsonObject) =>
	changedFields(prints(message, before), prints(message, after), true);

describe('leaves', () => {
	it('are the fields that hold something, by path', () => {
		const value = {
			sip_dispatch_rule_id: 'SDR_1',
			name: 'n',
			metadata: '',
			numbers: [],
			rule: { dispatch_rule_direct: { room_name: 'r', pin: '1' } },
			created_at: '2026-01-01T00:00:00Z',
		};
		expect([...leaves(rule, value).keys()]).toEqual([
			'rule.dispatch_rule_direct',
			'rule.dispatch_rule_direct.room_name',
			'rule.dispatch_rule_direct.pin*',
			'name',
		]);
	});

	it.each<[string, JsonObject, JsonObject]>([
		[
			'camelCase without defaults',
			{ sip_trunk_id: 'x', allowed_numbers: ['+1'], krisp_enabled: false },
			{ sipTrunkId: 'x', allowedNumbers: ['+1'] },
		],
		[
			'defaults of newer fields',
			{ name: 'n' },
			{
				name: 'n',
				include_headers: 'SIP_NO_HEADERS',
				ringing_timeout: '0s',
				media: { codecs: [], only_listed_codecs: false },
				headers: {},
			},
		],
		['fields that this package does not know', { name: 'n' }, { name: 'n', newest_field: 3 }],
		[
			'times of the server',
			{ name: 'n', updated_at: '2026-01-01T00:00:00Z' },
			{ name: 'n', updated_at: '2026-02-01T00:00:00Z' },
		],
		['another order of a map', { headers: { a: '1', b: '2' } }, { headers: { b: '2', a: '1' } }],
		['another way to write a duration', { ringing_timeout: '30s' }, { ringing_timeout: '30.000s' }],
		[
			'the older encryption field beside the newer one',
			{ media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' },
			{
				media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
				media: { encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' },
			},
		],
		[
			'the older encryption field, off, written out',
			{},
			{ media_encryption: 'SIP_MEDIA_ENCRYPT_DISABLE', media: { codecs: [] } },
		],
		[
			'the older encryption field, off, beside the newer one',
			{ media: { encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' } },
			{
				media_encryption: 'SIP_MEDIA_ENCRYPT_DISABLE',
				media: { encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' },
			},
		],
		['enums as numbers', { include_headers: 'SIP_X_HEADERS' }, { include_headers: 1 }],
	])('are the same for %s', (_name, before, after) => {
		expect(changed(trunk, before, after)).toEqual([]);
	});

	it.each<[string, JsonObject, JsonObject, string[]]>([
		['an item of a list', { numbers: ['+1', '+2'] }, { numbers: ['+1', '+3'] }, ['numbers']],
		['a name of a map', { headers: { a: '1' } }, { headers: { b: '1' } }, ['headers']],
		['text that looks like a list', { metadata: '["a"]' }, { metadata: '["a" ]' }, ['metadata']],
		['a duration', { ringing_timeout: '30s' }, { ringing_timeout: '31s' }, ['ringing_timeout']],
		[
			'encryption',
			{ media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' },
			{ media: { encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' } },
			['media.encryption'],
		],
		[
			'an encryption that is off against none set, which LiveKit tells apart',
			{ media: {} },
			{ media: { encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' } },
			['media.encryption'],
		],
		[
			'an encryption that is switched off',
			{ media: { encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' } },
			{ media: { encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' } },
			['media.encryption'],
		],
		[
			'codecs',
			{ media: { codecs: [{ name: 'PCMU', rate: 8000 }] } },
			{ media: { codecs: [{ name: 'PCMA', rate: 8000 }] } },
			['media.codecs'],
		],
	])('differ in %s', (_name, before, after, paths) => {
		expect(changed(trunk, before, after)).toEqual(paths);
	});

	it('tell members of a oneof apart also when they are empty', () => {
		const member = (name: string) => ({ rule: { [name]: {} } });
		expect(
			changed(rule, member('dispatch_rule_individual'), member('dispatch_rule_callee')),
		).toEqual(['rule.dispatch_rule_callee', 'rule.dispatch_rule_individual']);
	});

	it('are bounded in number: what lies deeper than three names is one leaf', () => {
		const value = {
			room_config: {
				egress: { room: { file_outputs: [{ filepath: 'a', s3: { secret: 'x', bucket: 'b' } }] } },
			},
		};
		expect([...leaves(rule, value).keys()]).toEqual([
			'room_config.egress.room',
			'room_config.egress.room*',
		]);
	});
});

describe('paths of leaves', () => {
	const scalars: Record<string, JsonValue> = { string: 'x', bool: true, duration: '1s' };
	/** The fields of a message, each filled; of a oneof all members, which no server would write. */
	const filled = (message: MessageName, levels = 4): JsonObject =>
		Object.fromEntries(
			messageOf(message).fields.map((field) => {
				const one: JsonValue =
					field.kind === 'message'
						? levels > 0
							? filled(field.type, levels - 1)
							: {}
						: (scalars[field.type] ?? 1);
				return [
					field.name,
					field.shape === 'map' ? { a: '1' } : field.shape === 'list' ? [one] : one,
				];
			}),
		);

	it.each(Object.values(storedObjects).map(({ info, id }) => [info, id]))(
		'are those that a %s has when every field is filled',
		(info, id) => {
			const found = [...fieldValuesOf(info, decode(info, filled(info)), id).keys()].map((path) =>
				path.replace(/\*$/, ''),
			);
			expect(fieldPaths(info, id).sort()).toEqual([...new Set(found)].sort());
		},
	);
});

describe('fingerprints', () => {
	const pin = (value: string) => ({
		rule: { dispatch_rule_direct: { room_name: 'r', pin: value } },
	});

	it('of secrets hang on the API secret and on the object, those of other fields do not', () => {
		const [mine, other] = [prints(rule, pin('1234')), prints(rule, pin('1234'), 'other secret')];
		const elsewhere = fingerprinter('secret', 'salt').fields(
			'another id',
			leaves(rule, pin('1234')),
		);
		const path = 'rule.dispatch_rule_direct.pin*';
		expect(new Set([mine.get(path), other.get(path), elsewhere.get(path)]).size).toBe(3);
		expect(other.get('rule.dispatch_rule_direct.room_name')).toBe(
			mine.get('rule.dispatch_rule_direct.room_name'),
		);
		expect(fingerprinter('secret', 'salt').object(pin('1234'))).not.toBe(
			fingerprinter('other secret', 'salt').object(pin('1234')),
		);
	});

	it('of secrets under two API secrets are not compared, but setting and removing shows', () => {
		const [before, after] = [prints(rule, pin('1')), prints(rule, pin('2'), 'other secret')];
		expect(changedFields(before, after, false)).toEqual([]);
		expect(changedFields(before, prints(rule, pin(''), 'other secret'), false)).toEqual([
			'rule.dispatch_rule_direct.pin',
		]);
		expect(
			changedFields(before, prints(rule, { ...pin('2'), name: 'n' }, 'other secret'), false),
		).toEqual(['name']);
	});

	it('of a masked secret stand for any secret', () => {
		const masked = prints(trunk, { auth_password: '*****' });
		expect(masked.get('auth_password*')).toBe(HIDDEN_PRINT);
		expect(changedFields(prints(trunk, { auth_password: 'p' }), masked, true)).toEqual([]);
		expect(changedFields(masked, prints(trunk, {}), true)).toEqual(['auth_password']);
	});
});

describe('salts', () => {
	const value = { name: 'n', rule: { dispatch_rule_direct: { room_name: 'r', pin: '1' } } };

	it('change every fingerprint', () => {
		const [one, other] = ['salt', 'another salt'].map((salt) =>
			prints(rule, value, 'secret', salt),
		);
		for (const [path, print] of one) expect(other.get(path)).not.toBe(print);
		expect(one.size).toBe(4);
		expect(fingerprinter('secret', 'salt').object(value)).not.toBe(
			fingerprinter('secret', 'another salt').object(value),
		);
	});

	// Found by trying names: the first 36 bits of the plain hashes of their JSON texts are the same.
	it('tell two room names apart whose fingerprints were the same without one', () => {
		const rooms = ['room-7433', 'room-833z'].map((name) => ({
			rule: { dispatch_rule_direct: { room_name: name } },
		}));
		const [one, other] = rooms.map((room) => prints(rule, room, 'secret', ''));
		const path = 'rule.dispatch_rule_direct.room_name';
		expect(one.get(path)).toBe(other.get(path));
		const salt = newSalt();
		expect(prints(rule, rooms[0], 'secret', salt).get(path)).not.toBe(
			prints(rule, rooms[1], 'secret', salt).get(path),
		);
	});

	it('are 96 random bits', () => {
		const salts = Array.from({ length: 100 }, newSalt);
		expect(new Set(salts).size).toBe(100);
		for (const salt of salts) expect(salt).toMatch(/^[\w-]{16}$/);
	});

	it('do not change what the id of an event is made from', () => {
		const contents = ['salt', 'another salt'].map((salt) =>
			fingerprinter('secret', salt).content('id', leaves(rule, value)),
		);
		expect(contents[0]).toBe(contents[1]);
		expect(contents[0].length).toBeGreaterThan(40);
	});

	it('are not needed for a secret to stay one: what the id is made from is keyed', () => {
		const content = (secret: string, pin: string) =>
			fingerprinter(secret, 'salt').content(
				'id',
				leaves(rule, { rule: { dispatch_rule_direct: { room_name: 'r', pin } } }),
			);
		expect(content('secret', '1')).not.toBe(content('other secret', '1'));
		expect(content('secret', '1')).not.toBe(content('secret', '2'));
		expect(content('secret', '')).toBe(content('other secret', ''));
	});
});

describe('event ids', () => {
	const contentOf = (value: JsonObject) =>
		fingerprinter('secret', 'salt').content('id', leaves(rule, value));
	const content = contentOf({ name: 'n' });
	const id = (...change: Partial<[string, string, string, number, string]>) => {
		const [server, kind, object, revision, event] = Object.assign(
			['server', 'dispatchRule', 'SDR_1', 1, 'updated'],
			change,
		) as [string, string, string, number, string];
		return eventId(server, kind, object, revision, event, content, undefined);
	};

	it('are the same for the same event and differ in every part', () => {
		const ids = [
			id(),
			id('other'),
			id('server', 'inboundTrunk'),
			id('server', 'dispatchRule', 'SDR_2'),
			id('server', 'dispatchRule', 'SDR_1', 2),
			id('server', 'dispatchRule', 'SDR_1', 1, 'created'),
		];
		expect(new Set(ids).size).toBe(ids.length);
		expect(id()).toBe(ids[0]);
	});

	it('differ by content, and by the time at which LiveKit says the object was written', () => {
		const base = eventId('s', 'k', 'i', 1, 'updated', content, {});
		expect(eventId('s', 'k', 'i', 1, 'updated', contentOf({ name: 'm' }), {})).not.toBe(base);
		expect(
			eventId('s', 'k', 'i', 1, 'updated', content, { updated_at: '2026-01-01T00:00:00Z' }),
		).not.toBe(base);
		const values = leaves(rule, { name: 'n', metadata: 'm' });
		const { content: read } = fingerprinter('secret', 'salt');
		expect(read('id', new Map([...values].reverse()))).toBe(read('id', values));
	});
});
