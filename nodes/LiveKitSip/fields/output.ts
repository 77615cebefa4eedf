import type { INodeProperties } from 'n8n-workflow';

/** Entry of the Options collection: secrets in the output. */
export const includeSecrets: INodeProperties = {
	displayName: 'Include Secrets',
	name: 'includeSecrets',
	type: 'boolean',
	default: false,
	description:
		'Whether to show passwords, PINs and storage keys in the output. Everybody who can see the execution can then read them. Otherwise they read **hidden**.',
};

/** Entry of the Options collection of inbound trunks. */
export const allowHostNames: INodeProperties = {
	displayName: 'Allow Host Names',
	name: 'allowHostNames',
	type: 'boolean',
	default: false,
	description:
		"Whether Allowed Addresses may hold host names. Older LiveKit servers compare them with the caller's From header, newer ones refuse them.",
};

/** Entry of the Options collection of writes of inbound trunks and dispatch rules. */
export const allowConflict: INodeProperties = {
	displayName: 'Allow Conflict',
	name: 'allowConflict',
	type: 'boolean',
	default: false,
	description:
		'Whether to send it to LiveKit even when another trunk or rule is for the same calls. LiveKit refuses that, or accepts it and fails those calls.',
};

/** The Options collection. */
export function optionsOf(...entries: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: entries,
	};
}

/** The Filters collection. */
export function filtersOf(...entries: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: entries,
	};
}

/** Return All and Limit. */
export const returnAllAndLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** Entry of Filters that works on the answer, since LiveKit has no filter for names. */
export const nameFilter: INodeProperties = {
	displayName: 'Name Contains',
	name: 'nameContains',
	type: 'string',
	default: '',
	placeholder: 'e.g. support',
	description: 'Return only those whose name contains this text, in any case',
};
