import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../../../livekit/json';
import {
	type CallersRoute,
	type NumberAnswered,
	getsThrough,
	numbersAnswered,
} from '../../../../livekit/routing/numbersAnswered';
import type { Routing } from '../../../../livekit/routing/route';
import { unknownCaller } from '../../../../livekit/routing/samples';
import { answeredBy, numberWords } from '../../../../livekit/routing/words';
import { storedObjects } from '../../../../livekit/schema/rpc';
import { to } from '../../fields/form';
import { filtersOf, returnAllAndLimit } from '../../fields/output';
import { routingOnce } from '../../request/storedLists';
import type { RowResult } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import { routeOutput, routeShown, routeWarnings } from './shown';

const mostNamed = 5;

/** Of callers, and of groups of callers, in an item. */
const mostShown = 100;

function some(callers: readonly string[]): string {
	const more = callers.length - mostNamed;
	return `${callers.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What an item does not hold. */
function cutWarnings({ main, others, left }: NumberAnswered): string[] {
	const [callers, groups] = [main.callers, others].map(({ length }) => length - mostShown);
	return [
		...(callers > 0 ? [`${callers} more callers are not shown under callers`] : []),
		...(groups > 0 ? [`${groups} more groups of callers are not shown under other_callers`] : []),
		...(left > 0
			? [
					`Trunks and rules name ${left} more callers of this number. What becomes of their calls was not looked at: use Test Route for one of them`,
				]
			: []),
	];
}

function shown(routing: Routing, answered: NumberAnswered): IDataObject {
	const { number, main, elsewhere, others } = answered;
	const caller = main.callers[0] ?? unknownCaller;
	const otherCallers = ({ callers, route: of }: CallersRoute) =>
		answeredBy(of, { called: number, caller: callers.length > 0 ? some(callers) : unknownCaller });
	const placed = [{ place: {}, route: main.route }, ...elsewhere];
	const warnings = [
		...routeWarnings(routing, { called: number, caller }, placed, ''),
		...cutWarnings(answered),
	];
	return {
		phone_number: numberWords(number),
		...routeShown(main.route, { called: number, caller }),
		pin_required: main.route.asksPin,
		callers: main.callers.slice(0, mostShown),
		other_callers: others.slice(0, mostShown).map(otherCallers),
		warnings,
	};
}

async function getManyOf(row: Row, raw: JsonObject): Promise<RowResult<IDataObject[]>> {
	const routing = await routingOnce(row, '');
	if ('failure' in routing) return routing;
	const { wanted } = row.settings;
	const found: IDataObject[] = [];
	for (const number of numbersAnswered(routing.value)) {
		await row.shared.eventLoop.giveWay();
		if (found.length >= wanted) break;
		if (!number) continue;
		if (raw.unanswered === true && getsThrough(number.main.route)) continue;
		found.push(shown(routing.value, number));
	}
	return { value: found };
}

/** Get Many: all numbers of the project, and who answers each. */
export const getManyNumbers: Operation = {
	resource: 'phoneNumber',
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many phone numbers',
	description:
		'Retrieve your phone numbers, each with the trunk, rule, room and agent that answer it',
	rpc: storedObjects.inboundTrunk.rpcs.list,
	also: [{ rpc: storedObjects.dispatchRule.rpcs.list, when: 'to find who answers' }],
	properties: [
		...returnAllAndLimit,
		filtersOf({
			displayName: 'Only Where Nobody Answers',
			name: 'unanswered',
			type: 'boolean',
			default: true,
			description: 'Whether to return only numbers whose calls reach no room',
			routing: to('unanswered'),
		}),
	],
	output: {
		phone_number: 'string',
		...routeOutput,
		pin_required: 'boolean',
		callers: 'string[]',
		other_callers: 'string[]',
		warnings: 'string[]',
	},
	effect: 'reads',
	order: 'together',
	run: getManyOf,
};
