import type { INodeProperties } from 'n8n-workflow';

/**
 * A literal of n8n's expressions. An expression ends at two closing braces, so none of the texts may hold them, and there is
 * one level only.
 */
function table(texts: Readonly<Record<string, string>>): string {
	return `(${JSON.stringify(texts)})`;
}

/**
 * The subtitle of a node whose operation is chosen by resource and operation.
 *
 * @param texts by resource and operation with a colon between, such as `call:place`
 */
export function subtitleOfOperation(texts: Readonly<Record<string, string>>): string {
	return `={{ ${table(texts)}[$parameter["resource"] + ":" + $parameter["operation"]] }}`;
}

/** The subtitle of a node that shows which options of a parameter are chosen, by their labels. */
export function subtitleOfChoices({ name, options = [] }: INodeProperties): string {
	const texts = options.flatMap((option) =>
		'value' in option ? [[String(option.value), option.name]] : [],
	);
	return `={{ $parameter["${name}"].map((chosen) => ${table(Object.fromEntries(texts))}[chosen]).join(", ") }}`;
}
