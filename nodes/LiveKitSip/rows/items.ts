import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { RowResult } from './failure';

/** What becomes of a row's failure: n8n's error, an item that tells of it, or the item that the operation gave for it. */
export type OnFailure = 'throw' | 'report' | 'instead';

/**
 * The items of a row, linked to their input.
 *
 * `{ error }` alone is the shape that both majors of n8n route to the error output with linking and input kept.
 *
 * @param onFailure with `instead` a failure for which the operation gave no item is reported
 * @throws the row's NodeApiError or NodeOperationError with `throw`
 */
export function itemsOf(
	itemIndex: number,
	result: RowResult<IDataObject[]>,
	onFailure: OnFailure,
): INodeExecutionData[] {
	const linked = (json: IDataObject) => ({ json, pairedItem: { item: itemIndex } });
	if ('value' in result) return result.value.map(linked);
	if (onFailure === 'throw') throw result.failure;
	if (onFailure === 'instead' && result.instead) return result.instead.map(linked);
	return [linked({ error: wordsOf(result.failure) })];
}

/** Message and description of a failure, as sentences. */
export function wordsOf({
	message,
	description,
}: {
	readonly message: string;
	readonly description?: string | null;
}): string {
	return description ? `${message.replace(/\.$/, '')}. ${description}` : message;
}
