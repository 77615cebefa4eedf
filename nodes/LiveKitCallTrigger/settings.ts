import type { INode } from 'n8n-workflow';
import { type EventFilters, readNumbers } from '../../livekit/events/filters';
import { isObject, show } from '../../livekit/json';
import { operationError } from '../shared/errors';
import type { LabelFault } from '../shared/labels';
import { nothingFound } from '../shared/nothingFound';
import { callTriggerProperties } from './properties';

/** What n8n offers to read parameters, in a webhook and at the activation. */
export interface ParameterFunctions {
	getNode(): INode;
	getNodeParameter(name: string, fallback?: unknown, options?: { extractValue: boolean }): unknown;
}

/** The checked parameters of the trigger. */
export interface Settings {
	readonly filters: EventFilters;
	readonly simplify: boolean;
}

const [knownEvents] = callTriggerProperties
	.filter(({ name }) => name === 'events')
	.map(({ options = [] }) =>
		options.flatMap((option) => ('value' in option ? [String(option.value)] : [])),
	);

function fail(functions: ParameterFunctions, { label, message }: LabelFault): never {
	throw operationError(functions.getNode(), `${label} ${message}`);
}

/**
 * Reads which events start the workflow, alone: most events that come in are not among them.
 *
 * @returns values of the Events parameter
 * @throws NodeOperationError if that cannot be told
 */
export function readEvents(functions: ParameterFunctions): ReadonlySet<string> {
	const given = functions.getNodeParameter('events', []);
	const chosen: unknown[] = Array.isArray(given) ? given : [given];
	if (
		chosen.length === 0 ||
		chosen.every((name) => name === undefined || name === null || name === '')
	)
		fail(functions, { label: 'Events', message: 'is empty: choose at least one event' });
	const strange = chosen.find((name) => typeof name !== 'string' || !knownEvents.includes(name));
	if (strange !== undefined)
		fail(functions, {
			label: 'Events',
			message: `must hold events of the list, such as call_ended, not ${show(strange)}`,
		});
	return new Set(chosen.map(String));
}

/** A filter that finds nothing would let every event through. */
function refuseNothing(functions: ParameterFunctions): void {
	const [fault] = nothingFound({
		shown: callTriggerProperties,
		parameters: functions.getNode().parameters,
		read: (path, options) => functions.getNodeParameter(path, undefined, options),
		whenNothing: () => 'stops',
		where: '',
		clears: false,
	});
	if (fault) fail(functions, fault);
}

const directions: readonly unknown[] = ['inbound', 'outbound'];
const answers: ReadonlyMap<unknown, boolean | null> = new Map<unknown, boolean | null>([
	['answered', true],
	['notAnswered', false],
	['notTold', null],
]);

function textOf(value: unknown): string {
	const inner = isObject(value) && '__rl' in value ? value.value : value;
	return typeof inner === 'string' ? inner.trim() : '';
}

/** Reads the fields of Filters that were added, one after the other. Each gives a part of the filters or says what is wrong. */
const readers: Readonly<
	Record<
		string,
		(value: unknown) => { readonly value: EventFilters } | { readonly fault: LabelFault }
	>
> = {
	answered: (value) => {
		const chosen: unknown[] = Array.isArray(value) ? value : [value];
		const strange = chosen.find((one) => !answers.has(one));
		return strange === undefined
			? { value: { answered: new Set(chosen.map((one) => answers.get(one) ?? null)) } }
			: fault('Answered', `must hold answered, notAnswered or notTold, not ${show(strange)}`);
	},
	direction: (value) =>
		directions.includes(value)
			? { value: { direction: String(value) } }
			: fault('Direction', `must be inbound or outbound, not ${show(value)}`),
	phoneNumbers: (value) => {
		const numbers = readNumbers(value);
		return 'value' in numbers
			? { value: { numbers: numbers.value } }
			: fault('Phone Numbers', `${numbers.fault}. Correct it, or remove the field`);
	},
	room: (value) =>
		typeof value === 'string'
			? { value: { roomPrefix: value } }
			: fault('Room Prefix', `must be text, not ${show(value)}`),
	rule: (value) => idOf('Dispatch Rule', 'SDR_', value, (rule) => ({ rule })),
	trunk: (value) => idOf('Trunk', 'ST_', value, (trunk) => ({ trunk })),
};

function fault(label: string, message: string) {
	return { fault: { label, message } };
}

function idOf(
	label: string,
	prefix: string,
	value: unknown,
	filter: (id: string) => EventFilters,
): { readonly value: EventFilters } | { readonly fault: LabelFault } {
	const id = textOf(value);
	return id.startsWith(prefix)
		? { value: filter(id) }
		: fault(
				label,
				`must be an ID that begins with ${prefix}, not ${show(id || value)}. Choose it from the list`,
			);
}

function readFilters(functions: ParameterFunctions): EventFilters {
	const given = functions.getNodeParameter('filters', {});
	if (!isObject(given))
		fail(functions, {
			label: 'Filters',
			message: `must be fields of the form, not ${show(given)}`,
		});
	let filters: EventFilters = {};
	for (const [name, value] of Object.entries(given)) {
		if (!Object.hasOwn(readers, name))
			fail(functions, { label: 'Filters', message: `has no field ${show(name)}. Remove it` });
		const read = readers[name](value);
		if ('fault' in read) fail(functions, read.fault);
		filters = { ...filters, ...read.value };
	}
	return filters;
}

function readSimplify(functions: ParameterFunctions): boolean {
	const given = functions.getNodeParameter('simplify', true);
	if (typeof given !== 'boolean')
		fail(functions, { label: 'Simplify', message: `must be true or false, not ${show(given)}` });
	return given;
}

/**
 * Reads the parameters of the trigger besides Events.
 *
 * @throws NodeOperationError that names the parameter
 */
export function readSettings(functions: ParameterFunctions): Settings {
	refuseNothing(functions);
	return { filters: readFilters(functions), simplify: readSimplify(functions) };
}
