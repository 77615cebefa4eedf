import { type Fingerprinter, fingerprinter, serverPrint } from '../../livekit/watch/fingerprint';
import type { Snapshot } from '../../livekit/watch/snapshot';
import type { Filters } from './filters';

/** The stored state, and how far it holds for this poll. */
export interface Past {
	/** Fingerprint of the server's URL. */
	readonly server: string;
	readonly prints: Fingerprinter;
	/** The filters, as text. */
	readonly filter: string;
	/** What was stored last, of whatever server. */
	readonly stored: Snapshot | undefined;
	/** The same if it is of this server. */
	readonly state: Snapshot | undefined;
	readonly sameKey: boolean;
	readonly sameFilter: boolean;
}

/** Reads a stored state for a server and the credential's secret. */
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
