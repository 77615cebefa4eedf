import { type Fingerprinter, fingerprinter, serverPrint } from '../../livekit/watch/fingerprint';
import type { Snapshot } from '../../livekit/watch/snapshot';
import type { Filters } from './filters';

/** The stored state, and what of it is valid for this poll. */
export interface Past {
	/** Fingerprint of the server's URL. */
	readonly server: string;
	readonly prints: Fingerprinter;
	/** The current filters, as text. */
	readonly filter: string;
	/** What was stored last, for whatever server. */
	readonly stored: Snapshot | undefined;
	/** The same, if it is of this server. */
	readonly state: Snapshot | undefined;
	/** Whether it was made under the same API secret. */
	readonly sameKey: boolean;
	/** Whether it was made under the same filters. */
	readonly sameFilter: boolean;
}

/** Compares a stored state with the server, secret and filters of this poll. */
export function readPast(
	stored: Snapshot | undefined,
	baseUrl: string,
	apiSecret: string,
	filters: Filters,
): Past {
	const server = serverPrint(baseUrl);
	const prints = fingerprinter(apiSecret);
	const filter = JSON.stringify(filters);
	const state = stored?.server === server ? stored : undefined;
	return {
		server,
		prints,
		filter,
		stored,
		state,
		sameKey: state?.key === prints.key,
		sameFilter: state?.filter === filter,
	};
}
