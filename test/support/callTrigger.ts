import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { CallHook, type HookOptions } from './hooks';
import { leftWith } from './webhooks';

/** Parameters of the call trigger: the start and the end of calls, and their end alone. */
export const calls = { events: ['inbound_call_started', 'outbound_call_started', 'call_ended'] };
export const ended = { events: ['call_ended'] };

/** The end of a call that was answered, and its text. */
export const end = leftWith('room-ok2', {});
export const endText = JSON.stringify(end);

/** Opens call triggers, each in a workflow of its own, and closes them after each test. */
export function useCallHooks() {
	const hooks: CallHook[] = [];
	afterEach(async () => {
		for (const hook of hooks.splice(0)) await hook.close();
	});

	// One process, many workflows: each test's node is another one, those of other test files too.
	const open = async (parameters: IDataObject, options: HookOptions = {}) => {
		const hook = await CallHook.open(parameters, { nodeId: randomUUID(), ...options });
		hooks.push(hook);
		return hook;
	};
	return open;
}
