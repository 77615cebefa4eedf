import type { IDataObject, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Refusal } from '../../../livekit/http/twirp';
import type { Fault } from '../../../livekit/json';
import { plainLine } from '../../../livekit/plain';
import { operationError, thrownError } from '../../shared/errors';
import { type LabelFault, withLabels } from '../../shared/labels';
import { refusalError } from '../../shared/refusal';
import { labelOf } from './labels';
import type { Row } from './row';

/** n8n's error for a row. */
export interface Failure {
	readonly failure: NodeApiError | NodeOperationError;
	/** Items that take its place once the node must not throw any more. */
	readonly instead?: IDataObject[];
}

/** A value, or the failure of the row: what livekit/ gives as a `Result`, in n8n's terms. */
export type RowResult<T> = { readonly value: T } | Failure;

/** The change in the form of an update at a wire path: the fields of a rule are there once, whatever its type. */
function changeOf(path: string): string {
	return path
		.replace(/^replace\b/, 'update')
		.replace(/^update\.rule\.dispatch_rule_\w+\./, 'update.rule.');
}

/** The field at a wire path as the user knows it: by its label and the entry, and in JSON by the path too. */
function named({ operation, properties, settings }: Row, path: string): string {
	// An update may have to send a replace; the form knows its fields as changes.
	const inForm = operation === 'update' ? changeOf(path) : path;
	const found = labelOf(properties, inForm);
	if (!found) return path;
	return settings.fromJson ? `${found.label} (${path})` : `${found.label}${inWords(found.inside)}`;
}

// How a list is changed, which the form shows beside the field.
const waysOfChange = new Set(['set', 'add', 'remove', 'clear']);

/** What lies inside a field of the form: `[0].name` is ` (entry 1, name)`. */
function inWords(inside: string): string {
	const words = inside
		.split(/[.[\]]+/)
		.filter((part) => part !== '' && !waysOfChange.has(part))
		.map((part) => (/^\d{1,9}$/.test(part) ? `entry ${Number(part) + 1}` : part))
		.join(', ');
	return words === '' ? '' : ` (${words})`;
}

/** A sentence with its end: n8n shows lines one behind the other. */
function ended(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

function sentence(row: Row, fault: Fault | LabelFault): string {
	const words = withLabels(fault.message);
	if ('label' in fault) return `${fault.label} ${words}`;
	return fault.path === '' ? `The JSON ${words}` : `${named(row, fault.path)} ${words}`;
}

/** A warning `path: words` with the label of the form in front. */
export function labelled(row: Row, warning: string): string {
	const [, path, words] = /^([\w.[\]]+): (.*)$/s.exec(warning) ?? [];
	return plainLine(withLabels(path ? `${named(row, path)}: ${words}` : warning));
}

const mostFaults = 100;

/** The failure of input that is not right. Nothing was sent. All faults are named, up to the first hundred. */
export function inputFailure(
	row: Row,
	faults: ReadonlyArray<Fault | LabelFault>,
): { failure: NodeOperationError } {
	const [first, ...others] = faults
		.slice(0, mostFaults)
		.map((fault) => plainLine(sentence(row, fault)));
	if (faults.length > mostFaults) others.push(`... and ${faults.length - mostFaults} more.`);
	return {
		failure: operationError(row.node, first, {
			itemIndex: row.itemIndex,
			description: [...others, 'Nothing was sent to LiveKit.'].map(ended).join('\n'),
		}),
	};
}

/** The failure of a row whose request LiveKit refused. */
export function refusalFailure(row: Row, refusal: Refusal): { failure: NodeApiError } {
	return { failure: refusalError(row.node, refusal, row.itemIndex) };
}

function errorOf(thrown: unknown): Error {
	if (!(thrown instanceof Error)) return new Error(String(thrown));
	// n8n reads values level by level, and so does JSON.
	if (thrown.name === 'RangeError' && thrown.message.includes('call stack'))
		return new Error('A value of this row is nested too deeply to be read');
	return thrown;
}

/** Runs work for a row. What it throws, such as an expression that cannot be evaluated, becomes the row's failure. */
export async function caught<T>(
	{ node, itemIndex }: Pick<Row, 'node' | 'itemIndex'>,
	work: () => Promise<RowResult<T>>,
): Promise<RowResult<T>> {
	try {
		return await work();
	} catch (error) {
		return { failure: thrownError(node, errorOf(error), itemIndex) };
	}
}
