import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchInboundTrunks, searchOutboundTrunks } from '../shared/listSearch';

/** Trunks of both directions for a picker, by name and number. */
export async function searchTrunks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const lists = [
		await searchInboundTrunks.call(this, filter),
		await searchOutboundTrunks.call(this, filter),
	];
	const byValue = new Map(
		lists.flatMap(({ results }) => results.map((entry) => [entry.value, entry])),
	);
	return { results: [...byValue.values()] };
}
