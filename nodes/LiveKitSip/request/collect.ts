import { type IExecuteFunctions, type INodeProperties, NodeHelpers } from 'n8n-workflow';
import { type JsonObject, type JsonValue, isObject, setOwn } from '../../../livekit/json';
import { nodeProperties } from '../properties';
import type { Row } from './row';

function write(body: JsonObject, place: string, value: JsonValue): void {
	const names = place.split('.');
	const last = names.pop() ?? place;
	let target = body;
	for (const name of names) {
		const inner = target[name];
		const next = isObject(inner) ? (inner as JsonObject) : {};
		target[name] = next;
		target = next;
	}
	setOwn(target, last, value);
}

function fieldsOf(collection: INodeProperties): INodeProperties[] {
	return (collection.options ?? []).filter((entry): entry is INodeProperties => 'type' in entry);
}

/**
 * The raw body of a row, as n8n's routing engine builds it from the same descriptions (`routing.send.property`): for
 * operations that must run row after row, which the engine cannot do.
 *
 * @throws what n8n throws for an expression that cannot be evaluated
 */
export function collectBody(functions: IExecuteFunctions, { node, itemIndex }: Row): JsonObject {
	const body: JsonObject = {};
	for (const property of nodeProperties) {
		if (!NodeHelpers.displayParameter(node.parameters, property, node, null, node.parameters)) continue;
		const place = property.routing?.send?.property;
		const extractValue = property.type === 'resourceLocator';
		if (place) write(body, place, functions.getNodeParameter(property.name, itemIndex, '', { extractValue }) as JsonValue);
		if (property.type !== 'collection') continue;
		const given: unknown = functions.getNodeParameter(property.name, itemIndex, {});
		if (!isObject(given)) continue;
		for (const field of fieldsOf(property)) {
			const inner = field.routing?.send?.property;
			if (inner && Object.hasOwn(given, field.name)) write(body, inner, given[field.name] as JsonValue);
		}
	}
	return body;
}
