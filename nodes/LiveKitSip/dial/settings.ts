import { type Fault, isObject, show } from '../../../livekit/json';
import type { Pace } from './pace';

/** Reads a parameter of a row by its path, or gives the fallback where the node has none of that name. */
export type Read = (name: string, fallback: unknown) => unknown;

/** What a row waits for. */
export type WaitFor = 'nothing' | 'answer' | 'end';

/** The parameters of a call that are no part of LiveKit's request, as the user gave them. */
export interface CallSettings {
	readonly waitFor: WaitFor;
	readonly pace: Pace;
	readonly dryRun: boolean;
	readonly agentName: string;
	readonly agentMetadata: unknown;
	/** Seconds. */
	readonly agentWait: number;
	/** Carrier failures in a row after which no more calls are made; 0 is never. */
	readonly circuitBreaker: number;
	/** Null where there is no such limit. */
	readonly maxCalls: number | null;
	readonly contactKey: string;
	readonly attempt: string | number | null;
	readonly includeInput: boolean;
	readonly sameRoom: boolean;
	readonly allowForeignCallerId: boolean;
	readonly allowDuplicates: boolean;
	readonly allowEmergency: boolean;
	readonly allowUserNames: boolean;
	readonly preventSecondCall: boolean;
	readonly defaultCountry: string;
	readonly allowedDestinations: unknown;
	/** Undefined where the user set none. */
	readonly callingHours: Readonly<Record<string, unknown>> | undefined;
}

const waits: readonly unknown[] = ['nothing', 'answer', 'end'];

function isWait(value: unknown): value is WaitFor {
	return waits.includes(value);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

/** Reads numbers of the form and collects what is wrong with them. */
class Numbers {
	readonly faults: Fault[] = [];

	constructor(private readonly read: Read) {}

	of(name: string, label: string, fallback: number, least = 0): number {
		const given = this.read(name, fallback);
		if (given === '' || given === null || given === undefined) return fallback;
		// Number() makes 0 of blank text and of an empty list, which would stand for no limit.
		const isNumber = typeof given === 'number' || (typeof given === 'string' && given.trim() !== '');
		const value = isNumber ? Number(given) : Number.NaN;
		if (Number.isFinite(value) && value >= least) return value;
		this.faults.push({ path: label, message: `must be a number of at least ${least}, not ${show(given)}` });
		return fallback;
	}
}

function attemptOf(given: unknown): string | number | null {
	if (typeof given === 'number') return given;
	const words = text(given);
	return words === '' ? null : /^\d{1,9}$/.test(words) ? Number(words) : words;
}

/**
 * Reads the settings of a call. `set` tells which fields of a collection the user added: fields of a collection are
 * read one by one, so that a long do-not-call list beside them is not evaluated for every row.
 */
export function readCallSettings(read: Read, set: (collection: string) => readonly string[]): { readonly value: CallSettings; readonly faults: readonly Fault[] } {
	const numbers = new Numbers(read);
	const guard = (name: string) => (set('guards').includes(name) ? read(`guards.${name}`, undefined) : undefined);
	const given = read('options', {});
	const options = isObject(given) ? given : {};
	const hours = set('callingHours').length > 0 ? read('callingHours', {}) : undefined;
	const waitFor = read('waitFor', 'answer');
	const faults = isWait(waitFor) ? [] : [{ path: 'Wait For', message: 'must be nothing, answer or end' }];
	const value: CallSettings = {
		waitFor: isWait(waitFor) ? waitFor : 'answer',
		pace: { perSecond: numbers.of('callsPerSecond', 'Calls per Second', 1), atOnce: Math.floor(numbers.of('maxSimultaneous', 'Maximum Simultaneous Calls', 10)) },
		dryRun: read('dryRun', false) === true,
		agentName: set('agent').includes('agentName') ? text(read('agent.agentName', '')) : '',
		agentMetadata: set('agent').includes('agentMetadata') ? read('agent.agentMetadata', '') : '',
		agentWait: set('agent').includes('agentWait') ? numbers.of('agent.agentWait', 'Wait for the Agent', 10) : 10,
		circuitBreaker: set('options').includes('circuitBreaker') ? Math.floor(numbers.of('options.circuitBreaker', 'Stop After Carrier Failures', 10)) : 10,
		maxCalls: set('guards').includes('maxCalls') ? Math.floor(numbers.of('guards.maxCalls', 'Maximum Calls per Execution', Number.NaN)) : null,
		contactKey: text(options.contactKey),
		attempt: attemptOf(options.attempt),
		includeInput: options.includeInput === true,
		sameRoom: options.sameRoom === true,
		allowForeignCallerId: options.allowForeignCallerId === true,
		allowDuplicates: guard('allowDuplicates') === true,
		allowEmergency: guard('allowEmergency') === true,
		allowUserNames: guard('allowUserNames') === true,
		preventSecondCall: guard('preventSecondCall') === true,
		defaultCountry: text(guard('defaultCountry')),
		// An expression that finds nothing must not allow everybody.
		allowedDestinations: set('guards').includes('allowedDestinations') ? (guard('allowedDestinations') ?? '') : undefined,
		callingHours: isObject(hours) ? hours : undefined,
	};
	return { value, faults: [...faults, ...numbers.faults, ...contactFaults(options, value), ...agentFaults(set('agent'), value)] };
}

function contactFaults(options: Readonly<Record<string, unknown>>, { contactKey }: CallSettings): Fault[] {
	const given = options.contactKey;
	// A row without its key would fall back to the execution and could be called twice, which the key is there to prevent.
	if (!Object.hasOwn(options, 'contactKey') || contactKey !== '') return [];
	const message = given === '' || given === undefined || given === null
		? 'is empty for this row. Give each contact a key, such as the ID of its row, or remove the field'
		: 'must be text or a number';
	return [{ path: 'Contact Key', message }];
}

function agentFaults(set: readonly string[], { agentName }: CallSettings): Fault[] {
	if (set.length === 0 || agentName !== '') return [];
	return [{ path: 'Agent Name', message: 'is required to send an agent into the room. Remove the fields under Agent to call without one' }];
}

const perRow = /\$json|\$itemIndex|\$item\b|\.item\b|\$input\.(item|params)|\$fromAI/;

/**
 * Whether a parameter's expression can differ from row to row. One that names only whole inputs or other nodes' items
 * is evaluated once for all rows: a do-not-call list of 100,000 entries would otherwise be built for every one.
 */
export function differsByRow(parameter: unknown): boolean {
	return typeof parameter === 'string' && parameter.startsWith('=') && perRow.test(parameter);
}
