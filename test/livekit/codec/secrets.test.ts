import { decode } from '../../../livekit/codec/decode';
import { MASK, isMasked, maskSecrets, maskedPaths } from '../../../livekit/codec/secrets';
import { scrub } from '../../../livekit/http/token';
import { messageNames, messageOf } from '../../../livekit/schema';

const token =
	'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJkZXZrZXkifQ.2JU2XE61UGZMOiiBnlKfZxV4ZjIV7hYisnwW1jSfbYg';

describe('masking', () => {
	it('hides every secret, deep down too, and nothing else', () => {
		const rule = decode('SIPDispatchRuleInfo', {
			name: 'R',
			rule: { dispatch_rule_direct: { room_name: 'r', pin: '4711' } },
			room_config: {
				egress: {
					room: {
						file_outputs: [
							{
								s3: {
									access_key: 'AK',
									secret: 'S3',
									bucket: 'b',
									proxy: { url: 'u', password: 'pp' },
								},
							},
						],
					},
				},
			},
		});
		const text = JSON.stringify(maskSecrets('SIPDispatchRuleInfo', rule));
		for (const secret of ['4711', '"AK"', '"S3"', '"pp"']) expect(text).not.toContain(secret);
		for (const shown of ['"r"', '"b"', '"u"', '"R"']) expect(text).toContain(shown);
		expect(JSON.stringify(rule)).toContain('4711');
	});

	it('leaves an empty secret empty: it says that none is set', () => {
		expect(maskSecrets('SIPInboundTrunkInfo', { auth_password: '', auth_username: 'u' })).toEqual({
			auth_password: '',
			auth_username: 'u',
		});
		expect(maskSecrets('SIPInboundTrunkInfo', { auth_password: 'x' })).toEqual({
			auth_password: MASK,
		});
	});

	it('hides what sounds like a secret of a newer server', () => {
		expect(
			maskSecrets('SIPInboundTrunkInfo', {
				name: 'n',
				auth_token: 'x',
				newPassword: 'y',
				region: 'eu',
			}),
		).toEqual({ name: 'n', auth_token: MASK, newPassword: MASK, region: 'eu' });
	});
});

describe('masks that come back in', () => {
	it.each([MASK, '***', '********', '•••••', '<redacted>', '[REDACTED]', '<redacted by proxy>'])(
		'%s is one',
		(text) => expect(isMasked(text)).toBe(true),
	);
	it.each(['', '**', 'p*ssword', 'hidden', 'redacted', '4711', 5, null])('%p is none', (text) =>
		expect(isMasked(text)).toBe(false),
	);

	it('are found by path in bodies of every shape', () => {
		expect(
			maskedPaths('CreateSIPInboundTrunkRequest', { trunk: { auth_password: MASK, name: MASK } }),
		).toEqual(['trunk.auth_password']);
		expect(
			maskedPaths('UpdateSIPDispatchRuleRequest', {
				update: { rule: { dispatch_rule_callee: { pin: '****' } } },
			}),
		).toEqual(['update.rule.dispatch_rule_callee.pin']);
		const outputs = [{ s3: { secret: 'real' } }, { s3: { secret: MASK } }];
		expect(maskedPaths('RoomEgress', { room: { file_outputs: outputs } })).toEqual([
			'room.file_outputs[1].s3.secret',
		]);
		expect(maskedPaths('CreateSIPParticipantRequest', { trunk: { auth_password: MASK } })).toEqual([
			'trunk.auth_password',
		]);
	});
});

it('scrub takes tokens and keys out of texts', () => {
	for (const text of [
		`invalid token: ${token}, error: bad`,
		`Bearer ${token}`,
		`x${' '}${token}.`,
		'Authorization: Bearer abc.def',
		'invalid API key: APIabc123',
	]) {
		expect(scrub(text)).not.toMatch(/eyJ|abc/);
	}
	expect(scrub('invalid API key: APIabc123')).toBe('invalid API key');
	expect(scrub('nothing to hide')).toBe('nothing to hide');
});

const secretNames = messageNames.flatMap((message) =>
	messageOf(message).fields.flatMap(({ name, secret }) => (secret ? [name] : [])),
);

test.each([...new Set(secretNames)])(
	'%s is known as a secret by its name too, in either casing, where the table does not reach',
	(name) => {
		const camel = name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
		const message = { newer: { [name]: 'open sesame', list: [{ [camel]: 'open sesame' }] } };
		expect(JSON.stringify(maskSecrets('Room', message))).not.toContain('open sesame');
	},
);
