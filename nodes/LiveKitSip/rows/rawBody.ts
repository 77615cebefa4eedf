import { type INode, type INodeProperties, NodeHelpers } from 'n8n-workflow';
import { type JsonObject, type JsonValue, isObject, setOwn } from '../../../livekit/json';
import { picked } from '../../../livekit/codec/given';
import { fieldsIn } from '../../shared/fieldsIn';
import { modePlaces } from '../fields/locators';
import type { ReadInRow } from './parameterReader';

function write(body: JsonObject, path: string, value: JsonValue): void {
	const names = path.split('.');
	const last = names.pop() ?? path;
	let target = body;
	for (const name of names) {
		const inner = target[name];
		const next = isObject(inner) ? inner : {};
		target[name] = next;
		target = next;
	}
	setOwn(target, last, value);
}

/** The parameters of an operation that n8n shows for a node as it is set up. Only they count, for all rows alike. */
export function shownProperties(
	node: INode,
	properties: readonly INodeProperties[],
): INodeProperties[] {
	return properties.filter((property) =>
		NodeHelpers.displayParameter(node.parameters, property, node, null, node.parameters),
	);
}

/** Where a parameter writes to, which the mode of a picker may decide. Undefined if it fills no field of the request. */
function placeOf(property: INodeProperties, given: unknown): string | undefined {
	const mode = isObject(given) ? given.mode : undefined;
	const own = modePlaces(property).find((place) => place.mode === mode);
	return own?.path ?? property.routing?.send?.property;
}

/**
 * The raw body of a row, as n8n's routing engine builds it from the same descriptions (`routing.send.property`).
 *
 * @param shown parameters that count, see {@link shownProperties}
 * @param parameters their values as the workflow holds them, with expressions as text
 * @throws what n8n throws for an expression that cannot be evaluated
 */
export function collectBody(
	read: ReadInRow,
	shown: readonly INodeProperties[],
	parameters: INode['parameters'],
): JsonObject {
	const body: JsonObject = {};
	for (const property of shown) {
		const path = placeOf(property, parameters[property.name]);
		const extractValue = property.type === 'resourceLocator';
		if (path) write(body, path, read(property.name, '', { extractValue }) as JsonValue);
		if (property.type !== 'collection') continue;
		const fields = fieldsIn(property).filter((field) => field.routing?.send?.property);
		if (fields.length === 0) continue;
		const given = read(property.name, {});
		if (!isObject(given)) continue;
		for (const field of fields) {
			const inner = field.routing?.send?.property;
			if (inner && Object.hasOwn(given, field.name))
				write(body, inner, picked(given[field.name]) as JsonValue);
		}
	}
	return body;
}
