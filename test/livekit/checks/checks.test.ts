import { ruleNumberWarning } from '../../../livekit/checks/numbers';
import { checkBody } from '../../../livekit/checks';
import type { JsonObject } from '../../../livekit/json';
import { MASK } from '../../../livekit/codec/secrets';
import {
	createInbound,
	createOutbound,
	createRule,
	faults,
	inbound,
	outbound,
	place,
	placeCall,
	rule,
	transfer,
	transferCall,
	warnings,
} from './bodies';

describe('inbound trunks', () => {
	it('need numbers, addresses or credentials', () => {
		expect(faults(createInbound, { trunk: { name: 'open' } })).toEqual([
			expect.stringMatching(
				/^trunk\.numbers is empty, and so are \{allowed_addresses\} and the credentials/,
			),
		]);
		const enough: JsonObject[] = [
			{ numbers: ['+1'] },
			{ allowed_addresses: ['1.2.3.4'] },
			{ auth_username: 'u', auth_password: 'p' },
			{ auth_password: 'p' },
		];
		for (const given of enough) expect(faults(createInbound, { trunk: given })).toEqual([]);
	});

	it('warn of half of the credentials', () => {
		expect(warnings(createInbound, inbound({ auth_username: 'u' }))).toEqual([
			expect.stringContaining('only when both'),
		]);
		expect(warnings(createInbound, inbound({ auth_username: 'u', auth_password: 'p' }))).toEqual(
			[],
		);
	});

	it.each([
		'192.0.2.1',
		'192.0.2.0/24',
		'0.0.0.0/0',
		'255.255.255.255/32',
		'2001:db8::1',
		'2001:db8::/32',
		'::1',
		'::',
		'fe80::1/128',
	])('allow %s', (address) => {
		expect(faults(createInbound, inbound({ allowed_addresses: [address] }))).toEqual([]);
	});

	it.each([
		'sip.example.com',
		'192.0.2',
		'192.0.2.256',
		'192.0.02.1',
		'192.0.2.0/33',
		'192.0.2.0/',
		'192.0.2.0/08',
		'192.0.2.0/24/1',
		'sip:1.2.3.4',
		'1.2.3.4:5060',
		'2001:db8::/129',
		'1::2::3',
		'fe80::1%eth0',
		'::ffff:1.2.3.4',
		'::ffff:c000:201',
		'[::1]',
		'abcd',
	])('refuse %s', (address) => {
		expect(faults(createInbound, inbound({ allowed_addresses: ['1.2.3.4', address] }))).toEqual([
			expect.stringMatching(/^trunk\.allowed_addresses\[1\] must be an IP address or CIDR block/),
		]);
		for (const action of ['set', 'add']) {
			expect(
				faults('UpdateSIPInboundTrunkRequest', {
					sip_trunk_id: 'ST_1',
					update: { allowed_addresses: { [action]: [address] } },
				}),
			).toEqual([expect.stringContaining(`update.allowed_addresses.${action}[0]`)]);
		}
	});

	it('take host names when that is allowed, and may remove one always', () => {
		expect(
			warnings(createInbound, inbound({ allowed_addresses: ['sip.example.com'] }), true),
		).toEqual([expect.stringContaining('newer LiveKit servers take IP addresses')]);
		expect(faults(createInbound, inbound({ allowed_addresses: ['sip:a@b'] }), true)).toHaveLength(
			1,
		);
		expect(
			faults('UpdateSIPInboundTrunkRequest', {
				sip_trunk_id: 'ST_1',
				update: { allowed_addresses: { remove: ['sip.example.com'] } },
			}),
		).toEqual([]);
	});

	it('let a phone ring for ten minutes at most', () => {
		const long = inbound({ ringing_timeout: '30000s' });
		expect(faults(createInbound, long)).toEqual([
			expect.stringContaining('at most 600 seconds, not 30000'),
		]);
		const update = checkBody(createInbound, long, { isUpdate: true });
		expect(update.faults).toEqual([]);
		expect(update.warnings).toEqual([expect.stringContaining('at most 600 seconds')]);
	});

	it('send a SIP status from 400 to 699 when ringing ends', () => {
		for (const status of [
			'SIP_STATUS_BUSY_HERE',
			'SIP_STATUS_BAD_REQUEST',
			'SIP_STATUS_GLOBAL_REJECTED',
			'SIP_STATUS_UNKNOWN',
		])
			expect(faults(createInbound, inbound({ ringing_timeout_status: status }))).toEqual([]);
		for (const status of ['SIP_STATUS_OK', 'SIP_STATUS_RINGING', 'SIP_STATUS_USE_PROXY'])
			expect(faults(createInbound, inbound({ ringing_timeout_status: status }))).toHaveLength(1);
	});

	it('warn of calls over 24 hours', () => {
		expect(warnings(createInbound, inbound({ max_call_duration: '86401s' }))).toHaveLength(1);
		expect(warnings(createInbound, inbound({ max_call_duration: '86400s' }))).toEqual([]);
	});
});

describe('outbound trunks', () => {
	it('need an address and a number', () => {
		expect(faults(createOutbound, { trunk: {} })).toEqual([
			expect.stringContaining('trunk.address is required'),
			expect.stringContaining('trunk.numbers is required'),
		]);
	});

	it.each([
		'sip:carrier.com',
		'SIPS:carrier.com',
		'https://carrier.com',
		'user@carrier.com',
		'carrier.com;transport=tcp',
		'carrier.com?transport=udp',
		'carrier com',
	])('refuse the address %s', (address) => {
		expect(faults(createOutbound, outbound({ address }))).toEqual([
			expect.stringContaining('trunk.address '),
		]);
		expect(faults(createOutbound, outbound({ from_host: address }))).toEqual([
			expect.stringContaining('trunk.from_host '),
		]);
		expect(
			faults('UpdateSIPOutboundTrunkRequest', { sip_trunk_id: 'ST_1', update: { address } }),
		).toEqual([expect.stringContaining('update.address ')]);
		expect(
			faults(placeCall, {
				sip_call_to: '+1',
				sip_number: '+2',
				room_name: 'r',
				trunk: { hostname: address },
			}),
		).toEqual([expect.stringContaining('trunk.hostname ')]);
	});

	it.each([
		'carrier.com',
		'carrier.com:5060',
		'192.0.2.1:5061',
		'[2001:db8::1]:5060',
		'pstn_eu.carrier.com',
	])('take the address %s', (address) =>
		expect(faults(createOutbound, outbound({ address }))).toEqual([]),
	);

	it('take two-letter countries', () => {
		expect(faults(createOutbound, outbound({ destination_country: 'DE' }))).toEqual([]);
		for (const country of ['de', 'DEU', 'Germany', '49', 'D'])
			expect(faults(createOutbound, outbound({ destination_country: country }))).toEqual([
				expect.stringContaining('two-letter'),
			]);
	});
});

describe('headers', () => {
	const refusedNames =
		'accept accept-encoding accept-language allow allow-events call-id contact content-encoding content-length content-type cseq event expires from max-forwards record-route refer-to reply-to k l m o r t u v'.split(
			' ',
		);
	it.each(refusedNames)('%s is refused in any case', (name) => {
		for (const spelled of [name, name.toUpperCase()])
			expect(faults(createInbound, inbound({ headers: { [spelled]: 'x' } }))).toEqual([
				expect.stringContaining('LiveKit sets itself'),
			]);
	});

	it('are checked for name, length and control characters', () => {
		for (const name of ['X A', 'X:A', 'Ü', 'X\n', 'x'.repeat(256)])
			expect(faults(createInbound, inbound({ headers: { [name]: 'x' } }))).toEqual([
				expect.stringContaining('is no header name'),
			]);
		expect(faults(createInbound, inbound({ headers: { 'X-A': 'a\r\nX-B: c' } }))).toEqual([
			expect.stringContaining('control character'),
		]);
		expect(faults(createInbound, inbound({ headers: { 'X-A': 'ü'.repeat(513) } }))).toEqual([
			expect.stringContaining('longer than 1024 bytes'),
		]);
		expect(
			faults(createInbound, inbound({ headers: { 'X-A': '\tÜber', "a.!%*_+`'~-": '' } })),
		).toEqual([]);
		expect(warnings(createInbound, inbound({ headers: { To: 'x', via: 'y' } }))).toHaveLength(2);
	});

	it('are checked on calls, transfers, inline trunks, and in both maps to and from attributes', () => {
		expect(faults(placeCall, place({ headers: { From: 'x' } }))).toHaveLength(1);
		expect(
			faults(transferCall, { ...transfer('+15551234567'), headers: { From: 'x' } }),
		).toHaveLength(1);
		expect(
			faults(
				createOutbound,
				outbound({
					headers_to_attributes: { 'X A': 'a' },
					attributes_to_headers: { 'any name': 'X B' },
				}),
			),
		).toHaveLength(2);
		expect(
			faults(placeCall, {
				sip_call_to: '+1',
				sip_number: '+2',
				room_name: 'r',
				trunk: { hostname: 'a.b', headers_to_attributes: { 'X A': 'a' } },
			}),
		).toHaveLength(1);
	});
});

describe('dispatch rules', () => {
	it('need a rule with a branch, and a fixed room its name', () => {
		expect(faults(createRule, { dispatch_rule: { name: 'x' } })).toEqual([
			expect.stringContaining('dispatch_rule.rule is required'),
		]);
		expect(faults(createRule, rule({ rule: {} }))).toEqual([
			expect.stringContaining('dispatch_rule.rule is empty'),
		]);
		expect(faults(createRule, rule({ rule: { dispatch_rule_direct: {} } }))).toEqual([
			expect.stringContaining('room_name is required'),
		]);
	});

	it.each(['direct', 'individual', 'callee'])(
		'check the PIN of a %s rule without repeating it',
		(type) => {
			const withPin = (pin: string) =>
				rule({ rule: { [`dispatch_rule_${type}`]: { room_name: 'r', pin } } });
			for (const pin of ['1', '0000', '1234567890123456'])
				expect(faults(createRule, withPin(pin))).toEqual([]);
			for (const [pin, words] of [
				['4711#', 'must not end in "#"'],
				['abcd', 'digits'],
				['47 11', 'digits'],
				['#', 'digits'],
				['12345678901234567', 'longer than 16'],
				[MASK, 'mask'],
			]) {
				const found = faults(createRule, withPin(pin));
				expect(found.join()).toContain(words);
				if (pin !== '#' && pin !== MASK) expect(found.join()).not.toContain(pin);
			}
		},
	);

	it('warn of numbers that no call can match', () => {
		expect(
			warnings(createRule, rule({ inbound_numbers: ['+1 510 555'], numbers: ['15105550100'] })),
		).toEqual([expect.stringContaining('dispatch_rule.numbers: "15105550100" has no "+"')]);
		expect(ruleNumberWarning('+1 510 555')).toContain('holds formatting characters');
		expect(warnings(createRule, rule({ numbers: ['+15105550100', 'alice', '100'] }))).toEqual([]);
	});
});

describe('list changes, media and masks', () => {
	it.each<[JsonObject, boolean]>([
		[{ add: ['a'] }, true],
		[{ add: ['a'], remove: ['b'] }, true],
		[{ set: ['a'] }, true],
		[{ clear: true }, true],
		[{}, false],
		[{ set: ['a'], add: ['b'] }, false],
		[{ clear: true, remove: ['b'] }, false],
		[{ clear: true, set: ['b'] }, false],
	])('%j is fine: %p', (change, fine) =>
		expect(
			faults('UpdateSIPInboundTrunkRequest', { sip_trunk_id: 'ST_1', update: { numbers: change } })
				.length,
		).toBe(fine ? 0 : 1),
	);

	it('media', () => {
		expect(faults(createInbound, inbound({ media: { only_listed_codecs: true } }))).toEqual([
			expect.stringContaining('trunk.media.codecs is empty'),
		]);
		for (const name of ['', 'PCMU/8000', 'PC MU'])
			expect(faults(createInbound, inbound({ media: { codecs: [{ name }] } }))).toEqual([
				expect.stringContaining('trunk.media.codecs[0].name'),
			]);
		expect(faults(placeCall, place({ media: { media_timeout: '601s' } }))).toHaveLength(1);
		expect(
			faults(placeCall, place({ media: { media_timeout: '600s', codecs: [{ name: 'PCMU' }] } })),
		).toEqual([]);
	});

	it('a mask is never stored as the new secret', () => {
		expect(faults(createInbound, inbound({ auth_username: 'u', auth_password: MASK }))).toEqual([
			expect.stringMatching(/^trunk\.auth_password holds the mask/),
		]);
		expect(
			faults('UpdateSIPOutboundTrunkRequest', {
				sip_trunk_id: 'ST_1',
				update: { auth_password: '******' },
			}),
		).toHaveLength(1);
		expect(
			faults(
				createRule,
				rule({ room_config: { egress: { room: { file_outputs: [{ s3: { secret: MASK } }] } } } }),
			),
		).toHaveLength(1);
	});
});

describe('the address of a carrier', () => {
	it.each([
		['sip.example.com', undefined],
		['sip.example.com:5061', undefined],
		['192.0.2.1', undefined],
		['192.0.2.1:5060', undefined],
		['[2001:db8::1]:5060', undefined],
		['2001:db8::1', undefined],
		['sip.livekit.cloud.example.com', undefined],
		['sip.example.com/path', /path/],
		['sip.example.com:0', /port "0"/],
		['sip.example.com:65536', /port "65536"/],
		['sip.example.com:', /port ""/],
		['sip.example.com:sip', /port "sip"/],
		['carrier', /no dot/],
		['carrier:5060', /no dot/],
		['abc123.sip.livekit.cloud', /LiveKit's own/],
		['ABC.SIP.LiveKit.Cloud:5060', /LiveKit's own/],
		['192.0.2.256', /no IP address/],
		['192.0.2', /no IP address/],
		['[2001:db8]', /no IPv6/],
	])('%s', (address, words) => {
		const expected = words ? [expect.stringMatching(words)] : [];
		expect(warnings(createOutbound, outbound({ address }))).toEqual(expected);
		const update = { sip_trunk_id: 'ST_1', update: { address } };
		expect(warnings('UpdateSIPOutboundTrunkRequest', update)).toEqual(expected);
	});
});
