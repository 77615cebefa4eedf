const note = 'left out: a note for people or agents';

/** What each exception of nodes/LiveKitSip/fields/whenNothing.ts means, for docs/parameters.md. */
export const nothingMeanings: Readonly<Record<string, string>> = {
	callTo: '`invalid_number`',
	timeZoneName: '`time_zone_missing`',
	triesSoFar: '`tries_missing`',
	callsToday: '`tries_missing`',
	lastCalledAt: '`tries_missing`',
	'guards.doNotCall': 'stops; an empty list is fine',
	excludedDates: 'stops; an empty list is fine',
	'options.room': 'stops; left empty it means a room of its own for each call',
	'additionalFields.dtmf': 'left out: no keys are pressed',
	'additionalFields.displayName': 'no name beside the caller ID',
	'additionalFields.participantName': 'left out: a name for people',
	'additionalFields.participantMetadata': note,
	'additionalFields.participantAttributes.rows.value': 'left out: an attribute without a value',
	'additionalFields.attributes.rows.value': 'left out: an attribute without a value',
	'additionalFields.metadata': note,
	'agentOptions.agentMetadata': note,
	'agents.rows.metadata': note,
	metadata: note,
	name: 'left out: a name for people',
};
