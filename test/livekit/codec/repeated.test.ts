import { withoutRepeated } from '../../../livekit/codec/repeated';
import { maskSecrets, maskedPaths } from '../../../livekit/codec/secrets';
import type { JsonObject } from '../../../livekit/json';

const egress = (url: string, endpoint: string): JsonObject => ({
	room: {
		stream_outputs: [{ urls: [url], destinations: [{ id: 'D', url }] }],
		file_outputs: [{ s3: { endpoint, bucket: 'b' } }],
	},
});

describe('URLs of recordings', () => {
	it.each([
		['rtmp://a.example.com/live2/K3y-K3y', 'rtmp://a.example.com/live2/**hidden**'],
		[
			'rtmps://u:K3y@a.example.com:443/app/x/K3y?b=K3y',
			'rtmps://**hidden**@a.example.com:443/app/x/**hidden**',
		],
		['rtmp://a.example.com/app/K3y?b=K3y/K3y', 'rtmp://a.example.com/app/**hidden**'],
		['rtmp://a.example.com/app/K3y/', 'rtmp://a.example.com/app/**hidden**'],
		['RTMP://a.example.com/K3y', 'RTMP://a.example.com/**hidden**'],
		['rtmp://me:K/3#y@a.example.com/', 'rtmp://**hidden**@a.example.com/'],
		['me:K3y@s3.example.com', '**hidden**@s3.example.com'],
		['http://[2001:db8::1]:9000/a@b', 'http://[2001:db8::1]:9000/a@b'],
		['mux://K3y', 'mux://**hidden**'],
		['twitch://K3y', 'twitch://**hidden**'],
		['srt://a.example.com:9000?passphrase=K3y', 'srt://a.example.com:9000?**hidden**'],
		['https://me:K3y@s3.example.com/p', 'https://**hidden**@s3.example.com/p'],
		['https://s3.example.com/p', 'https://s3.example.com/p'],
	])('%s is shown as %s, and not written back', (url, shown) => {
		const given = egress(url, url);
		const masked = maskSecrets('RoomEgress', given);
		expect(masked).toEqual(egress(shown, shown));
		expect(maskedPaths('RoomEgress', masked)).toHaveLength(url === shown ? 0 : 3);
		expect(maskSecrets('RoomEgress', { of_tomorrow: { sinkUrl: url } })).toEqual({
			of_tomorrow: { sinkUrl: shown },
		});
	});
});

describe('a refusal that repeats its request', () => {
	const cleaned = (request: JsonObject, message: string, meta: Record<string, string> = {}) =>
		withoutRepeated(
			{ status: 400, code: 'invalid_argument', message, meta },
			'CreateSIPDispatchRuleRequest',
			{ dispatch_rule: request },
		);
	const pin = (value: string) => ({
		rule: { dispatch_rule_direct: { room_name: 'r', pin: value } },
	});

	it('shows no PIN, but leaves the digits of other words and the SIP status', () => {
		expect(
			cleaned(pin('486'), 'pin:"486" and 486, not 4861 or ST_486', {
				sip_status_code: '486',
				repeated: 'x=486',
			}),
		).toMatchObject({
			message: 'pin:"**hidden**" and **hidden**, not 4861 or ST_486',
			meta: { sip_status_code: '486', repeated: 'x=**hidden**' },
		});
	});

	it('shows no long password wherever it stands, also escaped', () => {
		const refusal = withoutRepeated(
			{
				status: 400,
				code: 'x',
				message: String.raw`aS3"cret-99b S3\"cret-99 S3%22cret-99`,
				meta: {},
			},
			'CreateSIPOutboundTrunkRequest',
			{ trunk: { auth_password: 'S3"cret-99' } },
		);
		expect(refusal.message).not.toMatch(/cret/);
	});

	it('shows no beginning of a password where a long text was cut', () => {
		const { message } = withoutRepeated(
			{ status: 400, code: 'x', message: 'trunk S3cret-9... (1200 characters)', meta: {} },
			'CreateSIPOutboundTrunkRequest',
			{ trunk: { auth_password: 'S3cret-99' } },
		);
		expect(message).toBe('trunk **hidden**... (1200 characters)');
	});

	it('shows no stream key', () => {
		const request = { room_config: { egress: egress('rtmp://h/app/K3y', 'https://u:Pw@h/') } };
		expect(cleaned(request, 'bad url rtmp://h/app/K3y or https://u:Pw@h/').message).toBe(
			'bad url rtmp://h/app/**hidden** or https://**hidden**@h/',
		);
	});
});
