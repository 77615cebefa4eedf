import type { Row } from '../rows/row';
import type { CallFacts } from './item';
import type { CallSettings } from './settings';

/** A row without something that the setup of its node needs. */
export interface NotedRow<Found> {
	readonly row: Row;
	readonly settings: CallSettings;
	readonly facts: CallFacts;
	readonly found: Found;
}

/** What the rows of a run say about something that each of them should have. */
export interface RowNotes<Found> {
	/** Whether some row has it. */
	known: boolean;
	/** Those that do not, by row index. */
	readonly without: Map<number, NotedRow<Found>>;
}
