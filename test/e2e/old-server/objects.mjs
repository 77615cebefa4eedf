// The operations on trunks and rules against real servers, with every field of the forms set.
import { call } from '../../../local/n8n/sip.mjs';
import { same } from '../checks.mjs';

const lists = {
	inboundTrunk: 'ListSIPInboundTrunk',
	outboundTrunk: 'ListSIPOutboundTrunk',
	dispatchRule: 'ListSIPDispatchRule',
};
const idOf = (resource) => (resource === 'dispatchRule' ? 'sip_dispatch_rule_id' : 'sip_trunk_id');

/** Fields whose keys are the user's. */
const maps = ['headers', 'headers_to_attributes', 'attributes_to_headers', 'attributes', 'tags'];
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a server that does not know the field holds the same. */
const isEmpty = (value) => !value || (Array.isArray(value) && value.length === 0);

/**
 * The fields that were sent and that the server's own answer does not have: LiveKit writes every field that it knows.
 *
 * @returns {string[]} paths such as `room_config.agents[0].attributes`
 */
function dropped(sent, kept, path = '') {
	return Object.entries(sent).flatMap(([key, value]) => {
		const place = path === '' ? key : `${path}.${key}`;
		if (isEmpty(value)) return [];
		if (!(key in kept)) return [place];
		if (Array.isArray(value))
			return value.flatMap((entry, index) =>
				isObject(entry) ? dropped(entry, kept[key][index] ?? {}, `${place}[${index}]`) : [],
			);
		return isObject(value) && !maps.includes(key) ? dropped(value, kept[key] ?? {}, place) : [];
	});
}

/** An update of a field that only newer servers have. */
const later = {
	resource: 'outboundTrunk',
	operation: 'update',
	form: ({ outbound }) => ({
		trunkId: { __rl: true, mode: 'id', value: outbound },
		updateFields: { fromHost: 'from.example.com' },
	}),
	body: ({ outbound }) => ({ sip_trunk_id: outbound, update: { from_host: 'from.example.com' } }),
};

async function provision(server) {
	await server.flush();
	const make = async (method, body, id) => (await call(server, method, body))[id];
	const inbound = await make(
		'CreateSIPInboundTrunk',
		{ trunk: { name: 'In', numbers: ['+15105550100'], auth_username: 'u', auth_password: 'p' } },
		'sip_trunk_id',
	);
	const outbound = await make(
		'CreateSIPOutboundTrunk',
		{ trunk: { name: 'Out', address: 'sip.example.com', numbers: ['+15105550101'] } },
		'sip_trunk_id',
	);
	const direct = { dispatch_rule_direct: { room_name: 'room', pin: '99' } };
	const rule = await make(
		'CreateSIPDispatchRule',
		{ dispatch_rule: { name: 'Rule', rule: direct, trunk_ids: [inbound] } },
		'sip_dispatch_rule_id',
	);
	return { inbound, outbound, rule };
}

/**
 * Runs each operation from the form and from JSON. The node's warnings have to name what the server dropped, and nothing else.
 *
 * @param {import('../checks.mjs').Checks} checks
 * @param {{version: string, server: object, run: (parameters: object) => Promise<{error?: Error, json: any[]}>, cases: object[]}} world
 * @returns {Promise<Record<string, string[]>>} what the server dropped, by `resource: operation`
 */
export async function checkObjects(checks, { version, server, run, cases }) {
	const found = {};
	for (const { resource, operation, ...one } of [...cases, later].filter(
		(candidate) => candidate.resource in lists,
	)) {
		for (const way of one.json ? ['form', 'JSON'] : ['form']) {
			const ids = await provision(server);
			const { picked = {}, body: text } = way === 'JSON' ? one.json(ids) : {};
			const given =
				way === 'JSON'
					? { ...picked, inputMode: 'json', jsonBody: JSON.stringify(text) }
					: one.form(ids);
			const title = `${version}: ${resource}: ${operation} from ${way}`;
			const { error, json } = await run({ resource, operation, ...given });
			await checks.run(`${title} runs`, () => {
				if (error) throw new Error(`${error.message} ${error.description}`);
			});
			const sent = Object.values(one.body(ids)).find(isObject);
			const writes = ['create', 'replace', 'update'].includes(operation);
			const { items } = await call(server, lists[resource], {});
			const lost =
				writes && json[0]
					? dropped(
							withoutChanges(sent),
							items.find((item) => item[idOf(resource)] === json[0][idOf(resource)]) ?? {},
						)
					: [];
			const known = one.warnings ?? [];
			const warnings = (json[0]?.warnings ?? []).filter(
				(warning) => !known.some((words) => warning.includes(words)),
			);
			await checks.run(
				`${title} warns of what the server dropped: ${lost.join(', ') || 'nothing'}`,
				() => same(warnings.map((warning) => warning.split(': ')[0]).sort(), [...lost].sort()),
			);
			if (writes)
				found[`${resource}: ${operation}`] = [
					...new Set([...(found[`${resource}: ${operation}`] ?? []), ...lost]),
				];
		}
	}
	return found;
}

/** List changes of an update are no fields of the object. */
function withoutChanges(sent) {
	const changes = ['set', 'add', 'remove', 'clear'];
	return Object.fromEntries(
		Object.entries(sent).map(([key, value]) => [
			key,
			isObject(value) && Object.keys(value).every((name) => changes.includes(name)) ? [] : value,
		]),
	);
}
