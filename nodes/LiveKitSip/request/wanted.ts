import type { Row } from './row';

/** How many results Return All and Limit ask for. A limit that an expression makes less than 1 or no number is 1. */
export function wantedOf(row: Row): number {
	if (row.parameter('returnAll', false)) return Infinity;
	const limit = Math.floor(Number(row.parameter('limit', 50)));
	return limit >= 1 ? limit : 1;
}
