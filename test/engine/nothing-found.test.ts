import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { exceptions } from '../../nodes/LiveKitSip/fields/whenNothing';
import { resources } from '../../nodes/LiveKitSip/operations';
import type { Operation } from '../../nodes/LiveKitSip/rows/operation';
import { picked, useLiveKit } from '../support/livekit';

const livekit = useLiveKit();

/** A field of an operation, and the parameters that show it with an expression in it. */
interface Case {
	readonly path: string;
	readonly label: string;
	readonly parameters: (expression: string) => IDataObject;
}

/** Puts a value into a field: alone, or in what holds it. */
type Wrap = (value: unknown) => IDataObject;

function collectionsIn({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter((entry): entry is INodeProperties => 'type' in entry);
}

function groupsIn({ options = [] }: INodeProperties): INodePropertyCollection[] {
	return options.filter((entry): entry is INodePropertyCollection => 'values' in entry);
}

/** The fields in a parameter, down to those that take an expression. */
function fieldsIn(property: INodeProperties, path: string, labels: string[], wrap: Wrap): Case[] {
	const { name, type, displayName, noDataExpression } = property;
	if (type === 'notice' || noDataExpression) return [];
	const here = path ? `${path}.${name}` : name;
	const inner = [...labels, displayName];
	if (type === 'collection')
		return collectionsIn(property).flatMap((entry) =>
			fieldsIn(entry, here, path === '' ? [] : inner, (value) =>
				wrap({ [entry.name]: value } as never),
			),
		);
	const label = inner.join(': ');
	if (type !== 'fixedCollection') {
		const parameters = (expression: string) =>
			wrap(type === 'resourceLocator' ? picked(expression) : expression);
		return [{ path: here, label, parameters }];
	}
	return groupsIn(property).flatMap((group) =>
		group.values.flatMap((column) =>
			fieldsIn(column, `${here}.${group.name}`, inner, (value) => {
				const shown = (column.displayOptions?.show ?? {}) as Record<string, unknown[]>;
				const row = Object.fromEntries(Object.entries(shown).map(([key, [one]]) => [key, one]));
				const needed = group.values.filter(({ type, required }) => required && type === 'string');
				const filled = Object.fromEntries(needed.map(({ name: key }) => [key, 'x']));
				const whole = { ...row, ...filled, [column.name]: value };
				return wrap({ [group.name]: property.typeOptions?.multipleValues ? [whole] : whole });
			}),
		),
	);
}

const texts: IDataObject = {
	address: 'sip.example.com',
	agentName: 'agent',
	callTo: '+14155550123',
	numbers: '+15105550100',
	roomName: 'room',
	roomPrefix: 'outbound-',
	transferTo: '+14155550123',
	dispatchId: picked('AD_1'),
};

/** The parameters with which n8n shows a field of an operation. */
function base({ resource, value, properties }: Operation, field: INodeProperties): IDataObject {
	const own = properties.filter(({ type }) => type === 'resourceLocator');
	const pickers = Object.fromEntries(own.map(({ name }) => [name, picked('ST_1')]));
	const named = Object.fromEntries(
		properties
			// No call of these waits for an agent.
			.filter(({ name }) => name in texts && !(value === 'place' && name === 'agentName'))
			.map(({ name }) => [name, texts[name]]),
	);
	const shown = (field.displayOptions?.show ?? {}) as Record<string, IDataObject[]>;
	const { '/trunk.mode': mode, ...others } = shown;
	const choices = Object.fromEntries(Object.entries(others).map(([name, [one]]) => [name, one]));
	const trunk = mode ? { trunk: { __rl: true, mode: mode[0], value: 'sip.example.com' } } : {};
	return { resource, operation: value, ...pickers, ...named, ...choices, ...trunk };
}

const cases = resources.flatMap(({ operations }) =>
	operations.flatMap((operation) =>
		operation.properties.flatMap((property) =>
			fieldsIn(property, '', [], (value) => ({ [property.name]: value }) as IDataObject).map(
				(field) => ({ ...field, operation, property }),
			),
		),
	),
);

/** What expressions give that find nothing. */
const rows: IDataObject[] = [{}, { v: null }, { v: '' }, { v: ' \n' }, { v: [] }, { v: ' , ' }];

describe.each([
	['in a workflow', false],
	["on n8n's older AI-tool path", true],
])('%s a field whose expression finds nothing', (_name, routedOnly) => {
	it.each(
		cases.map((field) => [
			`${field.operation.resource} ${field.operation.value} ${field.path}`,
			field,
		]),
	)('%s', async (_title, field) => {
		const { operation, property, path, label } = field as (typeof cases)[number];
		const parameters = {
			...base(operation, property),
			...field.parameters('={{ $json.v }}'),
		};
		const { items } = await livekit.run(parameters, rows, {
			onError: 'continueRegularOutput',
			routedOnly,
		});
		const said = items.map(({ json }) => String(json.error ?? json.message ?? ''));
		const stopped = said.filter((words) => words.startsWith(`${label} is empty for this row`));
		const does = operation.value === 'update' ? undefined : exceptions.get(path);
		if (does === undefined || does === 'mayBeEmpty') {
			expect([stopped.length, said]).toEqual([rows.length, said]);
			expect(livekit.methods()).toEqual([]);
		} else if (does === 'takesEmptyList') {
			expect([stopped.length, said]).toEqual([rows.length - 1, said]);
		} else {
			expect(stopped).toEqual([]);
		}
	});
});
