import { type AgainRules, readAgainRules } from '../../../livekit/outcome/againRules';
import { type GivenTries, type Tries, readTries } from '../../../livekit/outcome/tries';
import { ROWS } from '../../../livekit/codec/given';
import { type Fault, isObject, show } from '../../../livekit/json';
import type { Result } from '../../../livekit/result';
import type { LabelFault } from '../../shared/labels';
import { againWays } from '../fields/callAgain';
import { blockLabel } from './blockLabel';
import type { Read } from './formReader';

/** Call Again, as far as it could be read. */
export interface AgainSettings {
	readonly rules: AgainRules;
	/** What the row says of its calls so far, or what is wrong with it. */
	readonly before: Result<Tries, 'fault', LabelFault>;
}

const ofBlock: Readonly<Record<string, string>> = {
	outcomes: 'Outcomes',
	after: 'After (Minutes)',
	atMost: 'At Most (Tries)',
};

const ofRow: Readonly<Record<string, string>> = {
	tries: 'Tries So Far',
	callsToday: 'Calls Today',
	lastCalledAt: 'Last Called At',
};

function ruleFault({ path, message }: Fault, blocks: unknown): LabelFault {
	if (path === 'callsPerDay') return { label: 'Calls per Day', message };
	return { label: blockLabel('Rules', path, blocks, ofBlock), message };
}

function readBefore(read: Read): AgainSettings['before'] {
	const given: GivenTries = {
		tries: read('triesSoFar', undefined),
		callsToday: read('callsToday', undefined),
		lastCalledAt: read('lastCalledAt', undefined),
	};
	const before = readTries(given);
	if ('value' in before) return before;
	const { path, message } = before.fault;
	return { fault: { label: ofRow[path], message } };
}

/**
 * Reads Call Again, undefined if it is Never. Rules that cannot be read are a fault: the row must not be called as if there
 * were none. What the row says of its calls so far is its own, see `byTries`.
 */
export function readAgainSettings(
	read: Read,
): Result<AgainSettings | undefined, 'fault', LabelFault> {
	const way = read('callAgain', againWays.never);
	if (way === againWays.never) return { value: undefined };
	if (way !== againWays.byOutcome) {
		const message = `must be "${againWays.never}" or "${againWays.byOutcome}", not ${show(way)}`;
		return { fault: { label: 'Call Again', message } };
	}
	const given = read('againRules', undefined);
	const blocks = isObject(given) ? given[ROWS] : undefined;
	const rules = readAgainRules({ blocks, callsPerDay: read('callsPerDay', undefined) });
	if ('fault' in rules) return { fault: ruleFault(rules.fault, blocks) };
	return { value: { rules: rules.value, before: readBefore(read) } };
}
