import { loadTs } from '../load-ts.mjs';

/** The kinds of objects that the start command shows and removes, in the order in which they can be removed. */
const kinds = [
	{
		kind: 'dispatch rule',
		list: 'ListSIPDispatchRule',
		remove: 'DeleteSIPDispatchRule',
		id: 'sip_dispatch_rule_id',
		facts: ruleFacts,
	},
	{
		kind: 'inbound trunk',
		list: 'ListSIPInboundTrunk',
		remove: 'DeleteSIPTrunk',
		id: 'sip_trunk_id',
		facts: inboundFacts,
	},
	{
		kind: 'outbound trunk',
		list: 'ListSIPOutboundTrunk',
		remove: 'DeleteSIPTrunk',
		id: 'sip_trunk_id',
		facts: outboundFacts,
	},
];

/**
 * Calls LiveKit's SIP service, apart from the nodes: what the start command shows comes from the server itself.
 *
 * @param {{url: string, key: string, secret: string}} server
 * @param {string} method such as `ListSIPInboundTrunk`
 * @param {object} body
 * @returns {Promise<any>} the answer, snake_case as LiveKit's open-source server writes it
 */
export async function call({ url, key, secret }, method, body) {
	const { httpBase } = await loadTs('livekit/http/url.ts');
	const { signToken } = await loadTs('livekit/http/token.ts');
	const base = httpBase(url);
	if ('fault' in base) throw new Error(base.fault);
	const token = await signToken({
		apiKey: key,
		apiSecret: secret,
		grant: { sip: { admin: true } },
	});
	let response;
	try {
		response = await fetch(`${base.value}/twirp/livekit.SIP/${method}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(20_000),
		});
	} catch (cause) {
		throw new Error(
			`No LiveKit server answers at ${base.value} (${cause.cause?.code ?? cause.cause?.message ?? cause.message}).`,
			{ cause },
		);
	}
	const text = await response.text();
	if (response.status === 401)
		throw new Error(`The LiveKit server at ${base.value} does not accept the API key and secret.`);
	if (!response.ok) {
		const { plainLine } = await loadTs('livekit/plain.ts');
		throw new Error(`LiveKit answered ${response.status} to ${method}: ${plainLine(text, 300)}`);
	}
	return JSON.parse(text);
}

/**
 * All trunks and rules of a LiveKit server.
 *
 * @param {{url: string, key: string, secret: string}} server
 * @returns {Promise<{kind: string, name: string, id: string, facts: string, object: object}[]>} inbound trunks, outbound
 *   trunks, rules; each in the order of their names; facts: the main ones in words; object: LiveKit's own
 */
export async function listObjects(server) {
	const found = [];
	for (const { kind, list, id, facts } of [kinds[1], kinds[2], kinds[0]]) {
		const { items = [] } = await call(server, list, {});
		const objects = items.map((object) => ({ kind, name: object.name, id: object[id], object }));
		found.push(
			...objects.sort((a, b) => a.name.localeCompare(b.name)).map((entry) => ({ ...entry, facts })),
		);
	}
	const names = new Map(found.map(({ id, name }) => [id, name]));
	return found.map(({ facts, ...entry }) => ({ ...entry, facts: facts(entry.object, names) }));
}

/**
 * Removes objects that `listObjects` gave, rules first.
 *
 * @param {{url: string, key: string, secret: string}} server
 * @param {{kind: string, id: string}[]} objects
 */
export async function removeObjects(server, objects) {
	for (const { kind, remove, id } of kinds) {
		for (const object of objects.filter((candidate) => candidate.kind === kind)) {
			await call(server, remove, { [id]: object.id });
		}
	}
}

const listed = (label, values) => (values?.length ? `${label} ${values.join(', ')}` : undefined);
const joined = (facts) => facts.filter(Boolean).join(' · ');

function inboundFacts({ numbers, allowed_numbers, allowed_addresses }) {
	return joined([
		numbers.length > 0 ? numbers.join(', ') : 'any number',
		listed('only callers', allowed_numbers),
		listed('only from', allowed_addresses),
	]);
}

function outboundFacts({ address, numbers, transport, auth_username }) {
	return joined([
		`to ${address}`,
		listed('caller ID', numbers),
		transport === 'SIP_TRANSPORT_AUTO' ? undefined : transport.replace('SIP_TRANSPORT_', ''),
		auth_username && `user ${auth_username}`,
	]);
}

function ruleFacts(
	{ rule, numbers, inbound_numbers, trunk_ids, attributes, metadata, room_config },
	names,
) {
	const {
		dispatch_rule_direct: direct,
		dispatch_rule_individual: individual,
		dispatch_rule_callee: callee,
	} = rule;
	const room =
		(direct && `one room "${direct.room_name}"`) ??
		(individual && `new room per caller "${individual.room_prefix}_..."`) ??
		`room per called number "${callee.room_prefix}_..."`;
	const { pin } = direct ?? individual ?? callee;
	const keys = Object.keys(attributes ?? {});
	return joined([
		room,
		pin && 'with pin',
		listed('called', numbers),
		listed('callers', inbound_numbers),
		listed(
			'agent',
			room_config?.agents?.map(({ agent_name }) => agent_name),
		),
		metadata && 'metadata',
		keys.length > 0 && listed('attributes', keys),
		trunk_ids.length > 0
			? `on ${trunk_ids.map((id) => names.get(id) ?? id).join(', ')}`
			: 'on any trunk',
	]);
}

/**
 * Objects as a text table for the terminal, which gets none of the control characters in their names.
 *
 * @returns {Promise<string>}
 */
export async function asTable(objects) {
	const { plainLine } = await loadTs('livekit/plain.ts');
	const rows = [
		['Kind', 'Name', 'ID', 'Facts'],
		...objects.map(({ kind, name, id, facts }) =>
			[kind, name, id, facts].map((cell) => plainLine(String(cell))),
		),
	];
	const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
	const lines = rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
	return [
		lines[0],
		widths.map((width) => '-'.repeat(width)).join('  ') + '  -----',
		...lines.slice(1),
	].join('\n');
}
