import type { Fault, JsonObject } from '../json';

/** What a checker finds in one message: faults stop the request, warnings go with the result. */
export interface Findings {
	readonly faults: Fault[];
	readonly warnings: string[];
}

/** What the user allowed explicitly. */
export interface Allowances {
	/** Host names among the allowed addresses of an inbound trunk, which newer servers refuse. */
	readonly hostNames?: boolean;
}

/** Looks at one message of a body, at its wire path. */
export type Checker = (
	body: JsonObject,
	path: string,
	findings: Findings,
	allow: Allowances,
) => void;
