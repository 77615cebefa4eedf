import { subtitleOfOperation } from '../shared/subtitle';
import { resources } from './operations';
import type { Operation, Resource } from './rows/operation';

/** What stands under the node on the canvas, such as "Get Many: Dispatch Rules". */
function textOf({ label, labelOfMany }: Resource, { name, value }: Operation): string {
	const short = name.replace(/ \(.*/, '');
	return `${short}: ${value.endsWith('All') ? labelOfMany : label}`;
}

/** An expression of n8n that gives the labels of operation and resource. */
export const subtitle = subtitleOfOperation(
	Object.fromEntries(
		resources.flatMap((resource) =>
			resource.operations.map((operation) => [
				`${resource.value}:${operation.value}`,
				textOf(resource, operation),
			]),
		),
	),
);
