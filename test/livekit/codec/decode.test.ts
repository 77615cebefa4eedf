import { decode } from '../../../livekit/codec/decode';
import { encode } from '../../../livekit/codec/encode';
import { type JsonObject, isObject } from '../../../livekit/json';
import type { MessageName } from '../../../livekit/schema';
import { bodies } from '../../contract/generate';
import { answersOf } from '../../contract/oracle';
import * as fc from '../../support/fastCheck';

describe('both casings of an answer decode to the same', () => {
	const messages: MessageName[] = [
		'SIPInboundTrunkInfo',
		'SIPOutboundTrunkInfo',
		'SIPDispatchRuleInfo',
		'SIPParticipantInfo',
		'TransferSIPParticipantResponse',
		'ParticipantInfo',
		'Room',
	];
	it.each(messages)('%s', (message) => {
		fc.assert(
			fc.property(bodies(message), (body) => {
				const { snake, camel } = answersOf(message, body);
				const decoded = decode(message, snake);
				expect(decode(message, camel)).toEqual(decoded);
				// What was decoded can be sent again.
				expect(encode(message, decoded).faults).toEqual([]);
				expect(answersOf(message, encode(message, decoded).body).camel).toEqual(camel);
			}),
			{ numRuns: 50 },
		);
	});
});

describe('decode', () => {
	const trunk = decode('SIPInboundTrunkInfo', {});

	it('gives every field its unset value', () => {
		expect(trunk).toMatchObject({
			sip_trunk_id: '',
			numbers: [],
			headers: {},
			include_headers: 'SIP_NO_HEADERS',
			ringing_timeout: null,
			krisp_enabled: false,
			media: null,
			created_at: null,
		});
		expect(decode('SIPMediaConfig', {})).toEqual({
			only_listed_codecs: false,
			codecs: [],
			media_timeout: null,
			drop_audio_during_dtmf: false,
		});
	});

	it('treats null as unset everywhere, and drops null entries', () => {
		const nulls = Object.fromEntries(Object.keys(trunk).map((name) => [name, null]));
		expect(decode('SIPInboundTrunkInfo', nulls)).toEqual(trunk);
		expect(
			decode('ListSIPInboundTrunkResponse', { items: [null, { sipTrunkId: 'ST_1' }, null] }).items,
		).toEqual([{ ...trunk, sip_trunk_id: 'ST_1' }]);
		expect(decode('SIPInboundTrunkInfo', { numbers: [null, '+1'] }).numbers).toEqual(['+1']);
	});

	it('keeps what a newer server knows, under its own name, at every depth', () => {
		const decoded = decode(
			'SIPDispatchRuleInfo',
			JSON.parse(
				'{"newThing": {"a": 1}, "media": {"newer_one": 5}, "__proto__": "x"}',
			) as JsonObject,
		);
		expect(decoded.newThing).toEqual({ a: 1 });
		expect(isObject(decoded.media) && decoded.media.newer_one).toBe(5);
		expect(Object.hasOwn(decoded, '__proto__')).toBe(true);
		expect(
			decode('SIPInboundTrunkInfo', {
				include_headers: 9,
				media_encryption: 'SIP_MEDIA_ENCRYPT_NEWEST',
			}),
		).toMatchObject({ include_headers: 9, media_encryption: 'SIP_MEDIA_ENCRYPT_NEWEST' });
	});

	it('leaves the keys of maps alone', () => {
		const headers = JSON.parse(
			'{"X-Foo": "1", "snake_case": "2", "camelCase": "3", "__proto__": "4"}',
		) as Record<string, string>;
		expect(JSON.stringify(decode('SIPInboundTrunkInfo', { headers }).headers)).toBe(
			JSON.stringify(headers),
		);
	});

	it('reads enum numbers and 64-bit texts', () => {
		expect(
			decode('ParticipantInfo', {
				kind: 3,
				joinedAt: '1700000000',
				kindDetails: [1, 'CLOUD_AGENT'],
			}),
		).toMatchObject({
			kind: 'SIP',
			joined_at: 1_700_000_000,
			kind_details: ['FORWARDED', 'CLOUD_AGENT'],
		});
	});
});
