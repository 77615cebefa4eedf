import { type JsonObject, isObject } from '../../livekit/json';

/** The Filters parameter. Empty text does not filter. */
export interface Filters {
	readonly agent: string;
	/** Lower case. */
	readonly nameContains: string;
	readonly room: string;
	readonly trunk: string;
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function roomOf(rule: JsonObject): string {
	const members: unknown[] = isObject(rule.rule) ? Object.values(rule.rule) : [];
	const [member] = members.filter(isObject);
	return String(member?.room_name ?? member?.room_prefix ?? '');
}

function agentsOf(rule: JsonObject): unknown[] {
	return listOf(isObject(rule.room_config) ? rule.room_config.agents : []).map((agent) =>
		isObject(agent) ? agent.agent_name : undefined,
	);
}

function ruleMatches(filters: Filters, rule: JsonObject): boolean {
	const trunks = listOf(rule.trunk_ids);
	return (
		roomOf(rule).startsWith(filters.room) &&
		(filters.agent === '' || agentsOf(rule).includes(filters.agent)) &&
		(filters.trunk === '' || trunks.length === 0 || trunks.includes(filters.trunk))
	);
}

/** Whether the filters let a decoded rule or trunk through. */
export function matchesFilters(filters: Filters, kind: string, object: JsonObject): boolean {
	if (
		!String(object.name ?? '')
			.toLowerCase()
			.includes(filters.nameContains)
	)
		return false;
	if (kind === 'dispatchRule') return ruleMatches(filters, object);
	return filters.trunk === '' || object.sip_trunk_id === filters.trunk;
}
