import {
	type Ip,
	type IpRange,
	allowedRange,
	contains,
	overlap,
	parseRange,
	unmapped,
} from '../checks/ip';
import type { Reading } from './servers';

/** Where a call comes from. */
export interface Origin {
	/** Undefined if it is not known. */
	readonly ip: Ip | undefined;
	/** Host of the From header, empty if it is not known. */
	readonly host: string;
}

/** Which calls the Allowed Addresses of a trunk let in. */
export interface AddressGate {
	/** Whether every address is let in. */
	readonly open: boolean;
	readonly ranges: readonly IpRange[];
	/** Hosts of From headers. */
	readonly hosts: ReadonlySet<string>;
	/** Whether a call is let in whose address is not known. */
	readonly takesUnknown: boolean;
	/** Whether addresses are compared as the IPv4 ones that they stand for. */
	readonly unmaps: boolean;
}

const closed = { open: false, takesUnknown: true, unmaps: false };

function isSkipped(entry: string): boolean {
	return /[()+*;, \t\n\r]|:\/\//.test(entry);
}

function withoutBrackets(entry: string): string {
	return entry.replace(/^\[([^/]*)\](?=\/|$)/, '$1');
}

/** Reads Allowed Addresses (livekit/protocol sip/sip.go, matchAddrMasks and matchAddrMasksStrict). */
export function addressGate(entries: readonly string[], reading: Reading): AddressGate {
	if (reading.addresses === 'strict') {
		const ranges = entries.flatMap((entry) => allowedRange(entry) ?? []);
		const open = entries.length === 0;
		return { open, ranges, hosts: new Set(), takesUnknown: open, unmaps: true };
	}
	const read = entries.filter((entry) => !isSkipped(entry));
	if (read.length === 0) return { ...closed, open: true, ranges: [], hosts: new Set() };
	if (reading.addresses === 'older') {
		const ranges = read.flatMap((entry) => (entry.includes('%') ? [] : (parseRange(entry) ?? [])));
		return { ...closed, ranges, hosts: new Set(read) };
	}
	const parsed = read.map((entry) => ({ entry, range: parseRange(withoutBrackets(entry)) }));
	return {
		...closed,
		ranges: parsed.flatMap(({ range }) => range ?? []),
		hosts: new Set(parsed.filter(({ range }) => !range).map(({ entry }) => entry)),
	};
}

/** Whether a trunk lets a call in from where it comes. */
export function letsIn(gate: AddressGate, { ip, host }: Origin): boolean {
	if (gate.open) return true;
	if (!ip) return gate.takesUnknown;
	const compared = gate.unmaps ? unmapped(ip) : ip;
	return gate.hosts.has(host) || gate.ranges.some((range) => contains(range, compared));
}

/** The hosts that are no addresses. */
export function namesOf({ hosts }: AddressGate): string[] {
	return [...hosts].filter((host) => parseRange(host) === undefined);
}

/**
 * Whether one call can be let in by both gates. A call has one address and one host, so gates that know only names, or only
 * addresses, may exclude each other; a call from any address can have any host in its From header. That this host is an
 * address of another trunk's, which counts with older servers, is not expected.
 */
export function canBothLetIn(one: AddressGate, other: AddressGate): boolean {
	if (one.open || other.open) return true;
	const [names, otherNames] = [namesOf(one), namesOf(other)];
	if (names.length > 0 && other.ranges.length > 0) return true;
	if (otherNames.length > 0 && one.ranges.length > 0) return true;
	return (
		names.some((name) => otherNames.includes(name)) ||
		one.ranges.some((range) => other.ranges.some((second) => overlap(range, second)))
	);
}
