import type { Fault, JsonObject } from '../json';

/** What checks find. Faults stop the request; warnings go into its result. */
export interface Findings {
	readonly faults: Fault[];
	readonly warnings: string[];
}

/** What the user has explicitly allowed. */
export interface Allowances {
	/** Host names as allowed addresses of an inbound trunk, which newer servers refuse. */
	readonly hostNames?: boolean;
	/** Whether the body is an update, whose changed lists were checked by `readChanges` before they were merged. */
	readonly isUpdate?: boolean;
}

/** Checks one message of a body and adds to the findings. The path says where in the body it is. */
export type Checker = (
	body: JsonObject,
	path: string,
	findings: Findings,
	allow: Allowances,
) => void;
