import type { IPollFunctions } from 'n8n-workflow';
import type { EventName } from '../../livekit/watch/diff';
import { isObject } from '../../livekit/json';
import { operationError } from '../shared/errors';
import type { RequestOptions } from '../shared/server';
import { refuseNothing, textIn } from '../shared/triggerForm';
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

function listed(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

function collection(functions: IPollFunctions, name: string): Readonly<Record<string, unknown>> {
	const given: unknown = functions.getNodeParameter(name, {});
	return isObject(given) ? given : {};
}

/**
 * Reads the parameters of the trigger.
 *
 * @throws NodeOperationError that names the parameter
 */
export function readSettings(functions: IPollFunctions): Settings {
	refuseNothing(functions, triggerProperties);
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
			agent: textIn(filters.agent),
			nameContains: textIn(filters.nameContains).toLowerCase(),
			room: textIn(filters.room),
			trunk: textIn(filters.trunk),
		},
		ignored: readIgnored(functions.getNode(), textIn(options.ignoredFields), kinds),
		connection: { allowUnauthorizedCerts: options.allowUnauthorizedCerts === true },
	};
}
