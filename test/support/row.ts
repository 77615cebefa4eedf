import type { INode } from 'n8n-workflow';

import type { Reply } from '../../livekit/codec/response';
import { grantFor } from '../../livekit/http/grants';
import { readAnswer } from '../../livekit/http/twirp';
import type { JsonObject } from '../../livekit/json';
import { type Rpc, rpcPath } from '../../livekit/schema/rpc';
import type { LocalLiveKit } from '../../local/livekit/server';
import { cancellation } from '../../nodes/LiveKitSip/rows/cancellation';
import { EventLoop } from '../../nodes/LiveKitSip/rows/eventLoop';
import { type Row, readSettings } from '../../nodes/LiveKitSip/rows/row';
import { replyOf } from '../../nodes/shared/send';
import { ask } from './client';

const node: INode = {
	id: '1',
	name: 'LiveKit',
	type: 'n8n-nodes-livekit-sip.liveKitSip',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Sends a request to a local LiveKit, with the grant that it needs. */
export async function sendTo(livekit: LocalLiveKit, rpc: Rpc, body: JsonObject): Promise<Reply> {
	const claims = { ...grantFor(rpcPath(rpc), body) };
	const answer = await ask(livekit, `${rpc.service}/${rpc.name}`, body, { claims });
	return replyOf(rpc, readAnswer(answer));
}

/** The only row of a run of Call: Place, without parameters. */
export function rowFor(send: Row['send'], shared: Partial<Row['shared']> = {}): Row {
	const context = {};
	const read: Row['read'] = (_name, fallback) => fallback;
	return {
		node,
		itemIndex: 0,
		resource: 'call',
		operation: 'place',
		properties: [],
		home: 'instance-1',
		origin: 'test',
		settings: readSettings(read),
		input: {},
		account: 'account',
		timeoutMs: 300_000,
		shared: {
			executeData: { node },
			context: () => context,
			runIndex: 0,
			startedAt: performance.now(),
			cancel: cancellation(undefined),
			eventLoop: new EventLoop(),
			...shared,
		},
		read,
		send,
		release: () => undefined,
		mayHaveRung: () => false,
	};
}
