import { type JsonObject, isObject } from '../json';
import { normalizedNumber } from './numbers';
import { type Noticed, unmatchableIn } from './reachTrunk';
import { readRule } from './rule';
import { newestReading } from './servers';
import { type Trunk, readTrunk, textsOf } from './trunk';
import { named } from './words';

/**
 * What no call reaches, or where nobody waits, in a dispatch rule as it will be.
 *
 * @param rule decoded or encoded
 */
export function ruleReach(rule: JsonObject): Noticed[] {
	const { agents, roomPreset } = readRule(rule, newestReading);
	const found = unmatchableIn(rule, ['numbers', 'inbound_numbers']);
	if (agents.length === 0 && roomPreset === '')
		found.push({
			field: 'room_config.agents',
			fields: ['room_config', 'room_preset'],
			message:
				'there is none, and no Room Preset: callers wait alone until somebody joins the room. Add an agent, unless somebody joins by other means',
		});
	return found;
}

/** The IDs under Trunks of a rule that no inbound trunk has. What is no ID is left out: it has a warning of its own. */
export function unknownTrunks(rule: JsonObject, trunks: readonly JsonObject[]): string[] {
	const known = new Set(trunks.map(({ sip_trunk_id: id }) => id));
	const ids = textsOf(rule.trunk_ids).filter((id) => id.startsWith('ST_') && !known.has(id));
	return [...new Set(ids)];
}

function ofUnknown(id: string, outbound: readonly JsonObject[]): Noticed {
	const trunk = outbound.find(({ sip_trunk_id: other }) => other === id);
	const name = typeof trunk?.name === 'string' ? trunk.name : '';
	const what = trunk
		? `hold ${named({ id, name })}, which is an outbound trunk. Calls come in over inbound trunks: choose one of those`
		: `hold ${id}, and there is no trunk of this ID, so no call comes over it. Choose the trunk from the list`;
	return { field: 'trunk_ids', fields: ['trunk_ids'], message: what };
}

function withoutOwner(numbers: readonly string[], trunks: readonly Trunk[]): string[] {
	if (trunks.length === 0 || trunks.some((trunk) => trunk.numbers.length === 0)) return [];
	return numbers.filter(
		(number) => !trunks.some(({ spellings }) => spellings.has(normalizedNumber(number))),
	);
}

/**
 * What no call reaches in a dispatch rule because of its trunks. A rule for all trunks has no such warnings.
 *
 * @param trunks decoded inbound trunks of the project
 * @param outbound decoded outbound trunks, which count only if there are {@link unknownTrunks}
 */
export function ruleTrunkReach(
	rule: JsonObject,
	trunks: readonly JsonObject[],
	outbound: readonly JsonObject[],
): Noticed[] {
	const ids = new Set(textsOf(rule.trunk_ids));
	const own = trunks
		.filter(({ sip_trunk_id: id }) => typeof id === 'string' && ids.has(id))
		.map((trunk) => readTrunk(trunk, newestReading));
	const found = unknownTrunks(rule, trunks).map((id) => ofUnknown(id, outbound));
	const homeless = withoutOwner(textsOf(rule.numbers), own);
	for (const number of homeless)
		found.push({
			field: 'numbers',
			fields: ['trunk_ids', 'numbers'],
			message: `hold ${number}, which no trunk of the rule has, so no call to it comes. Add it to {numbers} of ${own.length === 1 ? named(own[0]) : 'one of them'}, or remove it here`,
		});
	for (const caller of textsOf(rule.inbound_numbers)) {
		const trunk = own.find(({ spellings }) => spellings.has(normalizedNumber(caller)));
		if (!trunk) continue;
		found.push({
			field: 'inbound_numbers',
			fields: ['trunk_ids', 'inbound_numbers'],
			message: `hold ${caller}, which is your own number, on the trunk ${named(trunk)}. They are for the numbers of those who call: for called numbers use {rule_numbers}`,
		});
	}
	return found;
}

/** Whether changes touch what a warning is about. @param changes undefined if everything is written */
export function isTouched({ fields }: Noticed, changes: JsonObject | undefined): boolean {
	return !isObject(changes) || fields.some((field) => Object.hasOwn(changes, field));
}
