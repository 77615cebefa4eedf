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

// LiveKit reserves these characters (livekit/protocol agent/environment.go), and its refusal does not name the field.
function deploymentFault(text: string): string | undefined {
	const reserved = [...text].find(
		(character) => character === '_' || character <= ' ' || character === '\x7f',
	);
	return reserved === undefined ? undefined : 'must not hold underscores, spaces or line breaks';
}

/**
 * Checks a new dispatch. LiveKit accepts one without an agent name, but it would go to any agent without a name, and those
 * join new rooms by themselves. So it is a fault.
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

/** Checks a request to list dispatches. */
export function checkDispatchList(body: JsonObject, path: string, findings: Findings): void {
	trim(body, 'room', 'dispatch_id');
	requireField(body, 'room', path, findings, room);
}

/** Checks a request to delete a dispatch. */
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
