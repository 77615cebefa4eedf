import { BlockList, isIP } from 'node:net';
import * as fc from '../../support/fastCheck';
import {
	allowedRange,
	contains,
	overlap,
	parseIp,
	parseRange,
	unmapped,
} from '../../../livekit/checks/ip';

const texts = fc.oneof(
	fc.ipV4(),
	fc.ipV6(),
	fc.stringMatching(/^[0-9a-f:.]{0,20}$/),
	fc.tuple(fc.ipV6(), fc.ipV4()).map(([six, four]) => `${six.slice(0, 12)}${four}`),
	fc.constantFrom(
		'010.0.0.1',
		'1.2.3',
		'::',
		':::',
		'1::2::3',
		'::ffff:1.2.3.4',
		'1:2:3:4:5:6:7::',
		'1.2.3.4::',
	),
);

// Go wants that `::` stands for a group at least, Node does not.
const hasIdleColons = (text: string) => text.split(':').length > 8 && text.includes('::');

it('reads the same addresses as Node does', () => {
	fc.assert(
		fc.property(texts, (text) => {
			if (hasIdleColons(text)) return;
			expect(parseIp(text)?.bits ?? 0).toBe([0, 32, 0, 0, 32, 0, 128][isIP(text)]);
		}),
		{ numRuns: 3000 },
	);
});

const ranges = fc.oneof(
	fc.tuple(fc.ipV4(), fc.nat(32), fc.constant('ipv4' as const)),
	fc.tuple(fc.ipV6(), fc.nat(128), fc.constant('ipv6' as const)),
);
// Most of the addresses are near a range.
const near = (text: string) =>
	fc.oneof(fc.constant(text), fc.ipV4(), fc.ipV6(), fc.constant(text.replace(/[\da-f]$/, '7')));

it('finds the same addresses in a block as Node does', () => {
	fc.assert(
		fc.property(
			ranges.chain((range) => fc.tuple(fc.constant(range), near(range[0]))),
			([[start, length, family], address]) => {
				const range = parseRange(`${start}/${length}`);
				const ip = parseIp(address);
				// Node takes a mapped address for the IPv4 one.
				if (!range || !ip || ip.value >> 32n === 0xffffn || range.ip.value >> 32n === 0xffffn)
					return;
				const blocks = new BlockList();
				blocks.addSubnet(start, length, family);
				// Node takes IPv4 for a part of IPv6, too.
				const isSame = ip.bits === range.ip.bits;
				expect(contains(range, ip)).toBe(isSame && blocks.check(address, family));
			},
		),
		{ numRuns: 3000 },
	);
});

it.each(['192.0.2.1', '192.0.2.1/24', '::/0', '2001:db8::1', '64:ff9b::192.0.2.1'])(
	'LiveKit takes %s as an allowed address',
	(text) => expect(allowedRange(text)).toBeDefined(),
);

it.each([
	'',
	'a.example',
	'192.0.2.1/33',
	'192.0.2.1/024',
	'192.0.2.1/',
	'[::1]',
	'::ffff:192.0.2.1',
	'fe80::1%eth0',
	'fe80::1%',
	'1:2:3:4:5:6:7:8::',
])('LiveKit does not take %s as an allowed address', (text) =>
	expect(allowedRange(text)).toBeUndefined(),
);

it('knows which ranges meet, and what a mapped address stands for', () => {
	const range = (text: string) => {
		const read = parseRange(text);
		if (!read) throw new Error(`${text} is no range`);
		return read;
	};
	expect(overlap(range('10.0.0.0/8'), range('10.1.2.3'))).toBe(true);
	expect(overlap(range('10.1.2.3'), range('10.0.0.0/8'))).toBe(true);
	expect(overlap(range('10.0.0.0/9'), range('10.128.0.0/9'))).toBe(false);
	expect(overlap(range('0.0.0.0/0'), range('::/0'))).toBe(false);
	expect(unmapped(range('::ffff:192.0.2.1').ip)).toEqual(parseIp('192.0.2.1'));
});
