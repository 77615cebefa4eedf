/** How a version of LiveKit reads trunks and rules. */
export interface Reading {
	/**
	 * What entries of Allowed Addresses are compared with. `newest`: addresses and blocks with the address of the call, other
	 * texts with the host in its From header. `older`: all of them with that host too, and no brackets around IPv6.
	 * `strict`: with the address of the call only; other texts match nothing (LiveKit can be built so, see docs/livekit.md).
	 */
	readonly addresses: 'newest' | 'older' | 'strict';
	/** Whether two spellings of a number on one trunk count as two trunks, so that calls to it fail. */
	readonly countsSpellings: boolean;
	/** Whether the room of a caller begins with an underscore if there is no prefix, and always ends in random characters. */
	readonly alwaysRandom: boolean;
	/** Whether rules know the numbers that were called. */
	readonly ruleNumbers: boolean;
}

/** One way in which servers before a version differ from the newest. */
export interface ServerDifference {
	/** The first version that reads as the newest does. */
	readonly before: string;
	/** What older ones do, as a sentence. */
	readonly what: string;
	/** Empty if calls go to the same rooms. */
	readonly reading: Partial<Reading>;
}

/** How LiveKit reads trunks and rules with livekit/protocol v1.54.0. */
export const newestReading: Reading = {
	addresses: 'newest',
	countsSpellings: false,
	alwaysRandom: false,
	ruleNumbers: true,
};

/** How older servers differ, newest difference first. Learnt from the sources of the servers and the livekit/protocol that each is built with. */
export const serverDifferences: readonly ServerDifference[] = [
	{
		before: '1.13.12',
		what: 'Every entry of Allowed Addresses, an IP address too, also allows calls whose From header has this text as its host. An IPv6 address in brackets allows nothing else.',
		reading: { addresses: 'older' },
	},
	{
		before: '1.13.8',
		what: 'A call that no dispatch rule takes is not refused: it rings without an end.',
		reading: {},
	},
	{
		before: '1.12.0',
		what: 'Two spellings of a number on one trunk make all calls to it end. When a trunk is written, two spellings are two numbers.',
		reading: { countsSpellings: true },
	},
	{
		before: '1.10.0',
		what: 'A room per caller always ends in random characters, and begins with an underscore if there is no prefix.',
		reading: { alwaysRandom: true },
	},
	{
		before: '1.9.11',
		what: 'Dispatch rules do not know Called Numbers.',
		reading: { ruleNumbers: false },
	},
];

function isBefore(version: string, other: string): boolean {
	const [left, right] = [version, other].map((text) => text.split('.').map(Number));
	const at = right.findIndex((part, index) => part !== (left[index] ?? 0));
	return at >= 0 && (left[at] ?? 0) < right[at];
}

/** How a version of LiveKit's server differs from the newest, newest difference first. */
export function differencesOf(version: string): ServerDifference[] {
	return serverDifferences.filter(({ before }) => isBefore(version, before));
}

/**
 * How a version of LiveKit's server reads trunks and rules.
 *
 * @param version such as `1.13.5`; without it the newest
 */
export function readingOf(version?: string): Reading {
	if (version === undefined) return newestReading;
	return Object.assign({}, newestReading, ...differencesOf(version).map(({ reading }) => reading));
}
