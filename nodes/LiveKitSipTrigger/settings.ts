import type { IPollFunctions } from 'n8n-workflow';
import type { EventName } from '../../livekit/watch/diff';
import { isObject } from '../../livekit/json';
import { operationError } from '../shared/errors';
import { nothingFound } from '../shared/nothingFound';
import type { RequestOptions } from '../shared/server';
import type { Filters } from './filters';
import { readIgnored } from './ignored';
import { triggerProperties } from './properties';

/** The checked parameters of the trigger. */
export interface Settings {
	/** Keys of `storedObjects`, in the order in which their events are emitted. */
	readonly kinds: readonly string[];
	readonly events: ReadonlySet<EventName>;
	readonly emitExisting: boolean;
	/** Whether the rule or trunk of an event is in its short form. */
	readonly simplify: boolean;
	readonly filters: Filters;
	/** Paths as in the output field `changed`, or paths around them. */
	readonly ignored: readonly string[];
	readonly connection: RequestOptions;
}

const order = ['dispatchRule', 'inboundTrunk', 'outboundTrunk'];

function text(value: unknown): string {
	const inner = isObject(value) && '__rl' in value ? value.value : value;
	return typeof inner === 'string' ? inner.trim() : '';
}

function listed(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

function collection(functions: IPollFunctions, name: string): Readonly<Record<string, unknown>> {
	const given: unknown = functions.getNodeParameter(name, {});
	return isObject(given) ? given : {};
}

/** A filter or switch that finds nothing would let every event through. */
function refuseNothing(functions: IPollFunctions): void {
	const node = functions.getNode();
	const [fault] = nothingFound({
		shown: triggerProperties,
		parameters: node.parameters,
		read: (path) => functions.getNodeParameter(path, undefined),
		whenNothing: () => 'stops',
		where: '',
		clears: false,
	});
	if (fault) throw operationError(node, `${fault.label} ${fault.message}`);
}

/**
 * Reads the parameters of the trigger.
 *
 * @throws NodeOperationError that names the parameter
 */
export function readSettings(functions: IPollFunctions): Settings {
	refuseNothing(functions);
	const chosen = listed(functions.getNodeParameter('watch', []));
	const kinds = order.filter((kind) => chosen.includes(kind));
	const events = new Set(listed(functions.getNodeParameter('events', [])) as EventName[]);
	if (kinds.length === 0)
		throw operationError(functions.getNode(), 'Watch is empty: choose what to watch');
	if (events.size === 0)
		throw operationError(functions.getNode(), 'Trigger On is empty: choose at least one event');
	const filters = collection(functions, 'filters');
	const options = collection(functions, 'options');
	return {
		kinds,
		events,
		emitExisting: options.emitExisting === true,
		simplify: functions.getNodeParameter('simplify', true) === true,
		filters: {
			agent: text(filters.agent),
			nameContains: text(filters.nameContains).toLowerCase(),
			room: text(filters.room),
			trunk: text(filters.trunk),
		},
		ignored: readIgnored(functions.getNode(), text(options.ignoredFields), kinds),
		connection: { allowUnauthorizedCerts: options.allowUnauthorizedCerts === true },
	};
}
