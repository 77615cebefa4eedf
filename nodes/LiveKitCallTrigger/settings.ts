import { type EventFilters, readNumbers } from '../../livekit/events/filters';
import { isObject, show } from '../../livekit/json';
import { operationError } from '../shared/errors';
import type { LabelFault } from '../shared/labels';
import { type ParameterFunctions, refuseNothing, textIn } from '../shared/triggerForm';
import { callTriggerProperties } from './properties';

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

const directions: readonly unknown[] = ['inbound', 'outbound'];
const answers: ReadonlyMap<unknown, boolean | null> = new Map<unknown, boolean | null>([
	['answered', true],
	['notAnswered', false],
	['notTold', null],
]);

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
	const id = textIn(value);
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
	refuseNothing(functions, callTriggerProperties);
	return { filters: readFilters(functions), simplify: readSimplify(functions) };
}
