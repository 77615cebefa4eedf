import { type JsonObject, type JsonValue, at, isObject, show, showEntry } from '../json';
import { texts } from './fields';
import type { Findings } from './findings';

/** A kind of ID. */
interface Kind {
	readonly prefix: string;
	readonly noun: string;
}

// Prefixes as in livekit/protocol utils/guid/id.go.
const trunk: Kind = { prefix: 'ST_', noun: 'trunk' };
const rule: Kind = { prefix: 'SDR_', noun: 'dispatch rule' };

const kinds: ReadonlyMap<string, Kind> = new Map([
	['sip_trunk_id', trunk],
	['trunk_ids', trunk],
	['sip_dispatch_rule_id', rule],
	['dispatch_rule_ids', rule],
]);

function kindOf(id: string): Kind | undefined {
	return [trunk, rule].find(({ prefix }) => id.startsWith(prefix));
}

/**
 * Why a text cannot be an ID of what a field asks for: it is a name, a number, several IDs, or the ID of something else.
 * LiveKit would look for it, and say that it does not exist or that it was deleted.
 *
 * @param field wire name of a field that holds an ID or IDs of trunks or rules; others have no fault
 */
export function idFault(field: string, id: string): string | undefined {
	const kind = kinds.get(field);
	if (!kind || (id.startsWith(kind.prefix) && /^[\w-]+$/.test(id.slice(kind.prefix.length))))
		return undefined;
	const other = kindOf(id);
	const reason =
		other && other !== kind ? `${show(id)}, which is the ID of a ${other.noun}` : showEntry(id);
	return `must be the ID of one ${kind.noun}, which begins with ${kind.prefix}, not ${reason}. Choose the ${kind.noun} from the list, or enter its ID`;
}

/** The entries of a list of IDs that cannot be one, each with its path and what is wrong. Empty entries are left alone. */
export function idFaults(
	field: string,
	list: JsonValue | undefined,
	path: string,
): Array<{ path: string; message: string }> {
	return texts(list).flatMap((id, index) => {
		const message = id === '' ? undefined : idFault(field, id);
		return message === undefined ? [] : [{ path: `${path}[${index}]`, message }];
	});
}

function warn(list: JsonValue | undefined, path: string, findings: Findings): void {
	for (const { path: here, message } of idFaults('trunk_ids', list, path))
		findings.warnings.push(`${here}: ${message}. No call comes over a trunk of this name`);
}

/** Warns of trunks of a rule that are no IDs. LiveKit stores them, and no call matches. */
export function checkRuleTrunks(body: JsonObject, path: string, findings: Findings): void {
	const here = at(path, 'trunk_ids');
	const list = body.trunk_ids;
	if (!isObject(list)) {
		warn(list, here, findings);
		return;
	}
	for (const action of ['set', 'add']) warn(list[action], at(here, action), findings);
}
