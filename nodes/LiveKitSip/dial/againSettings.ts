import { type AgainRules, readAgainRules } from '../../../livekit/again/rules';
import { type GivenTries, type Tries, readTries } from '../../../livekit/again/tries';
import { ROWS } from '../../../livekit/codec/given';
import { type Fault, isObject, show } from '../../../livekit/json';
import type { Result } from '../../../livekit/result';
import type { LabelFault } from '../../shared/labels';
import { againWays } from '../fields/callAgain';
import { blockLabel } from './blockLabel';
import type { Read } from './formReader';

/** Call Again, as far as it could be read. */
export interface AgainSettings {
	/** The rules, or what is wrong with them, which is a fault of the row. */
	readonly rules: Result<AgainRules, 'fault', LabelFault>;
	/** What the row says of its calls so far, or what is wrong with it. */
	readonly before: Result<Tries, 'fault', LabelFault>;
	/** The same as the row gives it. */
	readonly given: GivenTries;
}

const ofRules = {
	whole: 'Rules',
	block: 'Rule',
	fields: { outcomes: 'Outcomes', after: 'After (Minutes)', atMost: 'At Most (Tries)' },
};

const ofRow: Readonly<Record<string, string>> = {
	tries: 'Tries So Far',
	callsToday: 'Calls Today',
	lastCalledAt: 'Last Called At',
};

function ruleFault({ path, message }: Fault, blocks: unknown): LabelFault {
	if (path === 'callsPerDay') return { label: 'Calls per Day', message };
	return { label: blockLabel(ofRules, path, blocks), message };
}

function readBefore(given: GivenTries): AgainSettings['before'] {
	const before = readTries(given);
	if ('value' in before) return before;
	const { path, message } = before.fault;
	return { fault: { label: ofRow[path], message } };
}

function readRules(read: Read, way: unknown): AgainSettings['rules'] {
	if (way !== againWays.byOutcome) {
		const message = `must be "${againWays.never}" or "${againWays.byOutcome}", not ${show(way)}`;
		return { fault: { label: 'Call Again', message } };
	}
	const given = read('againRules', undefined);
	const blocks = isObject(given) ? given[ROWS] : undefined;
	const rules = readAgainRules({ blocks, callsPerDay: read('callsPerDay', undefined) });
	return 'fault' in rules ? { fault: ruleFault(rules.fault, blocks) } : rules;
}

/**
 * Reads Call Again, undefined if it is Never. Rules that cannot be read are a fault: the row must not be called as if there
 * were none. What the row says of its calls so far is its own, see `byTries`.
 */
export function readAgainSettings(read: Read): AgainSettings | undefined {
	const way = read('callAgain', againWays.never);
	if (way === againWays.never) return undefined;
	const given = {
		tries: read('triesSoFar', undefined),
		callsToday: read('callsToday', undefined),
		lastCalledAt: read('lastCalledAt', undefined),
	};
	return { rules: readRules(read, way), before: readBefore(given), given };
}
