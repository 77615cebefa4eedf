import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../../livekit/json';
import { someText } from '../../shared/someText';
import { fieldsIn } from '../../shared/fieldsIn';
import type { LabelFault } from '../../shared/labels';

/** What says whom, when or how often to call, lifts a rule, or shows a secret: parameters, and fields of collections. */
const limits: ReadonlySet<string> = new Set([
	'againRules',
	'callAgain',
	'callingHours',
	'callsPerDay',
	'callsToday',
	'country',
	'dryRun',
	'excludedDates',
	'guards',
	'hours',
	'lastCalledAt',
	'limits',
	'options.allowConflict',
	'options.allowForeignCallerId',
	'options.allowHostNames',
	'options.includeSecrets',
	'options.sameRoom',
	'timeZone',
	'timeZoneName',
	'triesSoFar',
]);

/** By these Prevent Second Call knows a call again. */
const identifying: ReadonlySet<string> = new Set(['options.attempt', 'options.contactKey']);

// n8n takes each of these spellings.
const byAi = /\$from(?:AI|Ai|ai)\b/;
/** The whole request is what the model says: any carrier, any duration. */
const wholeByAi = /^=\s*\{\{\s*\$from(?:AI|Ai|ai)\b/;

type Parameters = Readonly<Record<string, unknown>>;

const holdsFromAi = (raw: unknown) => someText(raw, (text) => byAi.test(text));

/** The parameter, or the fields of a collection, that an AI agent is to choose, by path. */
function chosenByAi(property: INodeProperties, raw: unknown): Array<[string, INodeProperties]> {
	if (!isObject(raw) || property.type !== 'collection' || limits.has(property.name))
		return holdsFromAi(raw) ? [[property.name, property]] : [];
	const fields = fieldsIn(property).filter(({ name }) => holdsFromAi(raw[name]));
	return fields.map((field) => [`${property.name}.${field.name}`, field]);
}

/** The fields of a collection of limits, by the labels of which people know them. */
function labelsOf(property: INodeProperties, raw: unknown): string[] {
	if (!isObject(raw) || property.type !== 'collection') return [property.displayName];
	const fields = fieldsIn(property).filter(({ name }) => holdsFromAi(raw[name]));
	return fields.map(({ displayName }) => displayName);
}

function isLimit(path: string, { guards, jsonBody }: Parameters): boolean {
	if (limits.has(path)) return true;
	if (identifying.has(path)) return isObject(guards) && guards.preventSecondCall !== undefined;
	return path === 'jsonBody' && typeof jsonBody === 'string' && wholeByAi.test(jsonBody);
}

/**
 * The limits whose value an AI agent is to choose by `$fromAI`: it would set aside what was set for it.
 *
 * @param shown parameters that n8n shows
 * @param parameters their values as the workflow holds them, with expressions as text
 */
export function limitsByAi(
	shown: readonly INodeProperties[],
	parameters: Parameters,
): LabelFault[] {
	const message =
		'holds $fromAI: an AI agent must not choose its own limits. Write the value yourself, or use another expression';
	return shown
		.flatMap((property) => chosenByAi(property, parameters[property.name]))
		.filter(([path]) => isLimit(path, parameters))
		.flatMap(([path, property]) => labelsOf(property, parameters[path]))
		.map((label) => ({ label, message }));
}
