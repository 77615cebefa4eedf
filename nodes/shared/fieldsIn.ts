import type { INodeProperties } from 'n8n-workflow';

/** The fields of a collection. */
export function fieldsIn(collection: INodeProperties): INodeProperties[] {
	return (collection.options ?? []).filter((entry): entry is INodeProperties => 'type' in entry);
}
