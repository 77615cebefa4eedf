/** An IP address as Go's net/netip reads it, with which LiveKit reads addresses. */
export interface Ip {
	/** 32 for IPv4, 128 for IPv6, also if it stands for an IPv4 address. */
	readonly bits: 32 | 128;
	readonly value: bigint;
	/** Of IPv6, such as `eth0`; empty mostly. */
	readonly zone: string;
}

/** All addresses that begin with the same bits. */
export interface IpRange {
	readonly ip: Ip;
	/** How many bits of the address count. */
	readonly length: number;
}

// Go refuses leading zeros.
const ipv4 =
	/^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

function joined(parts: readonly number[], bitsOfPart: bigint): bigint {
	return parts.reduce((value, part) => (value << bitsOfPart) | BigInt(part), 0n);
}

function bytesOf(text: string): number[] | undefined {
	return ipv4.exec(text)?.slice(1).map(Number);
}

/** The 16-bit groups of one side of `::`. IPv4 may stand at the end of an address. */
function groupsOf(text: string, isEnd: boolean): number[] | undefined {
	if (text === '') return [];
	const parts = text.split(':');
	const bytes = isEnd ? bytesOf(parts[parts.length - 1]) : undefined;
	const words = bytes ? parts.slice(0, -1) : parts;
	if (!words.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return undefined;
	const tail = bytes ? [bytes[0] * 256 + bytes[1], bytes[2] * 256 + bytes[3]] : [];
	return [...words.map((word) => Number.parseInt(word, 16)), ...tail];
}

function parseIpv6(text: string): Ip | undefined {
	const [address, zone] = text.includes('%')
		? [text.slice(0, text.indexOf('%')), text.slice(text.indexOf('%') + 1)]
		: [text, ''];
	if (text.includes('%') && zone === '') return undefined;
	const sides = address.split('::');
	if (sides.length > 2) return undefined;
	const before = groupsOf(sides[0], sides.length === 1);
	const after = groupsOf(sides[1] ?? '', true);
	if (!before || !after) return undefined;
	const missing = 8 - before.length - after.length;
	if (sides.length === 1 ? missing !== 0 : missing < 1) return undefined;
	const groups = [...before, ...Array.from({ length: missing }, () => 0), ...after];
	return { bits: 128, value: joined(groups, 16n), zone };
}

/** Reads an IP address, undefined if the text is none (Go's netip.ParseAddr). */
export function parseIp(text: string): Ip | undefined {
	const first = /[.:%]/.exec(text)?.[0];
	if (first === ':') return parseIpv6(text);
	const bytes = bytesOf(text);
	return bytes && { bits: 32, value: joined(bytes, 8n), zone: '' };
}

/** Reads an IP address or a block such as `192.0.2.0/24`, undefined if the text is neither (Go's netip.ParsePrefix). */
export function parseRange(text: string): IpRange | undefined {
	const slash = text.lastIndexOf('/');
	const ip = parseIp(slash < 0 ? text : text.slice(0, slash));
	if (!ip) return undefined;
	if (slash < 0) return { ip: { ...ip, zone: '' }, length: ip.bits };
	const length = text.slice(slash + 1);
	const isLength = /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= ip.bits;
	return isLength && ip.zone === '' ? { ip, length: Number(length) } : undefined;
}

/** Whether an address is IPv6 that stands for IPv4, such as `::ffff:192.0.2.1`. */
export function isMapped({ bits, value }: Ip): boolean {
	return bits === 128 && value >> 32n === 0xffffn;
}

/** The IPv4 address that a mapped one stands for; any other address as it is. */
export function unmapped(ip: Ip): Ip {
	return isMapped(ip) ? { bits: 32, value: ip.value & 0xffff_ffffn, zone: '' } : ip;
}

/** Whether a range holds an address. IPv4 and IPv6 have nothing in common, and no range holds a zone. */
export function contains({ ip: start, length }: IpRange, ip: Ip): boolean {
	const shift = BigInt(start.bits - length);
	return start.bits === ip.bits && ip.zone === '' && (start.value ^ ip.value) >> shift === 0n;
}

/** Whether two ranges have an address in common. */
export function overlap(one: IpRange, other: IpRange): boolean {
	return one.length <= other.length ? contains(one, other.ip) : contains(other, one.ip);
}

/** Whether LiveKit takes a text as an allowed address: no zone, no mapped address (livekit/protocol livekit/sip.go). */
export function allowedRange(text: string): IpRange | undefined {
	const range = text.includes('%') ? undefined : parseRange(text);
	return range && !isMapped(range.ip) ? range : undefined;
}

/** The address as text. IPv6 is written out in full. */
export function ipText({ bits, value, zone }: Ip): string {
	const part = bits === 32 ? 8n : 16n;
	const count = bits === 32 ? 4 : 8;
	const parts = Array.from(
		{ length: count },
		(_none, index) => (value >> (part * BigInt(count - 1 - index))) & ((1n << part) - 1n),
	);
	if (bits === 32) return parts.join('.');
	return parts.map((one) => one.toString(16)).join(':') + (zone === '' ? '' : `%${zone}`);
}
