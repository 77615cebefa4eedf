import type { Fault, JsonObject } from '../../../../livekit/json';
import {
	isTouched,
	ruleReach,
	ruleTrunkReach,
	unknownTrunks,
} from '../../../../livekit/routing/reachRule';
import { type Noticed, trunkReach } from '../../../../livekit/routing/reachTrunk';
import { textOf, textsOf } from '../../../../livekit/routing/trunk';
import { ruleWriteFindings } from '../../../../livekit/routing/writeRule';
import { type WriteFindings, trunkWriteFindings } from '../../../../livekit/routing/writeTrunk';
import { type StoredObject, storedObjects } from '../../../../livekit/schema/rpc';
import { listOnce } from '../../request/storedLists';
import { type RowResult, labelled } from '../../rows/failure';
import type { Row } from '../../rows/row';
import type { Operation } from '../../rows/operation';

const { inboundTrunk, outboundTrunk, dispatchRule } = storedObjects;

// By what LiveKit tells which calls an object takes. The first one is named where the whole object is written.
const compared = new Map<StoredObject, readonly string[]>([
	[inboundTrunk, ['numbers', 'allowed_numbers', 'allowed_addresses']],
	[dispatchRule, ['trunk_ids', 'numbers', 'inbound_numbers', 'rule']],
]);

/** Whether a write can take calls from another object of its kind. @param changes undefined if everything is written */
export function canClash(object: StoredObject, changes?: JsonObject): boolean {
	const fields = compared.get(object) ?? [];
	return fields.some((field) => changes === undefined || field in changes);
}

/** The object that a row is about to write. */
export interface Writing {
	/** Path of the object in the request. */
	readonly path: string;
	/** The whole object as it will be, with its ID; a new one has none. */
	readonly whole: JsonObject;
	/** What an update changes; undefined if everything is written. */
	readonly changes?: JsonObject;
}

/** What there is to say of a write before it is sent. */
export interface Compared {
	readonly faults: readonly Fault[];
	readonly warnings: readonly string[];
}

function warningsOf(row: Row, { path, changes }: Writing, noticed: readonly Noticed[]): string[] {
	return noticed
		.filter((each) => isTouched(each, changes))
		.map(({ field, message }) => labelled(row, `${path}.${field}: ${message}`));
}

async function findingsOf(
	row: Row,
	object: StoredObject,
	{ whole }: Writing,
	stored: readonly JsonObject[],
): Promise<RowResult<WriteFindings>> {
	if (object === dispatchRule) return { value: ruleWriteFindings(whole, stored) };
	const isNew = textOf(whole[object.id]) === '';
	const rules = isNew ? { value: [] } : await listOnce(row, dispatchRule);
	return 'failure' in rules ? rules : { value: trunkWriteFindings(whole, stored, rules.value) };
}

/**
 * Compares an inbound trunk or a dispatch rule with the others of its kind: LiveKit accepts writes after which it fails
 * calls (docs/livekit.md, Trunks and numbers, Dispatch rules).
 *
 * @param stored all objects of its kind, decoded
 */
export async function compareWrite(
	row: Row,
	object: StoredObject,
	writing: Writing,
	stored: readonly JsonObject[],
): Promise<RowResult<Compared>> {
	const found = await findingsOf(row, object, writing, stored);
	if ('failure' in found) return found;
	const { path, changes } = writing;
	const fields = compared.get(object) ?? [];
	const field = fields.find((name) => changes === undefined || name in changes);
	const here = `${path}.${field ?? ''}`;
	return {
		value: {
			faults: found.value.stops.map((message) => ({ path: here, message })),
			warnings: found.value.notes.map((note) => labelled(row, `${here}: ${note}`)),
		},
	};
}

async function noticedOfTrunks(row: Row, rule: JsonObject): Promise<RowResult<Noticed[]>> {
	const trunks = await listOnce(row, inboundTrunk);
	if ('failure' in trunks) return trunks;
	const isUnknown = unknownTrunks(rule, trunks.value).length > 0;
	const outbound = isUnknown ? await listOnce(row, outboundTrunk) : { value: [] };
	if ('failure' in outbound) return outbound;
	return { value: ruleTrunkReach(rule, trunks.value, outbound.value) };
}

const ofTrunks = ['trunk_ids', 'numbers', 'inbound_numbers'];

/** Warnings about what no call reaches in a trunk or a rule, or everybody. For a rule its trunks are read, once for all rows. */
export async function reachWarnings(
	row: Row,
	object: StoredObject,
	writing: Writing,
): Promise<RowResult<string[]>> {
	const { whole, changes } = writing;
	if (object === inboundTrunk) return { value: warningsOf(row, writing, trunkReach(whole)) };
	if (object !== dispatchRule) return { value: [] };
	const own = warningsOf(row, writing, ruleReach(whole));
	const hasTrunks = textsOf(whole.trunk_ids).some((id) => id.startsWith('ST_'));
	const needsTrunks = ofTrunks.some((field) => changes === undefined || field in changes);
	if (!hasTrunks || !needsTrunks) return { value: own };
	const noticed = await noticedOfTrunks(row, whole);
	if ('failure' in noticed) return noticed;
	return { value: [...own, ...warningsOf(row, writing, noticed.value)] };
}

/** The methods that the checks before a write of an object call. @param isNew whether it is created */
export function rpcsOfChecks(object: StoredObject, isNew: boolean): NonNullable<Operation['also']> {
	const { list } = object.rpcs;
	if (object === inboundTrunk)
		return [
			{ rpc: list, when: 'to find clashing numbers' },
			...(isNew
				? []
				: [{ rpc: dispatchRule.rpcs.list, when: 'to find clashing rules for its calls' }]),
		];
	if (object === dispatchRule)
		return [
			{ rpc: list, when: 'to find clashing rules' },
			{ rpc: inboundTrunk.rpcs.list, when: 'to check its trunks' },
			{ rpc: outboundTrunk.rpcs.list, when: 'if there is no such inbound trunk' },
		];
	return isNew ? [{ rpc: list, when: 'to find one that is the same' }] : [];
}
