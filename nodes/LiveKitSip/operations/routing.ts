import type { INodePropertyRouting } from 'n8n-workflow';
import { operationRpcs, rpcPath } from '../../../livekit/schema/rpc';

/**
 * Routing of an operation: LiveKit's method, and `paginate`, which hands the request to `runRouted` (n8n's routing
 * engine keeps item linking and input under Continue On Fail only then).
 */
export function routed(resource: string, operation: string): INodePropertyRouting {
	return {
		request: { method: 'POST', url: rpcPath(operationRpcs[resource][operation]) },
		send: { paginate: true },
	};
}
