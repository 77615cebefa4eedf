import type { IExecuteFunctions, INode, INodeProperties } from 'n8n-workflow';
import { isObject } from '../../../livekit/json';
import { someText } from '../../shared/someText';

/** Reads a parameter of a row by its path, or returns the fallback if the node has none of that name. */
export type ReadParameter = (
	name: string,
	itemIndex: number,
	fallback: unknown,
	options?: { readonly extractValue?: boolean },
) => unknown;

/** Reads a parameter of one row by its path, or returns the fallback if the node has none of that name. */
export type ReadInRow = (
	name: string,
	fallback: unknown,
	options?: { readonly extractValue?: boolean },
) => unknown;

/** What a parameter holds in the workflow, with expressions as text. */
function rawAt({ parameters }: Pick<INode, 'parameters'>, name: string): unknown {
	return name
		.split('.')
		.reduce<unknown>((inside, part) => (isObject(inside) ? inside[part] : undefined), parameters);
}

const holdsExpression = (raw: unknown) => someText(raw, (text) => text.startsWith('='));

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
	const node = functions.getNode();
	const known = new Map<string, unknown>();
	return (name, itemIndex, fallback, options) => {
		const key = options?.extractValue ? `${name} extracted` : name;
		if (known.has(key)) {
			const value = known.get(key);
			return isObject(value) ? { ...value } : value;
		}
		const raw = rawAt(node, name);
		if (raw === undefined) return fallback;
		const value: unknown = functions.getNodeParameter(name, itemIndex, fallback, options);
		// Nested values are read anew, since a row may write into them.
		if (!holdsExpression(raw) && isFlat(value))
			known.set(key, isObject(value) ? { ...value } : value);
		return value;
	};
}

/**
 * A reader of the parameters of one row that asks for each only once, so that the value that was checked is the value that
 * counts: an expression with chance or the time in it gives another one when it is asked again. Collections are read field
 * by field, so that a field is the same alone and in its collection.
 *
 * @param properties parameters of the operation
 */
export function rowReader(
	read: ReadParameter,
	node: INode,
	properties: readonly INodeProperties[],
	itemIndex: number,
): ReadInRow {
	const collections = new Set(
		properties.filter(({ type }) => type === 'collection').map(({ name }) => name),
	);
	const known = new Map<string, unknown>();
	const readOnce: ReadInRow = (name, fallback, options) => {
		const raw = rawAt(node, name);
		if (raw === undefined) return fallback;
		if (collections.has(name) && isObject(raw)) {
			const fields = Object.keys(raw).filter((field) => raw[field] !== undefined);
			return Object.fromEntries(
				fields.map((field) => [field, readOnce(`${name}.${field}`, undefined)]),
			);
		}
		const key = options?.extractValue ? `${name} extracted` : name;
		if (!known.has(key)) known.set(key, read(name, itemIndex, fallback, options));
		return known.get(key);
	};
	return readOnce;
}
