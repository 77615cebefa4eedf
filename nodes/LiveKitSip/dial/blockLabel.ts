/** Labels of a parameter that holds blocks. */
interface BlockLabels {
	readonly whole: string;
	readonly block: string;
	/** Labels of the fields of a block, by their names. */
	readonly fields: Readonly<Record<string, string>>;
}

/**
 * A path such as `blocks[1].from` by the labels of the form: `Hours 2: From` if there are several blocks, else `From`, and
 * the label of the whole where it is about no field.
 *
 * @param blocks the blocks as the form gives them
 */
export function blockLabel(
	{ whole, block, fields }: BlockLabels,
	path: string,
	blocks: unknown,
): string {
	const [, place, field] = /^blocks\[(\d+)\](?:\.(\w+))?$/.exec(path) ?? [];
	const several = Array.isArray(blocks) && blocks.length > 1;
	const where = place && several ? `${block} ${Number(place) + 1}` : whole;
	if (field === undefined) return where;
	return several ? `${where}: ${fields[field]}` : fields[field];
}
