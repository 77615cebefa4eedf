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

/** The methods beside the first one, those of one purpose together. */
function alsoWords(also) {
	const purposes = [...new Set(also.map(({ when }) => when))];
	return purposes.map((purpose) => {
		const asked = also.filter(({ when }) => when === purpose);
		return `${asked.map(({ rpc }) => `\`${rpc.name}\``).join(', ')} ${purpose}`;
	});
}

/** The table of operations with the methods and the grants of each, in Markdown. */
export function operationsTable(sources) {
	const grantOf = (rpc) =>
		grantWords(sources.grantFor(sources.rpcPath(rpc), { room: ROOM, room_name: ROOM }));
	const rows = operationsOf(sources).map(({ resourceName, operation }) => {
		const { name, rpc, also = [] } = operation;
		const methods = [`\`${rpc.service}.${rpc.name}\``, ...alsoWords(also)];
		const grants = new Set([rpc, ...also.map((asked) => asked.rpc)].map(grantOf));
		return [resourceName, name, methods.join('; '), [...grants].join('; ')];
	});
	return table(['Resource', 'Operation', 'LiveKit methods', 'Grants in the tokens'], rows);
}

/** The table of resources in Markdown: what each is, and what one can do with it. */
export function resourcesTable({ resources }) {
	const rows = resources.map(({ label, about, operations }) => [
		label,
		about,
		operations.map(({ name }) => name).join(', '),
	]);
	return table(['Resource', 'What it is', 'What you can do'], rows);
}
