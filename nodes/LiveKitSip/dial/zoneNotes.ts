import type { ZoneFinding } from '../../../livekit/callees/callingHours';
import type { Row } from '../rows/row';
import type { CallFacts } from './item';
import type { Shape } from './shape';

/** Why the time zone of a callee is not known: what the row says, or a number of its that tells none. */
export type Zoneless = ZoneFinding | { readonly zone: 'untold'; readonly number: string };

/** A row with Calling Hours whose time zone is not known. */
export interface ZonelessRow {
	readonly row: Row;
	readonly shape: Shape;
	readonly facts: CallFacts;
	readonly found: Zoneless;
}

/** What the rows of a run with Calling Hours say about their time zones. */
export interface ZoneNotes {
	/** Whether the zone of some row is known. */
	known: boolean;
	/** By row index. */
	readonly without: Map<number, ZonelessRow>;
}
