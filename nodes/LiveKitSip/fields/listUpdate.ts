import type { INodeProperties } from 'n8n-workflow';
import { ROWS } from '../../../livekit/codec/given';
import { type JsonValue, isObject } from '../../../livekit/json';
import type { Result } from '../../../livekit/result';
import { to } from './form';

interface ListField {
	displayName: string;
	name: string;
	path: string;
	description: string;
	/** What the list holds, as the label of the field for them. */
	entries: string;
	example: string;
}

function changeField(
	{ displayName, name, path, description }: Omit<ListField, 'entries' | 'example'>,
	values: INodeProperties[],
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		placeholder: 'Add Change',
		default: {},
		description,
		options: [{ displayName: 'Change', name: 'change', values }],
		routing: to(path),
	};
}

/** A change of a list: set, add, remove or clear, read by `readListChange`. */
export function listUpdateField(field: ListField): INodeProperties {
	return changeField(field, [
		{
			displayName: 'Change',
			name: 'mode',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Add', value: 'add', description: 'Add to the entries that are there' },
				{ name: 'Clear', value: 'clear', description: 'Remove all entries' },
				{
					name: 'Remove',
					value: 'remove',
					description: 'Remove these entries, keep the others',
				},
				{ name: 'Set', value: 'set', description: 'Replace all entries by these' },
			],
			default: 'add',
		},
		{
			displayName: field.entries,
			name: 'entries',
			type: 'string',
			displayOptions: { hide: { mode: ['clear'] } },
			default: '',
			placeholder: `e.g. ${field.example}`,
			description: 'One or several, separated by commas',
		},
	]);
}

/** Rows of a form, without their label and place. */
export type Rows = Pick<
	INodeProperties,
	'type' | 'typeOptions' | 'placeholder' | 'default' | 'options'
>;

interface RowsField extends Omit<ListField, 'entries' | 'example'> {
	/** What it means that all rows are removed, as a sentence. */
	cleared: string;
	rows: Rows;
}

/** A change of rows, which LiveKit stores as a whole: set or remove all, read by `readRowsChange`. */
export function rowsUpdateField(field: RowsField): INodeProperties {
	return changeField(field, [
		{
			displayName: 'Change',
			name: 'mode',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Remove All', value: 'clear', description: field.cleared },
				{ name: 'Set', value: 'set', description: 'Replace all that are there by these' },
			],
			default: 'set',
		},
		{
			...field.rows,
			displayName: `All ${field.displayName}`,
			name: 'entries',
			displayOptions: { show: { mode: ['set'] } },
			description: 'All that are to be there afterwards',
		},
	]);
}

/** What a change of rows writes: the rows, none to remove all, or a fault, the rest of a sentence that begins with the field. */
export function readRowsChange(given: unknown): Result<JsonValue> {
	if (!isObject(given) || !('change' in given || Object.keys(given).length === 0))
		return { value: given as JsonValue };
	const { mode, entries } = isObject(given.change) ? given.change : {};
	if (mode === 'clear') return { value: [] };
	const rows = isObject(entries) ? entries[ROWS] : undefined;
	if (mode === 'set' && Array.isArray(rows) && rows.length > 0) return { value: rows };
	return { fault: 'changes nothing: add a change, with entries to set, or choose Remove All' };
}
