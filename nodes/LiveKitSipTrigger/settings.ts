import { type IPollFunctions, NodeOperationError } from 'n8n-workflow';
import type { EventName } from '../../livekit/diff';
import { isObject } from '../../livekit/json';
import { storedObjects } from '../../livekit/rpc';
import { fieldKey, messageOf } from '../../livekit/schema';
import type { RequestOptions } from '../LiveKitSip/request/base';
import type { Filters } from './filters';

/** The trigger's parameters, checked. */
export interface Settings {
	/** Keys of `storedObjects`, in the order in which their events are emitted. */
	readonly kinds: readonly string[];
	readonly events: ReadonlySet<EventName>;
	readonly emitExisting: boolean;
	readonly filters: Filters;
	/** Wire paths. */
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

/** The path in LiveKit's own spelling, or undefined where the message has no such field. */
function wirePath(message: string, path: string): string | undefined {
	const [name, ...rest] = path.split('.');
	const field = messageOf(message).byKey.get(fieldKey(name));
	if (!field) return undefined;
	if (rest.length === 0) return field.name;
	const inner = field.kind === 'message' ? wirePath(field.type, rest.join('.')) : undefined;
	return inner === undefined ? undefined : `${field.name}.${inner}`;
}

function ignoredPaths(functions: IPollFunctions, given: unknown, kinds: readonly string[]): string[] {
	const names = text(given).split(',').map((name) => name.trim()).filter((name) => name !== '');
	return names.map((name) => {
		const path = kinds.map((kind) => wirePath(storedObjects[kind].info, name)).find((found) => found !== undefined);
		if (path !== undefined) return path;
		throw new NodeOperationError(functions.getNode(), `Ignore Fields: LiveKit has no field "${name}" in what is watched`, {
			description: 'Use names as in the output field "changed", such as metadata or rule.dispatch_rule_direct.room_name.',
		});
	});
}

/**
 * Reads the parameters of the trigger.
 *
 * @throws NodeOperationError that names the parameter
 */
export function readSettings(functions: IPollFunctions): Settings {
	const chosen = listed(functions.getNodeParameter('watch', []));
	const kinds = order.filter((kind) => chosen.includes(kind));
	const events = new Set(listed(functions.getNodeParameter('events', [])) as EventName[]);
	if (kinds.length === 0) throw new NodeOperationError(functions.getNode(), 'Watch is empty: choose what to watch');
	if (events.size === 0) throw new NodeOperationError(functions.getNode(), 'Trigger On is empty: choose at least one event');
	const filters = functions.getNodeParameter('filters', {}) as Record<string, unknown>;
	const options = functions.getNodeParameter('options', {}) as Record<string, unknown>;
	return {
		kinds,
		events,
		emitExisting: options.emitExisting === true,
		filters: {
			agent: text(filters.agent),
			nameContains: text(filters.nameContains).toLowerCase(),
			room: text(filters.room),
			trunk: text(filters.trunk),
		},
		ignored: ignoredPaths(functions, options.ignoredFields, kinds),
		connection: { allowUnauthorizedCerts: options.allowUnauthorizedCerts === true },
	};
}
