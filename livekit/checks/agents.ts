import { type JsonObject, at } from '../json';
import { requireField } from './fields';
import type { Findings } from './findings';

const room = 'is required: the name of the room';

function trim(body: JsonObject, ...names: readonly string[]): void {
	for (const name of names) {
		const value = body[name];
		if (typeof value === 'string') body[name] = value.trim();
	}
}

// LiveKit keeps them for itself (livekit/protocol agent/environment.go), and answers without saying where the text came from.
function deploymentFault(text: string): string | undefined {
	const reserved = [...text].find(
		(character) => character === '_' || character <= ' ' || character === '\x7f',
	);
	return reserved === undefined ? undefined : 'must not hold underscores, spaces or line breaks';
}

/**
 * Checks a new dispatch. One without an agent name is a fault although LiveKit takes it: it would go to any agent that
 * runs without a name, and LiveKit sends for those by itself.
 */
export function checkDispatch(body: JsonObject, path: string, findings: Findings): void {
	trim(body, 'room', 'agent_name');
	requireField(body, 'room', path, findings, room);
	requireField(
		body,
		'agent_name',
		path,
		findings,
		'is required: the name under which the agent registers. Agents without a name join new rooms by themselves',
	);
	const fault = typeof body.deployment === 'string' ? deploymentFault(body.deployment) : undefined;
	if (fault) findings.faults.push({ path: at(path, 'deployment'), message: fault });
}

/** Checks which dispatches to list. */
export function checkDispatchList(body: JsonObject, path: string, findings: Findings): void {
	trim(body, 'room', 'dispatch_id');
	requireField(body, 'room', path, findings, room);
}

/** Checks which dispatch to delete. */
export function checkDispatchDeletion(body: JsonObject, path: string, findings: Findings): void {
	checkDispatchList(body, path, findings);
	requireField(
		body,
		'dispatch_id',
		path,
		findings,
		'is required: the ID of the dispatch (AD_...), which {create} and {getAll} return',
	);
}
