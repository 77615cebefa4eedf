import type { IDataObject } from 'n8n-workflow';
import { nearMisses } from '../../../../livekit/routing/nearMisses';
import type { InboundCall, Route, Routing } from '../../../../livekit/routing/route';
import { type PlacedRoute, knownPart } from '../../../../livekit/routing/samples';
import { differencesOf } from '../../../../livekit/routing/servers';
import { answeredBy, routeAdvice } from '../../../../livekit/routing/words';
import { withLabels } from '../../../shared/labels';

/** Fields of an item that says who answers, with their JSON types. */
export const routeOutput = {
	answered_by: 'string',
	verdict: 'string',
	reason: 'string',
	advice: 'string null',
	sip_trunk_id: 'string null',
	trunk_name: 'string null',
	sip_dispatch_rule_id: 'string null',
	rule_name: 'string null',
	room_name: 'string null',
	new_room_per_call: 'boolean null',
	agents: 'string[]',
} as const;

/** A route as output. A room is shown without its random end, and without a caller or number that is not known. */
export function routeShown(route: Route, call: InboundCall): IDataObject {
	const { verdict, reason, trunk, rule, room, agents } = route;
	return {
		answered_by: answeredBy(route, call),
		verdict,
		reason,
		advice: withLabels(routeAdvice(reason)) || null,
		sip_trunk_id: trunk?.id ?? null,
		trunk_name: trunk?.name || null,
		sip_dispatch_rule_id: rule?.id ?? null,
		rule_name: rule?.name || null,
		room_name: room ? knownPart(room.name) || null : null,
		new_room_per_call: room?.endsRandom ?? null,
		agents: [...agents],
	};
}

function fromElsewhere({ place, route }: PlacedRoute, call: InboundCall): string {
	const where = [
		...(place.sourceAddress === undefined ? [] : [`from ${place.sourceAddress}`]),
		...(place.callerHost === undefined ? [] : [`with the host ${place.callerHost}`]),
	].join(' ');
	return `The Source Address decides. If the call comes ${where}: ${answeredBy(route, call)}`;
}

/**
 * What somebody should know about the first of the routes that a call can take. Labels are put in before names of users, which may
 * hold braces too.
 */
export function routeWarnings(
	routing: Routing,
	call: InboundCall,
	[{ route }, ...others]: readonly PlacedRoute[],
	version: string,
): string[] {
	const { room, rule, trunk, agents, asksCredentials } = route;
	const isAlone = room !== undefined && agents.length === 0 && rule?.roomPreset === '';
	return [
		...others.map((other) => fromElsewhere(other, call)),
		...nearMisses(routing, route, call),
		...(isAlone
			? [
					'The rule calls no agent: callers wait alone until somebody joins the room. Agents that have no name join every such room by themselves',
				]
			: []),
		...(room && !trunk
			? ['No trunk checks this call: the rule takes calls from everybody who reaches the server']
			: []),
		...(asksCredentials ? ['The trunk asks the carrier for its user name and password'] : []),
		...(version === '' ? [] : differencesOf(version).map(({ what }) => withLabels(what))),
	];
}
