import type { INodeProperties } from 'n8n-workflow';
import type { StoredObject } from '../../../../livekit/schema/rpc';

/** What tells the three stored objects (inbound trunk, outbound trunk, dispatch rule) apart. */
export interface ObjectDefinition {
	/** Value of the Resource parameter. */
	readonly resource: string;
	/** Its messages, id and methods. */
	readonly object: StoredObject;
	/** Name in sentences with its article; `object.noun` is the name alone. */
	readonly aNoun: string;
	/** Picker of one object, which writes its id. */
	readonly locator: (description: string) => INodeProperties;
	/** The form of a whole object, which writes to a wire path such as `trunk`. */
	readonly fields: (path: string) => INodeProperties[];
	/** The form of changes, at `update`. */
	readonly changes: INodeProperties[];
	/** LiveKit's own filters of Get Many. */
	readonly filters: INodeProperties[];
	/** Entries of Options of all writing operations. */
	readonly writeOptions: INodeProperties[];
	/** What a replace clears that one might not expect. */
	readonly cleared: string;
	/** What a deletion leaves behind. */
	readonly left: string;
	/** Example JSON of a create request and of an update. */
	readonly createExample: string;
	readonly updateExample: string;
}
