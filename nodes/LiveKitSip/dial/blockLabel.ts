/**
 * A path such as `blocks[1].from` by the labels of the form: `Hours, block 2: From` if there are several blocks, else `From`,
 * and the label of the whole where it is about no field.
 *
 * @param blocks the blocks as the form gives them
 * @param labels labels of the fields of a block
 */
export function blockLabel(
	whole: string,
	path: string,
	blocks: unknown,
	labels: Readonly<Record<string, string>>,
): string {
	const [, place, field] = /^blocks\[(\d+)\](?:\.(\w+))?$/.exec(path) ?? [];
	const several = Array.isArray(blocks) && blocks.length > 1;
	const block = place && several ? `${whole}, block ${Number(place) + 1}` : whole;
	if (field === undefined) return block;
	return several ? `${block}: ${labels[field]}` : labels[field];
}
