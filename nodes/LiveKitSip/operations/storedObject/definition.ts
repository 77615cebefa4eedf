import type { INodeProperties } from 'n8n-workflow';

/** What tells the three stored objects (inbound trunk, outbound trunk, dispatch rule) apart in the form. */
export interface ObjectDefinition {
	/** Value of the Resource parameter. */
	readonly resource: string;
	/** Name in sentences, such as `inbound trunk`, and with its article. */
	readonly noun: string;
	readonly aNoun: string;
	/** Picker of one object; the place in the body is that of its id. */
	readonly locator: (description: string) => INodeProperties;
	/** The form of a whole object at a place in the body. */
	readonly fields: (place: string) => INodeProperties[];
	/** Where LiveKit's create request holds the object: `trunk` or `dispatch_rule`. */
	readonly wrapper: string;
	/** The form of changes, at `update`. */
	readonly changes: INodeProperties[];
	/** LiveKit's own filters of Get Many. */
	readonly filters: INodeProperties[];
	/** Entries of Options of all writing operations, and of those that change an existing object. */
	readonly writeOptions: INodeProperties[];
	readonly changeOptions: INodeProperties[];
	/** What a replace clears that one might not expect. */
	readonly cleared: string;
	/** What a deletion leaves behind. */
	readonly left: string;
	/** Example JSON of a create request and of an update. */
	readonly createExample: string;
	readonly updateExample: string;
}
