import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../../livekit/json';
import type { LabelFault } from '../../shared/labels';
import { fieldsIn } from '../fields/form';

/** Parameters, and collections of which every field, that say whom, when or how often to call. */
const limits: ReadonlySet<string> = new Set([
	'guards',
	'limits',
	'callingHours',
	'hours',
	'timeZone',
	'timeZoneName',
	'excludedDates',
]);

/** Switches elsewhere that lift a rule or show a secret. */
const lifts = /^(?:allow|unlock|include secrets)/i;

// n8n takes each of these spellings.
const byAi = /\$from(?:AI|Ai|ai)\b/;

function holdsFromAi(raw: unknown): boolean {
	if (typeof raw === 'string') return byAi.test(raw);
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(holdsFromAi);
}

/**
 * The limits whose value an AI agent is to choose by `$fromAI`: it would set aside what was set for it.
 *
 * @param shown parameters that n8n shows
 * @param parameters their values as the workflow holds them, with expressions as text
 */
export function limitsByAi(
	shown: readonly INodeProperties[],
	parameters: Readonly<Record<string, unknown>>,
): LabelFault[] {
	const message =
		'holds $fromAI: an AI agent must not choose its own limits. Write the value yourself, or use another expression';
	return shown.flatMap((property) => {
		const raw = parameters[property.name];
		if (!holdsFromAi(raw)) return [];
		if (!isObject(raw) || property.type !== 'collection')
			return limits.has(property.name) || lifts.test(property.displayName)
				? [{ label: property.displayName, message }]
				: [];
		return fieldsIn(property)
			.filter(({ name }) => holdsFromAi(raw[name]))
			.filter(({ displayName }) => limits.has(property.name) || lifts.test(displayName))
			.map(({ displayName }) => ({ label: displayName, message }));
	});
}
