import { operationsOf } from './sources.mjs';
import { table } from './table.mjs';

// Stands for the room of the request: grants are read from the body.
const ROOM = 'ROOM';

function grantWords(grant) {
	const { video = {}, sip = {} } = grant;
	const { room, ...permissions } = video;
	const words = [
		...Object.keys(sip).map((name) => `\`sip.${name}\``),
		...Object.keys(permissions).map((name) => `\`video.${name}\``),
	];
	return words.join(' and ') + (room === ROOM ? ' for that room' : '');
}

/** What an operation asks before it writes: the object for a merge, the other trunks for a clash of numbers. */
function readsOf(object, operation) {
	if (!object) return [];
	const read = operation === 'update' ? [object.rpcs.get ?? object.rpcs.list] : [];
	const compares =
		object.info === 'SIPInboundTrunkInfo' && (operation === 'update' || operation === 'replace');
	return compares ? [...read, object.rpcs.list] : read;
}

/** What an operation on calls sends besides its first method. */
const besides = {
	hangUp: ({ perform }) => [`\`${perform.name}\` where there are BYE headers`],
	hangUpAll: ({ getAll, hangUp }) => [getAll, hangUp].map(({ name }) => `\`${name}\` in each room`),
};

function moreOf(sources, resource, operation) {
	return resource === 'call' ? (besides[operation]?.(sources.callRpcs) ?? []) : [];
}

/** The table of operations with the RPC and the grant of each, in Markdown. */
export function operationsTable(sources) {
	const rows = operationsOf(sources).map(({ resource, resourceName, operation, operationName }) => {
		const rpc = sources.operationRpcs[resource][operation];
		const reads = readsOf(sources.storedObjects[resource], operation).map(
			({ name }) => `\`${name}\``,
		);
		const methods = [
			`\`${rpc.service}.${rpc.name}\``,
			...(reads.length > 0 ? [`reads with ${reads.join(' and ')} where needed`] : []),
			...moreOf(sources, resource, operation),
		];
		const grant = grantWords(
			sources.grantFor(sources.rpcPath(rpc), { room: ROOM, room_name: ROOM }),
		);
		const inRooms = operation === 'hangUpAll' ? '; `video.roomAdmin` for one room each' : '';
		return [resourceName, operationName, methods.join('; '), grant + inRooms];
	});
	return table(['Resource', 'Operation', 'LiveKit method', 'Grant in the token'], rows);
}
