import { type JsonObject } from '../../../livekit/json';
import { nothingFound } from '../../shared/nothingFound';
import { whenNothing } from '../fields/whenNothing';
import { type RowResult, inputFailure } from './failure';
import { limitsByAi } from './limitsByAi';
import type { Run } from './openRow';
import { collectBody } from './rawBody';
import type { Row } from './row';

/** The raw body of a row, or its failure if an AI is to choose a limit, or the user gave a field for which the row has nothing. */
export function readGiven({ node, shown, operation }: Run, row: Row): RowResult<JsonObject> {
	const byAi = limitsByAi(shown, node.parameters);
	if (byAi.length > 0) return inputFailure(row, byAi);
	const faults = nothingFound({
		shown,
		parameters: node.parameters,
		read: (path, options) => row.read(path, undefined, options),
		whenNothing: (path) => whenNothing(operation.value, path),
		where: 'for this row',
		clears: operation.value === 'update',
	});
	return faults.length > 0
		? inputFailure(row, faults)
		: { value: collectBody(row.read, shown, node.parameters) };
}
