import { isMasked } from '../codec/secrets';
import type { JsonObject } from '../json';
import { comparesRule, ruleClashes } from './clashes';
import { readRule } from './rule';
import { newestReading } from './servers';
import type { WriteFindings } from './writeTrunk';
import { ruleClashWords } from './writeWords';

/**
 * What a write of a dispatch rule does to calls. Two rules for the same trunk, callers, called numbers and PIN make LiveKit
 * fail every call on that trunk. Where a server hides PINs nothing is known of those rules.
 *
 * @param written decoded, as it will be; without an ID if it is new
 * @param rules decoded dispatch rules of the project, with the rule as it is stored
 */
export function ruleWriteFindings(
	written: JsonObject,
	rules: readonly JsonObject[],
): WriteFindings {
	const own = readRule(written, newestReading);
	if (isMasked(own.pin)) return { stops: [], notes: [] };
	const all = rules.map((rule) => readRule(rule, newestReading));
	const stored = all.find(({ id }) => id === own.id);
	const refused = stored === undefined || comparesRule(stored, own);
	const stops = ruleClashes(own, all).map((clash) => ruleClashWords(clash, refused));
	return { stops, notes: [] };
}
