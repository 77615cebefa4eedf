import type { INode, NodeOperationError } from 'n8n-workflow';
import { operationError } from '../../shared/errors';
import type { CallItem } from './item';

const fine: ReadonlySet<unknown> = new Set(['answered', 'dialing', 'skipped']);

/** Whether On Unanswered: Fail counts this item. Skipped rows were not called on purpose; unknown ones count. */
export function isUnanswered({ outcome }: Partial<CallItem>): boolean {
	return outcome !== undefined && !fine.has(outcome);
}

function counted(words: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

const mostRows = 20;

/** n8n's error for On Unanswered: Fail, after all rows are done. */
export function unansweredError(
	node: INode,
	items: ReadonlyArray<Partial<CallItem>>,
): NodeOperationError {
	const rows = items.flatMap((item, index) => (isUnanswered(item) ? [{ index, item }] : []));
	const summary = counted(rows.map(({ item }) => String(item.outcome)));
	const lines = rows
		.slice(0, mostRows)
		.map(({ index, item }) => `Row ${index + 1}: ${String(item.message)}`);
	return operationError(
		node,
		`${rows.length} of ${items.length} calls were not answered: ${summary}`,
		{
			description: [
				...lines,
				...(rows.length > mostRows ? ['...'] : []),
				'A retry, by the node or by hand, calls none of them again.',
			].join('\n'),
		},
	);
}
