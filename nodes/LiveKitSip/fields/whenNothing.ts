import type { WhenNothing } from '../../shared/nothingFound';

/**
 * The only fields that do not stop a row for which their expression finds nothing, by their place in the workflow's JSON. A
 * field is left out only if the row does the same to the same people without it. `tools/generate/nothing.ts` says for the
 * documents what each of them does.
 */
export const exceptions: ReadonlyMap<string, WhenNothing> = new Map([
	['callTo', 'tells'],
	['timeZoneName', 'tells'],
	['triesSoFar', 'tells'],
	['callsToday', 'tells'],
	['lastCalledAt', 'tells'],
	// A long list is read once for all rows, in steps.
	['guards.doNotCall', 'tells'],
	['excludedDates', 'takesEmptyList'],
	['options.room', 'mayBeEmpty'],
	['additionalFields.dtmf', 'leavesOut'],
	['additionalFields.displayName', 'leavesOut'],
	['additionalFields.participantName', 'leavesOut'],
	['additionalFields.participantMetadata', 'leavesOut'],
	['additionalFields.participantAttributes.rows.value', 'leavesOut'],
	['additionalFields.attributes.rows.value', 'leavesOut'],
	['additionalFields.metadata', 'leavesOut'],
	['agentOptions.agentMetadata', 'leavesOut'],
	['agents.rows.metadata', 'leavesOut'],
	['metadata', 'leavesOut'],
	['name', 'leavesOut'],
]);

/**
 * What an operation does if a field that was added has nothing for a row. In an update every field stops the row: it cannot
 * be known whether what is stored is to stay or to go.
 */
export function whenNothing(operation: string, path: string): WhenNothing {
	return operation === 'update' ? 'stops' : (exceptions.get(path) ?? 'stops');
}

// The number to call has an outcome of its own.
const harmless =
	/(?:^|\.)(?:name|metadata|display_name|dtmf|participant_name|participant_metadata|sip_call_to|(?:participant_)?attributes\.[^.]+)$/;

/** Whether an exception of the form holds for a field of a request that is given as JSON, by its wire path. */
export function isHarmlessInJson(path: string): boolean {
	return harmless.test(path);
}
