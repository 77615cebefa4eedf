import { type JsonObject, isObject, show } from '../../../../livekit/json';
import { readChanges } from '../../../../livekit/objects/change';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { type RuleType, ownRule, ruleTypes } from '../../fields/ruleType';
import { labelOf } from '../../rows/labels';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Row } from '../../rows/row';

/** The changes that a form asks for. */
export interface FormChanges {
	readonly changes: JsonObject;
	/** Fields of the rule, whose type is that of the stored rule. */
	readonly ofRule?: JsonObject;
}

function labelIn(row: Row, field: string): string {
	return labelOf(row.properties, `${ownRule}.${field}`)?.label ?? field;
}

/** The change of a rule of that type, or the failure of a row with a field that such a rule does not have. */
function changeOf(row: Row, fields: JsonObject, type: RuleType): RowResult<JsonObject> {
	const others = Object.keys(fields).filter((field) => !type.fields.includes(field));
	if (others.length === 0) return { value: { [type.branch]: fields } };
	const own = type.fields.map((field) => labelIn(row, field)).join(', ');
	const message = `does not fit: the Rule Type is ${type.label}, which has ${own}. Remove the field, or change Rule Type too`;
	return inputFailure(
		row,
		others.map((field) => ({ path: `${ownRule}.${field}`, message })),
	);
}

/** Reads the changes of a form. A rule type that is chosen without any of its fields still changes the rule. */
export function readFormChanges(row: Row, raw: JsonObject): RowResult<FormChanges> {
	const { rule, ...changes } = isObject(raw.update) ? raw.update : {};
	const fields = isObject(rule) ? rule : {};
	if (raw.rule_type === undefined)
		return { value: isObject(rule) ? { changes, ofRule: fields } : { changes } };
	const chosen = ruleTypes.find(({ type }) => type === raw.rule_type);
	if (!chosen) {
		const message = `holds ${show(raw.rule_type)}. Choose an entry of the list`;
		return inputFailure(row, [{ path: 'rule_type', message }]);
	}
	const change = changeOf(row, fields, chosen);
	return 'failure' in change ? change : { value: { changes: { ...changes, rule: change.value } } };
}

/** The change of a stored rule whose form names fields, and leaves the type as it is. */
export function readOwnRule(
	row: Row,
	object: StoredObject,
	found: JsonObject,
	fields: JsonObject,
): RowResult<JsonObject> {
	const stored = isObject(found.rule) ? found.rule : {};
	const type = ruleTypes.find(({ branch }) => isObject(stored[branch]));
	if (!type) {
		const message =
			"cannot be changed: the stored rule has a type that this node does not know. Use LiveKit's own tools, or choose a Rule Type too";
		return inputFailure(
			row,
			Object.keys(fields).map((field) => ({ path: `${ownRule}.${field}`, message })),
		);
	}
	const change = changeOf(row, fields, type);
	if ('failure' in change) return change;
	const read = readChanges(object.info, { rule: change.value }, 'update');
	if (read.faults.length > 0) return inputFailure(row, read.faults);
	return { value: isObject(read.fields.rule) ? read.fields.rule : {} };
}
