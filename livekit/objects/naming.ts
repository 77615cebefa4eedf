import type { JsonObject, JsonValue } from '../json';
import { plainLine } from '../plain';

/** A dispatch rule that names a trunk. */
export interface NamingRule {
	/** Its name and ID, such as `Reception (SDR_x)`. */
	readonly shown: string;
	/** The other trunks that it names. */
	readonly others: readonly string[];
}

const longestName = 100;

function idsIn(value: JsonValue | undefined): string[] {
	const ids = Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
	return ids.filter((id) => id !== '');
}

/**
 * The dispatch rules that name a trunk. A rule that names none takes the calls of all, and is not among them.
 *
 * @param rules decoded
 */
export function rulesNaming(trunkId: string, rules: readonly JsonObject[]): NamingRule[] {
	return rules.flatMap((rule) => {
		const ids = idsIn(rule.trunk_ids);
		if (!ids.includes(trunkId)) return [];
		const id = String(rule.sip_dispatch_rule_id);
		const name = typeof rule.name === 'string' ? plainLine(rule.name, longestName) : '';
		return [
			{
				shown: name === '' ? id : `${name} (${id})`,
				others: [...new Set(ids)].filter((other) => other !== trunkId),
			},
		];
	});
}

/**
 * What the deletion of a trunk means for a rule that names it, and what to do.
 *
 * @param isDeleted whether another trunk was deleted, too
 */
export function deletionWarning(
	{ shown, others }: NamingRule,
	isDeleted: (trunkId: string) => boolean,
): string {
	const left = others.filter((id) => !isDeleted(id));
	if (left.length === 0)
		return `The rule ${shown} names this trunk${others.length > 0 ? ' and others that were deleted with it,' : ' only,'} and takes no calls any more. Delete the rule, or change its Trunks. Without any it would take the calls of every trunk`;
	return `The rule ${shown} also names ${left.join(', ')} and goes on with what exists of that. Remove the deleted trunk from its Trunks`;
}
