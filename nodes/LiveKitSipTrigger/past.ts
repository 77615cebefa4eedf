import {
	type Fingerprinter,
	fingerprinter,
	newSalt,
	serverPrint,
} from '../../livekit/watch/fingerprint';
import type { Snapshot } from '../../livekit/watch/snapshot';
import type { Filters } from './filters';

/** The stored state, and what of it is valid for this poll. */
export interface Past {
	/** Fingerprint of the server's URL. */
	readonly server: string;
	/** Of the state, or a new one. */
	readonly salt: string;
	readonly prints: Fingerprinter;
	/** The current filters, as text. */
	readonly filter: string;
	/** What was stored last, if it is of this server. */
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
	const filter = JSON.stringify(filters);
	const state = stored?.server === server ? stored : undefined;
	const salt = state?.salt ?? newSalt();
	const prints = fingerprinter(apiSecret, salt);
	return {
		server,
		salt,
		prints,
		filter,
		state,
		sameKey: state?.key === prints.key,
		sameFilter: state?.filter === filter,
	};
}
