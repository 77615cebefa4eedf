import { operationsOf } from './sources.mjs';

const scalars = { string: 'text', bool: true, duration: '1s', timestamp: '2026-01-01T00:00:00Z' };

/** A decoded message in which every field holds something; maps are left empty, since their names are the user's. */
function filled(sources, message) {
	return Object.fromEntries(
		sources.messageOf(message).fields.map((field) => [field.name, filledField(sources, field)]),
	);
}

function filledField(sources, field) {
	if (field.shape === 'map') return {};
	const value =
		field.kind === 'message'
			? filled(sources, field.type)
			: field.kind === 'enum'
				? 'NAME'
				: (scalars[field.type] ?? 1);
	return field.shape === 'list' ? [value] : value;
}

const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** JSON Schema of what several examples of one value have in common; an object that is empty in all of them is a map of texts. */
function schemaOf(examples) {
	const types = [...new Set(examples.map(typeOf))];
	const objects = examples.filter((example) => typeOf(example) === 'object');
	const lists = examples.filter(Array.isArray);
	if (lists.length > 0) return { type: 'array', items: schemaOf(lists.flat()) };
	if (objects.length === 0) return { type: types.length === 1 ? types[0] : types };
	const names = [...new Set(objects.flatMap(Object.keys))];
	if (names.length === 0) return { type: 'object', additionalProperties: { type: 'string' } };
	return {
		type: 'object',
		properties: Object.fromEntries(
			names.map((name) => [
				name,
				schemaOf(objects.filter((object) => name in object).map((object) => object[name])),
			]),
		),
	};
}

/** Two outputs of a message with Simplify on: everything set, and nothing set. */
function outputsOf(sources, message) {
	return [filled(sources, message), sources.decode(message, {})].map((value) =>
		sources.simplifyMessage(message, value),
	);
}

const warnings = { warnings: ['text'] };

/** Outputs of a call: those of its message, and with the times that stand among its attributes. */
function callsOf(sources) {
	const times = { 'lk.sip.inviteTime': '1700000000000', 'lk.sip.answerTime': '1700000000000' };
	return [
		sources.simplifyMessage('ParticipantInfo', {
			...filled(sources, 'ParticipantInfo'),
			attributes: times,
		}),
		...outputsOf(sources, 'ParticipantInfo'),
	];
}

/** What became of a transfer, with everything or with nothing told. */
const transferred = (text, number) => ({
	outcome: 'text',
	transferred: true,
	reason: text,
	message: 'text',
	sip_status_code: number,
	sip_status: text,
	transfer_id: text,
	status: text,
	room_name: 'text',
	participant_identity: 'text',
	transfer_to: 'text',
	warnings: ['text'],
});

/** What became of a call, with everything or with nothing told (nodes/LiveKitSip/dial/item.ts). */
const placed = (text, number, attempt) => ({
	outcome: 'text',
	answered: true,
	retryable: true,
	reason: text,
	message: 'text',
	sip_status_code: number,
	sip_status: text,
	participant_id: text,
	participant_identity: text,
	room_name: text,
	sip_call_id: text,
	sip_trunk_id: text,
	called_number: text,
	caller_number: text,
	requested_at: text,
	answered_at: text,
	ring_seconds: number,
	ended_at: text,
	talk_seconds: number,
	participant_attributes: {},
	attempt,
	contact_key: text,
	next_allowed_at: text,
	agent_dispatch_id: text,
	warnings: ['text'],
	input: {},
});

/** Example items of an operation, as nodes/LiveKitSip/request puts them together (test/engine/schema.test.ts compares real ones). */
function examplesOf(sources, resource, operation) {
	const object = sources.storedObjects[resource];
	if (object) {
		if (operation === 'delete') return [{ deleted: true, [object.id]: 'text' }];
		const outputs = outputsOf(sources, object.info);
		return operation === 'get' || operation === 'getAll'
			? outputs
			: outputs.map((output) => ({ ...output, ...warnings }));
	}
	if (resource === 'agentDispatch') {
		if (operation === 'delete') return [{ deleted: true, dispatch_id: 'text', room_name: 'text' }];
		const outputs = outputsOf(sources, 'AgentDispatch');
		return operation === 'getAll' ? outputs : outputs.map((output) => ({ ...output, ...warnings }));
	}
	const call = { room_name: 'text', participant_identity: 'text' };
	switch (operation) {
		case 'place':
			return [placed('text', 1, 1), placed(null, null, null), placed('text', 1, 'text')];
		case 'transfer':
			return [transferred('text', 1), transferred(null, null)];
		case 'hangUp':
			return [{ ended: true, ...call, ...warnings }];
		case 'hangUpAll':
			return [{ ended: true, ...call, phone_number: 'text', status: 'text', message: 'text' }];
		case 'get':
		case 'getAll':
			return callsOf(sources).map((output) => ({ room_name: 'text', ...output }));
		default:
			throw new Error(`No output is known for the operation ${operation} of ${resource}`);
	}
}

/**
 * n8n's output schemas: what the editor offers as fields before the first run. Simplify is on, as it is by default.
 *
 * @returns {[path: string, content: string][]} path inside the repository
 */
export function outputSchemas(sources) {
	return operationsOf(sources).map(({ resource, operation }) => [
		`nodes/LiveKitSip/__schema__/v1.0.0/${resource}/${operation}.json`,
		`${JSON.stringify({ ...schemaOf(examplesOf(sources, resource, operation)), version: 1 }, null, '\t')}\n`,
	]);
}
