import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../../../livekit/json';

/** Reads a parameter of a row by its path, or returns the fallback if the node has none of that name. */
export type ReadParameter = (
	name: string,
	itemIndex: number,
	fallback: unknown,
	options?: { readonly extractValue?: boolean },
) => unknown;

function holdsExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(holdsExpression);
}

function isFlat(value: unknown): boolean {
	return (
		typeof value !== 'object' ||
		value === null ||
		(!Array.isArray(value) &&
			Object.values(value).every((inner) => typeof inner !== 'object' || inner === null))
	);
}

/**
 * A reader of parameters that asks n8n only once for parameters without an expression, since they are the same for all
 * rows. n8n looks each one up among all parameters of the node, shown or not, which costs more than the rest of a row.
 *
 * Reading throws what n8n throws for an expression that cannot be evaluated.
 */
export function parameterReader(functions: IExecuteFunctions): ReadParameter {
	const { parameters } = functions.getNode();
	const known = new Map<string, unknown>();
	return (name, itemIndex, fallback, options) => {
		const key = options?.extractValue ? `${name} extracted` : name;
		if (known.has(key)) {
			const value = known.get(key);
			return isObject(value) ? { ...value } : value;
		}
		const raw = name
			.split('.')
			.reduce<unknown>((inside, part) => (isObject(inside) ? inside[part] : undefined), parameters);
		if (raw === undefined) return fallback;
		const value: unknown = functions.getNodeParameter(name, itemIndex, fallback, options);
		// Nested values are read anew, since a row may write into them.
		if (!holdsExpression(raw) && isFlat(value))
			known.set(key, isObject(value) ? { ...value } : value);
		return value;
	};
}
