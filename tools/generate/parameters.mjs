import { operationsOf } from './sources.mjs';
import { table } from './table.mjs';

// Names that nodes/LiveKitSip/fields gives to the parts of fixed collections (livekit/codec/encode.ts ROWS and MORE, and listUpdate.ts).
const [ROWS, MORE, CHANGE] = ['rows', 'more', 'change'];

const types = {
	duration: 'seconds',
	bool: 'true or false',
	string: 'text',
	uint32: 'number',
	int32: 'number',
	int64: 'number',
};

/** The field of a message at a wire path; throws where a parameter writes to a place that LiveKit does not know. */
function fieldAt(sources, message, path) {
	const [name, ...rest] = path.split('.');
	const field = sources.messageOf(message).fields.find((candidate) => candidate.name === name);
	if (!field) throw new Error(`A parameter writes to ${path}, which is no field of ${message}`);
	return rest.length > 0 ? fieldAt(sources, field.type, rest.join('.')) : field;
}

function typeWords({ type, kind, shape, secret }) {
	const one =
		type === 'ListUpdate'
			? 'set, add, remove or clear'
			: kind === 'scalar'
				? (types[type] ?? type)
				: `\`${type}\``;
	const words = shape === 'list' ? `list of ${one}` : shape === 'map' ? `names and ${one}` : one;
	return secret ? `${words}, secret` : words;
}

/** Request message of an operation, and the wire path there of the place that a parameter writes to. */
function requestOf(sources, resource, { value: operation, rpc }) {
	const object = sources.storedObjects[resource];
	const { request } = rpc;
	if (object && operation === 'get' && !object.rpcs.get) {
		return { message: request, pathOf: (place) => (place === object.id ? object.idFilter : place) };
	}
	if (!object || operation !== 'update') return { message: request, pathOf: (place) => place };
	const patchable = new Set(sources.messageOf(object.update).fields.map(({ name }) => name));
	const pathOf = (place) => {
		const [branch, field] = place.split('.');
		return branch === 'update' && !patchable.has(field)
			? place.replace('update', 'replace')
			: place;
	};
	return { message: request, pathOf };
}

/** Parameters that fill no field of the request by themselves, by the place they write to. */
const wholes = {
	json: ['the whole request', 'JSON'],
	bye_headers: [
		'`headers` in the payload of `RoomService.PerformRpc`, method `lk.sip.EndCall`',
		'names and text',
	],
	call_direction: ['compared with the attribute `sip.ruleID`', 'one of two'],
	call_status: ['compared with the attribute `sip.callStatus`', 'text'],
	called_number: ['compared with the numbers of trunks and rules', 'text'],
	caller_number: ['compared with the callers of trunks and rules', 'text'],
	room_prefix: ['compared with `Room.name`', 'text'],
	server_version: ['how trunks and rules are read', 'text'],
	source_address: ['compared with `allowed_addresses` of trunks', 'text'],
	typed_pin: ['compared with the PINs of rules', 'text, secret'],
	unanswered: ['none: what came out', 'true or false'],
	rule_type: [
		'which of `rule.dispatch_rule_direct`, `rule.dispatch_rule_individual` and `rule.dispatch_rule_callee`',
		'one of three',
	],
	'update.rule.pin': ['`rule.*.pin`, of the type that the rule has', 'text, secret'],
	'update.rule.room_name': ['`rule.dispatch_rule_direct.room_name`', 'text'],
	'update.rule.room_prefix': ['`rule.*.room_prefix`, of the type that the rule has', 'text'],
	'update.rule.no_randomness': ['`rule.dispatch_rule_individual.no_randomness`', 'true or false'],
	'update.rule.randomize': ['`rule.dispatch_rule_callee.randomize`', 'true or false'],
};

const leaf = (scope, property, labels, names, field, type) => [
	labels.join(' > '),
	`\`${names.join('.')}\``,
	field,
	type,
	nothingWords(scope, property, names.join('.')),
];

/** What becomes of a row for which the expression of a field finds nothing. */
function nothingWords({ sources, operation }, property, path) {
	if (property.noDataExpression) return 'takes no expression';
	// The names of a map's rows stop the row too; its values are the field.
	const place = property.type === 'fixedCollection' ? `${path}.${ROWS}.value` : path;
	if (sources.whenNothing(operation, place) === 'stops') return 'stops';
	const words = sources.nothingMeanings[place];
	if (!words) throw new Error(`tools/generate/nothing.ts does not say what ${place} means`);
	return words;
}

function columnsOf(columns, scope, labels, names, path, message) {
	return columns.flatMap((column) => {
		if (column.name === MORE)
			return columnsOf(
				column.options,
				scope,
				[...labels, column.displayName],
				[...names, MORE],
				path,
				message,
			);
		const field = fieldAt(scope.sources, message, column.name);
		return [
			leaf(
				scope,
				column,
				[...labels, column.displayName],
				[...names, column.name],
				`\`${path}[].${column.name}\``,
				typeWords(field),
			),
		];
	});
}

/** The modes of a picker that write to places of their own. */
function modesOf(scope, property, labels, names) {
	const { sources, message } = scope;
	return sources.modePlaces(property).map(({ displayName, path }) => {
		const type = typeWords(fieldAt(sources, message, path));
		return leaf(scope, property, [...labels, displayName], names, `\`${path}\``, type);
	});
}

function rowsOf(scope, property, labels, names) {
	const here = [...labels, property.displayName];
	const path = [...names, property.name];
	const place = property.routing?.send?.property;
	if (!place) {
		if (property.type === 'notice') return [];
		if (property.type === 'collection')
			return property.options.flatMap((entry) => rowsOf(scope, entry, here, path));
		if (property.type === 'fixedCollection')
			return property.options.flatMap(({ name, values }) =>
				values.flatMap((column) => rowsOf(scope, column, here, [...path, name])),
			);
		return [leaf(scope, property, here, path, 'none', 'for the node itself')];
	}
	if (wholes[place]) return [leaf(scope, property, here, path, ...wholes[place])];
	const wire = scope.pathOf(place);
	const field = fieldAt(scope.sources, scope.message, wire);
	const [group] = property.type === 'fixedCollection' ? property.options : [];
	if (group?.name === ROWS && field.kind === 'message') {
		return columnsOf(group.values, scope, here, [...path, ROWS], wire, field.type);
	}
	const whole = group?.name === CHANGE ? [...path, CHANGE] : path;
	const change = leaf(scope, property, here, whole, `\`${wire}\``, typeWords(field));
	const entries = group?.values?.find(({ type }) => type === 'fixedCollection');
	if (!entries) return [change, ...modesOf(scope, property, here, path)];
	const [rows] = entries.options;
	const inRows = [...whole, entries.name, rows.name];
	return [change, ...columnsOf(rows.values, scope, here, inRows, wire, field.type)];
}

// The rule's fields of a create are there once per rule type: the type tells them apart.
function typeOfRule(property) {
	const [type] = property.displayOptions?.show?.ruleType ?? [];
	return type
		? [
				{
					direct: 'One Fixed Room',
					individual: 'New Room per Caller',
					callee: 'Room per Called Number',
				}[type],
			]
		: [];
}

function sectionOf(sources, { resource, resourceName, operation }) {
	const scope = {
		sources,
		operation: operation.value,
		...requestOf(sources, resource, operation),
	};
	const { name, rpc, properties } = operation;
	const rows = properties.flatMap((property) => rowsOf(scope, property, typeOfRule(property), []));
	return [
		`## ${resourceName}: ${name}`,
		`\`${rpc.service}.${rpc.name}\`, message \`${scope.message}\`.`,
		table(['Parameter', "In the workflow's JSON", 'LiveKit field', 'Type', 'Nothing found'], rows),
	].join('\n\n');
}

/** The parameters of a trigger, none of which is a field of a request. */
function triggerSection(name, properties, stops) {
	const rows = properties
		.filter(({ type }) => type !== 'notice')
		.flatMap((property) =>
			property.type === 'collection'
				? property.options.map((entry) => [
						[property.displayName, entry.displayName],
						[property.name, entry.name],
					])
				: [[[property.displayName], [property.name]]],
		)
		.map(([labels, names]) => [labels.join(' > '), `\`${names.join('.')}\``, 'stops']);
	return [
		`## ${name}`,
		`None of them is a field of a request. "stops" means here that ${stops}.`,
		table(['Parameter', "In the workflow's JSON", 'Nothing found'], rows),
	].join('\n\n');
}

function triggerSections({ triggerProperties, callTriggerProperties }) {
	return [
		triggerSection(
			'LiveKit SIP Trigger',
			triggerProperties,
			'nothing is read and the poll says why',
		),
		triggerSection(
			'LiveKit Call Trigger',
			callTriggerProperties,
			'the workflow cannot be activated, and n8n says why',
		),
	];
}

function exclusionsSection({ exclusions }) {
	const rows = exclusions.map(({ message, field, reason }) => [`\`${message}.${field}\``, reason]);
	return [
		'## Fields without a parameter',
		'The reason completes the sentence "This field ...".',
		table(['Field', 'Reason'], rows),
	];
}

const introduction = `# Parameters and LiveKit fields

Every parameter of the LiveKit SIP node, and the field of LiveKit's request that it fills. This file is written by
\`npm run generate\` from the node's description and the schema table; a test fails when it is out of date.

- "none" marks what the node keeps to itself.
- In Update, \`update\` stands before fields that LiveKit's partial update knows. Where \`replace\` stands, the node reads
  the object, merges the change and writes the whole object; one such field in an update makes the whole update go that way.
- \`[]\` is a row of a list. A type that is written like \`SIPTransport\` is LiveKit's own.
- "secret" marks what outputs hide unless Include Secrets is on.
- "Nothing found" says what becomes of a row for which the field was added, or set to an expression, and is empty: no value,
  \`null\`, blank text, no number, an empty list. "stops" means that nothing is sent and the message names the field. To leave
  the field out would mean "everybody", "no limit" or "no PIN" as often as not. In Update an added field that is left empty
  without an expression clears what is stored.`;

/** docs/parameters.md: a table for each operation, and the fields that have no parameter. */
export function parametersDocument(sources) {
	const sections = operationsOf(sources).map((operation) => sectionOf(sources, operation));
	const parts = [
		introduction,
		...sections,
		...triggerSections(sources),
		...exclusionsSection(sources),
	];
	return `${parts.join('\n\n')}\n`;
}
