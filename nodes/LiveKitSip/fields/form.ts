import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

/** Routing of a parameter that writes its raw value to a path in the request body, such as `trunk.name`. */
export function to(property: string): INodePropertyRouting {
	return { send: { type: 'body', property } };
}

/** Shows parameters for one operation of a resource only; their own conditions stay. */
export function showFor(
	resource: string,
	operation: string,
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		},
	}));
}

/** Parameters of a form, behind the parameters that take the same body as JSON. */
export function withJson(
	noun: string,
	example: string,
	properties: INodeProperties[],
): INodeProperties[] {
	return [...jsonFields(noun, example), ...inForm(properties)];
}

/** The choice between form and JSON, and the parameter that takes the body as JSON. */
export function jsonFields(noun: string, example: string): INodeProperties[] {
	return [
		{
			displayName: 'Input Mode',
			name: 'inputMode',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Form', value: 'form', description: 'Fill in the fields of the form' },
				{
					name: 'JSON',
					value: 'json',
					description: "Paste the request as LiveKit's documentation, its CLI or an SDK writes it",
				},
			],
			default: 'form',
			description: `How to give the ${noun}: field by field, or as JSON`,
		},
		{
			displayName: 'JSON',
			name: 'jsonBody',
			type: 'json',
			typeOptions: { rows: 8 },
			displayOptions: { show: { inputMode: ['json'] } },
			default: example,
			required: true,
			description:
				"The request in LiveKit's JSON, in snake_case or camelCase, wrapped or flat. Names that LiveKit does not know are reported, never dropped.",
			routing: to('json'),
		},
	];
}

/** Shows parameters only while the body is given as a form. */
export function inForm(properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { inputMode: ['form'], ...property.displayOptions?.show },
		},
	}));
}

/** Sorts the entries of a collection by label, as n8n shows long lists. Labels are ASCII: a locale would cost 9 ms at load. */
export function sorted(entries: INodeProperties[]): INodeProperties[] {
	return [...entries].sort((left, right) =>
		left.displayName.toLowerCase() < right.displayName.toLowerCase() ? -1 : 1,
	);
}

function collection(
	displayName: string,
	name: string,
	placeholder: string,
	entries: INodeProperties[],
	description?: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'collection',
		placeholder,
		default: {},
		...(description ? { description } : {}),
		options: sorted(entries),
	};
}

/** Optional fields of a form. */
export function additionalFields(entries: INodeProperties[]): INodeProperties {
	return collection('Additional Fields', 'additionalFields', 'Add Field', entries);
}

/** Fields of an update. */
export function updateFields(entries: INodeProperties[]): INodeProperties {
	const description =
		'Only the fields that you add here are changed. A field that is added and left empty is cleared; an expression that finds nothing stops the row.';
	return collection('Update Fields', 'updateFields', 'Add Field', entries, description);
}

/** Fields that most users never need. */
export function carrierOptions(entries: INodeProperties[]): INodeProperties {
	return collection('Carrier Options', 'carrierOptions', 'Add Carrier Option', entries);
}
