import { ask } from '../../shared/send';
import type { Server } from '../../shared/server';
import type { Run } from './openRun';
import { type Row, readSettings } from './row';

/** Opens a row of a run: reads its settings and binds its requests to a server. */
export function openRow(run: Run, itemIndex: number, server: Server, release: () => void): Row {
	const { functions, node, operation, home, origin } = run;
	const read: Row['read'] = (name, fallback) => run.read(name, itemIndex, fallback);
	return {
		node,
		itemIndex,
		resource: operation.resource,
		operation: operation.value,
		properties: operation.properties,
		home,
		origin,
		settings: readSettings(read),
		input: run.inputOf(itemIndex),
		server: server.baseURL,
		shared: run,
		read,
		send: async (rpc, body, options) => await ask(functions, server, rpc, body, options),
		release,
		mayHaveRung: () => false,
	};
}
