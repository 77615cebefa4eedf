import { isMasked, maskedPaths } from '../../../../livekit/codec/secrets';
import type { Fault, JsonObject } from '../../../../livekit/json';
import { applyChanges, isPatchable, toReplacement } from '../../../../livekit/objects/change';
import { entryChanges, matchEntries } from '../../../../livekit/objects/entries';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { prepare } from '../../request/body';
import { getStored, listWith } from '../../request/storedObjects';
import { type RowResult, inputFailure } from '../../rows/failure';
import { type Row, option } from '../../rows/row';
import { canClash, compareWrite, reachWarnings } from './compare';
import { type FormChanges, readOwnRule } from './ruleChanges';

// A replace would clear a secret that the server does not show (docs/livekit.md, Update and replace).
function hiddenSecrets(
	object: StoredObject,
	current: JsonObject,
	merged: JsonObject,
	changes: JsonObject,
): Fault[] {
	const faults = maskedPaths(object.info, merged).map((path) => ({
		path: `update.${path}`,
		message:
			'is hidden by the server, and this change writes the whole object anew. Give the secret in the update too',
	}));
	const path = 'update.auth_password';
	const password = merged.auth_password;
	const lost =
		current.auth_username &&
		merged.auth_username &&
		(isMasked(password) || (password === '' && !('auth_password' in changes)));
	if (!lost || faults.some((fault) => fault.path === path)) return faults;
	const message =
		'is not shown by the server, and this change writes the whole trunk anew. Give the password in the update too';
	return [...faults, { path, message }];
}

/** How an update is written. */
export interface UpdatePlan {
	/** The branch of LiveKit's request. */
	readonly content: JsonObject;
	/** The object as it should be afterwards, if it was read. */
	readonly merged?: JsonObject;
	readonly warnings: readonly string[];
}

// LiveKit's partial update swaps these whole, so their stored parts are read and sent along.
const inOnePart = ['media', 'rule'];

function withoutParts(changes: JsonObject): JsonObject {
	const others = Object.entries(changes).filter(([name]) => !inOnePart.includes(name));
	return Object.fromEntries(others);
}

/** The object as it is stored, and all of its kind if it is to be compared with them. */
async function readCurrent(
	row: Row,
	object: StoredObject,
	id: string,
	mayClash: boolean,
): Promise<RowResult<{ found: JsonObject; all?: JsonObject[] }>> {
	if (mayClash && !option(row, 'allowConflict')) return await listWith(row, object, id);
	const got = await getStored(row, object, id);
	return 'failure' in got ? got : { value: { found: got.value } };
}

/**
 * Reads what an update needs to know of the object that is stored, compares the changed one with the others of its kind, and
 * says how it is written.
 *
 * @param form changes as `readChanges` gives them; with `ofRule` there is a `rule` among them, whose content follows from it
 */
export async function planUpdate(
	row: Row,
	object: StoredObject,
	id: string,
	{ changes: asked, ofRule }: FormChanges,
): Promise<RowResult<UpdatePlan>> {
	const patch = isPatchable(object, asked);
	const mayClash = canClash(object, asked);
	const byEntry = Object.keys(entryChanges(object.info, asked)).length > 0;
	const needsStored = mayClash || byEntry || 'media' in asked || 'rule' in asked;
	if (patch && !needsStored) return { value: { content: { update: asked }, warnings: [] } };
	// What is wrong with the changes is said before anything is asked of LiveKit.
	const early = patch
		? prepare(row, object.rpcs.update, { [object.id]: id, update: withoutParts(asked) })
		: undefined;
	if (early && 'failure' in early) return early;
	const current = await readCurrent(row, object, id, mayClash);
	if ('failure' in current) return current;
	const { found, all } = current.value;
	const rule = ofRule && readOwnRule(row, object, found, ofRule);
	if (rule && 'failure' in rule) return rule;
	const whole = rule ? { ...asked, rule: rule.value } : asked;
	const { changes, warnings } = matchEntries(object.info, found, whole);
	const merged = applyChanges(object.info, found, changes);
	const writing = { path: 'update', whole: merged, changes };
	const clash = all
		? await compareWrite(row, object, writing, all)
		: { value: { faults: [], warnings: [] } };
	if ('failure' in clash) return clash;
	const hidden = patch ? [] : hiddenSecrets(object, found, merged, changes);
	const faults = [...clash.value.faults, ...hidden];
	if (faults.length > 0) return inputFailure(row, faults);
	const reach = await reachWarnings(row, object, writing);
	if ('failure' in reach) return reach;
	const noticed = [...warnings, ...clash.value.warnings, ...reach.value];
	if (!patch)
		return {
			value: {
				content: { replace: toReplacement(object, merged) },
				merged,
				warnings: noticed,
			},
		};
	const swapped = inOnePart.filter((name) => name in changes);
	const parts = Object.fromEntries(swapped.map((name) => [name, merged[name]]));
	const update = { ...changes, ...parts };
	return { value: { content: { update }, merged, warnings: noticed } };
}
