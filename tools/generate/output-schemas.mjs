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

// The times of a call stand among its attributes.
const attributes = { 'lk.sip.inviteTime': '1700000000000', 'lk.sip.answerTime': '1700000000000' };

/** JSON Schema of the simplified form of a message, by the fields it can have. */
function messageSchema(sources, message) {
	const outputs = outputsOf(sources, message);
	if (message !== 'ParticipantInfo') return schemaOf(outputs);
	const withTimes = { ...filled(sources, message), attributes };
	return schemaOf([sources.simplifyMessage(message, withTimes), ...outputs]);
}

/** JSON Schema of a type of an operation's `output`, such as `number null`, `string[]` or `string{}`. */
function typeSchema(text) {
	const [, inner, shape] = /^(.*?)(\[\]|\{\})?$/.exec(text);
	if (shape === '[]') return { type: 'array', items: { type: inner } };
	if (shape === '{}') return { type: 'object', additionalProperties: { type: inner } };
	const types = inner.split(' ');
	return { type: types.length === 1 ? types[0] : types };
}

function outputSchema(sources, { output }) {
	const properties = Object.entries(output).flatMap(([name, type]) =>
		name === '...'
			? Object.entries(messageSchema(sources, type).properties)
			: [[name, typeSchema(type)]],
	);
	return { type: 'object', properties: Object.fromEntries(properties), version: 1 };
}

/**
 * n8n's output schemas: what the editor offers as fields before the first run. Simplify is on, as it is by default.
 *
 * @returns {[path: string, content: string][]} path inside the repository
 */
export function outputSchemas(sources) {
	return operationsOf(sources).map(({ resource, operation }) => [
		`nodes/LiveKitSip/__schema__/v1.0.0/${resource}/${operation.value}.json`,
		`${JSON.stringify(outputSchema(sources, operation), null, '\t')}\n`,
	]);
}
