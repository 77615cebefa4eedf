import type { IDataObject } from 'n8n-workflow';
import { parseIp } from '../../../../livekit/checks/ip';
import { ruleNumberWarning } from '../../../../livekit/checks/numbers';
import { type Fault, type JsonObject, show } from '../../../../livekit/json';
import type { Candidate, InboundCall, Route, Routing } from '../../../../livekit/routing/route';
import { routesFromAnywhere, unknownCaller } from '../../../../livekit/routing/samples';
import { candidateWords } from '../../../../livekit/routing/words';
import { storedObjects } from '../../../../livekit/schema/rpc';
import { additionalFields, to } from '../../fields/form';
import { calledNumberLocator } from '../../fields/locators';
import { routingOnce } from '../../request/storedLists';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import { asSent, oddForm } from './asSent';
import { routeOutput, routeShown, routeWarnings } from './shown';

/** A project may have thousands of rules for all trunks. */
const mostCandidates = 100;

const versionPattern = /^\d{1,4}\.\d{1,4}(\.\d{1,4})?$/;

function textIn(raw: JsonObject, field: string): string {
	const value = raw[field];
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

interface Asked {
	readonly call: InboundCall;
	readonly version: string;
}

/** Reads the call that a row asks about. */
function readAsked(row: Row, raw: JsonObject): RowResult<Asked> {
	const faults: Fault[] = [];
	const fault = (path: string, message: string) => void faults.push({ path, message });
	const number = (path: string, given: string) => {
		const read = asSent(given);
		if ('value' in read) return read.value;
		fault(path, read.fault);
		return given;
	};
	const called = textIn(raw, 'called_number');
	if (called === '') fault('called_number', 'is required: the number that is called');
	const caller = textIn(raw, 'caller_number');
	const sourceAddress = textIn(raw, 'source_address');
	if (sourceAddress !== '' && !parseIp(sourceAddress))
		fault(
			'source_address',
			`must be an IP address without a port, such as 203.0.113.7, not ${show(sourceAddress)}`,
		);
	const pin = textIn(raw, 'typed_pin');
	if (!/^\d{0,16}#?$/.test(pin)) fault('typed_pin', 'must consist of up to 16 digits');
	const version = textIn(raw, 'server_version').replace(/^v/i, '');
	if (version !== '' && !versionPattern.test(version))
		fault('server_version', `must be a version such as 1.9.10, not ${show(version)}`);
	const call: InboundCall = {
		called: called === '' ? called : number('called_number', called),
		caller: caller === '' ? unknownCaller : number('caller_number', caller),
		...(sourceAddress === '' ? {} : { sourceAddress }),
		...(pin === '' ? {} : { pin }),
	};
	return faults.length > 0 ? inputFailure(row, faults) : { value: { call, version } };
}

/** What decides first, what is for other trunks last: the rest may not be shown. */
function nearestFirst(route: Route): Candidate[] {
	const clashing = new Set(route.conflict.map(({ id }) => id));
	const distance = ({ id, matched, why }: Candidate) => {
		if (matched || clashing.has(id)) return 0;
		return why === 'other_trunk' ? 2 : 1;
	};
	return route.candidates().sort((one, other) => distance(one) - distance(other));
}

function shown(routing: Routing, { call, version }: Asked): IDataObject {
	const routes = routesFromAnywhere(routing, call);
	const [{ route }] = routes;
	const all = nearestFirst(route);
	const left = all.length - mostCandidates;
	const asWritten = [call.called, call.caller].flatMap((number) => ruleNumberWarning(number) ?? []);
	const warnings = [
		...routeWarnings(routing, call, routes, version),
		...[call.called, call.caller].flatMap(oddForm),
		...(route.reason === 'no_rule_for_number' || route.reason === 'no_rule_for_caller'
			? asWritten
			: []),
		...(left > 0 ? [`${left} more trunks and rules are not shown under candidates`] : []),
	];
	return {
		called_number: call.called,
		caller_number: call.caller === unknownCaller ? null : call.caller,
		...routeShown(route, call),
		candidates: all.slice(0, mostCandidates).map(candidateWords),
		warnings,
	};
}

async function testRouteOf(row: Row, raw: JsonObject): Promise<RowResult<IDataObject[]>> {
	const asked = readAsked(row, raw);
	if ('failure' in asked) return asked;
	const routing = await routingOnce(row, asked.value.version);
	return 'failure' in routing ? routing : { value: [shown(routing.value, asked.value)] };
}

/** Test Route: which trunk, rule, room and agent a call would get, and why. Nobody is called. */
export const testRoute: Operation = {
	resource: 'dispatchRule',
	value: 'testRoute',
	name: 'Test Route (Who Answers a Call?)',
	action: 'Test who answers a call',
	description: 'Find out which rule, room and agent a call to one of your numbers would get',
	rpc: storedObjects.dispatchRule.rpcs.list,
	also: [{ rpc: storedObjects.inboundTrunk.rpcs.list, when: 'to match the called number' }],
	properties: [
		calledNumberLocator({
			displayName: 'Called Number',
			name: 'calledNumber',
			description: 'Your number that somebody calls, as the carrier sends it',
			path: 'called_number',
		}),
		{
			displayName: 'Caller Number',
			name: 'callerNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +4915112345678',
			description: 'Who calls, as the carrier sends it. Empty: a caller that no list names.',
			routing: to('caller_number'),
		},
		additionalFields([
			{
				displayName: 'PIN',
				name: 'pin',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				placeholder: 'e.g. 4711',
				description: 'What the caller types if the rule asks for a PIN. It is not in the output.',
				routing: to('typed_pin'),
			},
			{
				displayName: 'Server Version',
				name: 'serverVersion',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1.9.10',
				description:
					'Version of your own LiveKit server, since older ones read trunks and rules in other ways. Without it: the newest.',
				routing: to('server_version'),
			},
			{
				displayName: 'Source Address',
				name: 'sourceAddress',
				type: 'string',
				default: '',
				placeholder: 'e.g. 203.0.113.7',
				description: 'IP address from which the carrier sends the call. Without it: any.',
				routing: to('source_address'),
			},
		]),
	],
	output: {
		called_number: 'string',
		caller_number: 'string null',
		...routeOutput,
		candidates: 'string[]',
		warnings: 'string[]',
	},
	effect: 'reads',
	order: 'together',
	run: testRouteOf,
};
