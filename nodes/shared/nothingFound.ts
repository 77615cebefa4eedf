import type { INodeProperties } from 'n8n-workflow';
import { isObject } from '../../livekit/json';
import type { LabelFault } from './labels';
import { fieldsIn } from './fieldsIn';

/** What an operation does about a field that was added, and for which nothing was found. */
export type WhenNothing =
	/** The row stops. */
	| 'stops'
	/** The row stops too, but an empty list is an answer, such as of nobody who has opted out. */
	| 'takesEmptyList'
	/** The row stops too, but to leave the field empty, without an expression, is an answer. */
	| 'mayBeEmpty'
	/** As if it had not been added. */
	| 'leavesOut'
	/** The operation says itself what it means for the row, as for a contact without a number. */
	| 'tells';

/** What the check needs to know of a node. */
export interface Form {
	/** The parameters that n8n shows. */
	readonly shown: readonly INodeProperties[];
	/** Their values as the workflow holds them, with expressions as text. */
	readonly parameters: Readonly<Record<string, unknown>>;
	/** Reads the value of a parameter, or of a field of a collection by its path. */
	read(path: string, options?: { readonly extractValue: boolean }): unknown;
	/** By the path of the field in the workflow's JSON, such as `filters.nameContains`. */
	whenNothing(path: string): WhenNothing;
	/** What is empty belongs to this, in words; empty for a node that has no rows. */
	readonly where: 'for this row' | '';
	/** Whether a field of a collection that is left empty, without an expression, is to be cleared: in an update. */
	readonly clears: boolean;
}

// Commas and the like separate entries of lists; the others are spaces that nobody sees.
const blank = /^[\s,;\u200b-\u200d\u2060\ufeff]*$/;

/** Whether an expression that gave this found nothing: no value, no text, no number, or a list or an object without content. */
export function isNothing(value: unknown): boolean {
	if (typeof value === 'string') return blank.test(value);
	if (typeof value === 'number') return Number.isNaN(value);
	if (Array.isArray(value))
		return value.every((entry) => !Array.isArray(entry) && isNothing(entry));
	if (!isObject(value)) return value === undefined || value === null;
	return value.__rl === true ? isNothing(value.value) : Object.keys(value).length === 0;
}

function isExpression(raw: unknown): raw is string {
	return typeof raw === 'string' && raw.startsWith('=');
}

/** Whether a value is what stands around the expressions of a text: `outbound-` of `=outbound-{{ $json.campaign }}`. */
function isFrame(raw: string, value: unknown): boolean {
	const [before, ...parts] = raw.slice(1).split('{{');
	const frame = [before, ...parts.map((part) => part.slice(part.indexOf('}}') + 2))].join('');
	return parts.length > 0 && frame === value;
}

/** Fields of which a part would match more than the whole. */
const matchesByPart = new Set(['filters.nameContains', 'filters.room', 'roomPrefix']);

interface Field {
	readonly property: INodeProperties;
	readonly path: string;
	readonly label: string;
	/** Whether it is in the form only because the user added it, or its row. */
	readonly added: boolean;
	readonly raw: unknown;
	readonly value: () => unknown;
}

function inside(value: unknown, name: string | number): unknown {
	return isObject(value) || Array.isArray(value) ? Reflect.get(value, name) : undefined;
}

/** The columns of the rows of a fixed collection that the user has added. */
function columnsOf({ property, path, label, raw, value }: Field): Field[] {
	const groups = (property.options ?? []).filter((group) => 'values' in group);
	return groups.flatMap(({ name, values }) => {
		const given = inside(raw, name);
		const rows = Array.isArray(given) ? given.map((_, row) => row) : [undefined];
		return rows.flatMap((row) => {
			const rowIn = (whole: unknown) => (row === undefined ? whole : inside(whole, row));
			return values
				.map((column) => ({
					property: column,
					path: `${path}.${name}.${column.name}`,
					label: `${label}: ${column.displayName}`,
					added: column.required === true,
					raw: inside(rowIn(given), column.name),
					value: () => inside(rowIn(inside(value(), name)), column.name),
				}))
				.filter((column) => column.raw !== undefined);
		});
	});
}

/** The fields that the user has added to a collection inside a row. */
function addedIn({ property, path, label, raw, value }: Field): Field[] {
	return fieldsIn(property)
		.filter(({ name }) => inside(raw, name) !== undefined)
		.map((entry) => ({
			property: entry,
			path: `${path}.${entry.name}`,
			label: `${label}: ${entry.displayName}`,
			added: true,
			raw: inside(raw, entry.name),
			value: () => inside(value(), entry.name),
		}));
}

const mayStayEmpty: ReadonlySet<WhenNothing> = new Set(['leavesOut', 'mayBeEmpty']);

function findIn(form: Form, field: Field): LabelFault[] {
	const { property, path, label, raw, added } = field;
	const holds = isObject(raw) && raw.__rl === true ? raw.value : raw;
	if (isExpression(holds)) {
		const does = form.whenNothing(path);
		if (does === 'tells' || does === 'leavesOut') return [];
		const value = field.value();
		if (does === 'takesEmptyList' && Array.isArray(value)) return [];
		const nothing = isNothing(value) || (matchesByPart.has(path) && isFrame(holds, value));
		return nothing ? [{ label, message: adviceFor(form, field) }] : [];
	}
	if (added && (!form.clears || property.required) && isNothing(holds))
		return mayStayEmpty.has(form.whenNothing(path))
			? []
			: [{ label, message: `${empty(form)}. Fill it in, or remove the field` }];
	if (!isObject(raw)) return [];
	if (property.type === 'fixedCollection')
		return columnsOf(field).flatMap((column) => findIn(form, column));
	return property.type === 'collection'
		? addedIn(field).flatMap((entry) => findIn(form, entry))
		: [];
}

function empty({ where }: Form): string {
	return `is empty ${where}`.trim();
}

function adviceFor(form: Form, { property: { type, required = false }, added }: Field): string {
	const found = `${empty(form)}: the expression found nothing. Correct the expression`;
	if (!added && required)
		return `${found}, or ${type === 'resourceLocator' ? 'choose from the list' : 'enter a value'}`;
	if (!added) return `${found}, or empty the field`;
	return form.clears
		? `${found}, or remove the field. To clear what is stored, leave the field empty, without an expression`
		: `${found}, or remove the field`;
}

/** The fields of a form that were added or hold an expression, with their labels. */
function topFields(form: Form): Field[] {
	return form.shown.flatMap((property): Field[] => {
		const { name, displayName: label, type } = property;
		const raw = form.parameters[name];
		if (raw === undefined) return [];
		if (type !== 'collection' || !isObject(raw)) {
			const extractValue = type === 'resourceLocator';
			const value = () => form.read(name, { extractValue });
			return [{ property, path: name, label, added: false, raw, value }];
		}
		return fieldsIn(property)
			.filter((entry) => raw[entry.name] !== undefined)
			.map((entry) => {
				const path = `${name}.${entry.name}`;
				const value = () => form.read(path);
				return {
					property: entry,
					path,
					label: entry.displayName,
					added: true,
					raw: raw[entry.name],
					value,
				};
			});
	});
}

/**
 * The fields that the user has added, or set to an expression, and for which this row has nothing. To leave such a field
 * out would mean "everybody", "no limit" or "no PIN" as often as not, so the row stops unless the field is known as
 * harmless. An own field of the form that was never touched is not given; an added one is.
 *
 * @throws what n8n throws for an expression that cannot be evaluated
 */
export function nothingFound(form: Form): LabelFault[] {
	return topFields(form).flatMap((field) => findIn(form, field));
}
