/** Whether a parameter of a workflow's JSON holds, at any depth, a text of which something is true. */
export function someText(raw: unknown, isTrueOf: (text: string) => boolean): boolean {
	if (typeof raw === 'string') return isTrueOf(raw);
	if (typeof raw !== 'object' || raw === null) return false;
	return Object.values(raw).some((inner) => someText(inner, isTrueOf));
}
