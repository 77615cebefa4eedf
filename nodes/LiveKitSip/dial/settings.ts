import { attemptOf } from '../../../livekit/callees/attempt';
import { contactOf } from '../../../livekit/callees/stored';
import { show } from '../../../livekit/json';
import type { LabelFault } from '../../shared/labels';
import { noCountry } from '../fields/countries';
import { type AgainSettings, readAgainSettings } from './againSettings';
import { type HourSettings, readHourSettings } from './hourSettings';
import type { FailureRate } from './failureRate';
import { type Pace, leastPerSecond } from './pace';
import { readFailureRate } from './rateSettings';
import { type Read, FormReader, objectOf, textOf } from './formReader';
import type { IncludeInput, Shape } from './shape';

/** What a row waits for. */
export type WaitFor = 'nothing' | 'answer' | 'end';

/** What the form says about the numbers that may be called. */
export interface NumberRules {
	readonly allowEmergency: boolean;
	readonly allowUserNames: boolean;
	readonly allowUnusual: boolean;
	readonly internalExtensions: boolean;
	readonly defaultCountry: string;
	/** Undefined if the user set none. */
	readonly allowedDestinations: unknown;
}

/** How fast and how many calls are made, and when no more are. */
interface Limits {
	readonly pace: Pace;
	/** Carrier failures in a row after which no more calls are made; 0 is never. */
	readonly circuitBreaker: number;
	/** Whether no caller ID is shown by two live calls. */
	readonly oneCallEach: boolean;
	/** Undefined if no share of failures stops calls. */
	readonly failureRate: FailureRate | undefined;
	/** Null if there is no limit. */
	readonly maxCalls: number | null;
}

/** The parameters of a call that are not part of LiveKit's request, as the user gave them. */
export interface CallSettings extends NumberRules, Shape, Limits {
	readonly waitFor: WaitFor;
	readonly dryRun: boolean;
	readonly agentName: string;
	readonly agentMetadata: unknown;
	/** Seconds. */
	readonly agentWait: number;
	/** As the user gave it, empty if it was not given. */
	readonly contactKey: string;
	/** Whom the key means, see `contactOf`. */
	readonly contact: string;
	readonly attempt: string | number | null;
	/** Whether the call carries both as attributes of its participant. */
	readonly markContact: boolean;
	readonly sameRoom: boolean;
	readonly allowForeignCallerId: boolean;
	readonly allowDuplicates: boolean;
	readonly preventSecondCall: boolean;
	/** Undefined if the user set none. */
	readonly callingHours: HourSettings | undefined;
	/** Undefined if items do not say when to call again. */
	readonly callAgain: AgainSettings | undefined;
}

const waits: readonly unknown[] = ['nothing', 'answer', 'end'];

function isWait(value: unknown): value is WaitFor {
	return waits.includes(value);
}

function readPerSecond(values: FormReader, given: unknown): number {
	const label = 'Calls per Second';
	const value = values.number(given, label, 1);
	if (value > 0 && value < leastPerSecond)
		values.fault(
			label,
			`must be at least 0.00167, which is one call in ten minutes, or 0 for no limit, not ${show(given)}`,
		);
	return value;
}

/**
 * Reads the rules about numbers, which calls and transfers have alike.
 *
 * @param country Country of the Numbers as the user gave it
 */
export function readNumberRules(values: FormReader, country: unknown): NumberRules {
	return {
		allowEmergency: values.flagIn('guards', 'allowEmergency', 'Unlock Emergency Numbers'),
		allowUserNames: values.flagIn('guards', 'allowUserNames', 'Unlock SIP User Names'),
		allowUnusual: values.flagIn('guards', 'allowUnusual', 'Unlock Unusual Numbers'),
		internalExtensions: values.flagIn('guards', 'internalExtensions', 'Internal Extensions'),
		defaultCountry: values.country(country),
		// An expression that finds no prefixes must not allow everybody.
		allowedDestinations: values.has('guards', 'allowedDestinations')
			? (values.field('guards', 'allowedDestinations') ?? '')
			: undefined,
	};
}

const waysToInclude: readonly unknown[] = ['flat', 'input', 'no'];

function isWayToInclude(value: unknown): value is IncludeInput {
	return waysToInclude.includes(value);
}

/**
 * How the result is shown. A model that uses the node as a tool gets the result alone unless somebody chose otherwise: the
 * row may be the workflow's and not for it.
 */
export function readShape(
	values: FormReader,
	options: Readonly<Record<string, unknown>>,
	isTool: boolean,
): Shape {
	const { simplify = true, includeInput = isTool ? 'no' : 'flat' } = options;
	if (!isWayToInclude(includeInput))
		values.fault('Include Input Fields', `must be flat, input or no, not ${show(includeInput)}`);
	return {
		simplify: values.flag(simplify, 'Simplify'),
		includeInput: isWayToInclude(includeInput) ? includeInput : 'no',
	};
}

/** Reads Pace and Limits. An expression that finds no time or no limit must not stand for none. */
function readLimits(values: FormReader): Limits {
	const limit = (name: string) => values.field('limits', name);
	const isAdded = (name: string) => values.has('limits', name);
	return {
		pace: {
			perSecond: readPerSecond(values, limit('callsPerSecond')),
			atOnce: values.whole(limit('maxSimultaneous'), 'Maximum Simultaneous Calls', 10),
			giveUpAfter: isAdded('giveUpAfter')
				? values.whole(limit('giveUpAfter'), 'Give Up Waiting After (Seconds)', Number.NaN)
				: Infinity,
		},
		circuitBreaker: values.whole(limit('circuitBreaker'), 'Stop After Carrier Failures', 10),
		oneCallEach: values.flagIn('limits', 'oneCallEach', 'One Live Call per Caller ID'),
		failureRate: readFailureRate(values),
		maxCalls: isAdded('maxCalls')
			? values.whole(limit('maxCalls'), 'Maximum Calls per Execution', Number.NaN)
			: null,
	};
}

/**
 * Reads the settings of a call. Fields of a collection are read one by one, so that a long do-not-call list among them is
 * not evaluated for every row.
 *
 * @param added names the fields of a collection that the user added
 * @param isTool whether an AI agent uses the node as a tool
 */
export function readCallSettings(
	read: Read,
	added: (collection: string) => readonly string[],
	isTool: boolean,
): { readonly value: CallSettings; readonly faults: readonly LabelFault[] } {
	const values = new FormReader(read, added);
	const options = objectOf(read('options', {}));
	const option = (name: string, label: string) =>
		Object.hasOwn(options, name) && values.flag(options[name], label);
	const guard = (name: string, label: string) => values.flagIn('guards', name, label);
	const waitFor = read('waitFor', 'answer');
	if (!isWait(waitFor)) values.fault('Wait For', 'must be nothing, answer or end');
	const key = values.needed(
		options,
		'contactKey',
		'Contact Key',
		'Give each contact a key, such as the ID of its row, or remove the field',
	);
	const attempt = values.needed(
		options,
		'attempt',
		'Attempt',
		'Give its number, or remove the field',
	);
	const again = readAgainSettings(read);
	if (again && 'fault' in again.rules) values.faults.push(again.rules.fault);
	const rules = readNumberRules(values, read('country', noCountry));
	const agentName = textOf(read('agentName', ''));
	if (added('agentOptions').length > 0 && agentName === '')
		values.fault(
			'Agent Name',
			'is required to send an agent into the room. Remove the fields under Agent Options to call without one',
		);
	const value: CallSettings = {
		waitFor: isWait(waitFor) ? waitFor : 'answer',
		...readLimits(values),
		dryRun: values.flag(read('dryRun', false), 'Dry Run'),
		agentName,
		agentMetadata: values.field('agentOptions', 'agentMetadata') ?? '',
		agentWait: values.number(
			values.field('agentOptions', 'agentWait'),
			'Wait for the Agent (Seconds)',
			10,
		),
		contactKey: key,
		contact: contactOf(key, rules.defaultCountry),
		attempt: attemptOf(attempt),
		markContact:
			!Object.hasOwn(options, 'markContact') || option('markContact', 'Mark Call with Contact Key'),
		...readShape(values, options, isTool),
		sameRoom: option('sameRoom', 'Same Room'),
		allowForeignCallerId: option('allowForeignCallerId', 'Unlock Other Caller IDs'),
		allowDuplicates: guard('allowDuplicates', 'Unlock Repeated Numbers'),
		preventSecondCall: guard('preventSecondCall', 'Prevent Second Call'),
		...rules,
		callingHours: readHourSettings(read),
		callAgain: again,
	};
	return { value, faults: values.faults };
}

// What is the same for all rows of a run: whole inputs, other nodes' whole outputs, the execution.
const sameForAll =
	/\$\(\s*(['"`])[^'"`]*\1\s*\)\s*\.\s*(?:all|first|last)\(\)|\$input\.(?:all|first|last)\(\)|\$items\(\s*(['"`])[^'"`]*\2\s*\)|\$(?:now|today|vars|secrets|env|workflow|execution|nodeVersion)\b/g;

/**
 * Whether a parameter's expression can differ from row to row. An expression that names only whole inputs or other nodes'
 * items is evaluated once for all rows: a do-not-call list of 100,000 entries would otherwise be built for each.
 */
export function differsByRow(parameter: unknown): boolean {
	return (
		typeof parameter === 'string' &&
		parameter.startsWith('=') &&
		parameter.replace(sameForAll, '').includes('$')
	);
}
