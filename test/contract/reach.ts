import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { MORE, ROWS } from '../../livekit/codec/given';
import { type Field, messageOf, type MessageName } from '../../livekit/schema';
import { modePlaces } from '../../nodes/LiveKitSip/fields/locators';
import { ruleTypes } from '../../nodes/LiveKitSip/fields/ruleType';
import { nodeProperties } from '../../nodes/LiveKitSip/properties';

/** One place of a request body that a parameter writes: wire path, and the parameter. */
export interface Reached {
	readonly path: string;
	readonly parameter: INodeProperties;
}

/** A field of a request message that holds a value: its wire path, and the fields on the way to it with their messages. */
export interface Leaf {
	readonly path: string;
	readonly way: ReadonlyArray<{ readonly message: MessageName; readonly field: Field }>;
}

/** The leaf fields under a message; lists and maps of scalars are leaves, lists of messages go on with `[]`. */
export function leavesOf(message: MessageName, path = '', way: Leaf['way'] = []): Leaf[] {
	return messageOf(message).fields.flatMap((field) => {
		const here = `${path ? `${path}.` : ''}${field.name}${field.shape === 'list' && field.kind === 'message' ? '[]' : ''}`;
		const steps = [...way, { message, field }];
		if (field.kind !== 'message' || steps.length > 12) return [{ path: here, way: steps }];
		const inner = leavesOf(field.type, here, steps);
		return inner.length > 0 ? inner : [{ path: here, way: steps }];
	});
}

function isGroup(entry: object): entry is INodePropertyCollection {
	return 'values' in entry;
}

function isProperty(entry: object): entry is INodeProperties {
	return 'type' in entry;
}

function rowPlaces(place: string, row: INodeProperties): Reached[] {
	const inner = row.name === MORE ? (row.options ?? []).filter(isProperty) : [row];
	return inner.map((parameter) => ({ path: `${place}[].${parameter.name}`, parameter }));
}

/** A map's rows are `name` and `value`, a list of pickers is one column: both are the place itself. */
function fixedCollectionPlaces(place: string, property: INodeProperties): Reached[] {
	return (property.options ?? []).filter(isGroup).flatMap((group) => {
		const names = group.values.map(({ name }) => name);
		const entries = group.values.find(({ type }) => type === 'fixedCollection');
		if (entries) return fixedCollectionPlaces(place, entries);
		if (group.name === 'change') {
			const modes = group.values.find(({ name }) => name === 'mode')?.options ?? [];
			return modes.flatMap((mode) =>
				'value' in mode ? [{ path: `${place}.${String(mode.value)}`, parameter: property }] : [],
			);
		}
		expect(group.name).toBe(ROWS);
		const isMap = names.join() === 'name,value';
		if (isMap || (names.length === 1 && group.values[0].type === 'resourceLocator'))
			return [{ path: place, parameter: property }];
		return group.values.flatMap((row) => rowPlaces(place, row));
	});
}

function placesOf(property: INodeProperties): Reached[] {
	const place = property.routing?.send?.property;
	if (property.type === 'collection')
		return (property.options ?? []).filter(isProperty).flatMap(placesOf);
	if (!place) return [];
	// A change of a rule's field is for whatever type the rule has.
	const [, ofRule] = /^update\.rule\.(\w+)$/.exec(place) ?? [];
	if (ofRule)
		return ruleTypes
			.filter(({ fields }) => fields.includes(ofRule))
			.map(({ branch }) => ({ path: `update.rule.${branch}.${ofRule}`, parameter: property }));
	return property.type === 'fixedCollection'
		? fixedCollectionPlaces(place, property)
		: [place, ...modePlaces(property).map(({ path }) => path)].map((path) => ({
				path,
				parameter: property,
			}));
}

/** What the parameters of an operation's form write into the request body; those shown in JSON mode alone do not count. */
export function reachedBy(resource: string, operation: string): Reached[] {
	return nodeProperties
		.filter(({ displayOptions }) => {
			const {
				resource: resources,
				operation: operations,
				inputMode = ['form'],
			} = displayOptions?.show ?? {};
			return (
				resources?.includes(resource) &&
				operations?.includes(operation) &&
				inputMode.includes('form')
			);
		})
		.flatMap(placesOf);
}
