import type { INode } from 'n8n-workflow';

import { readSettings } from '../../../nodes/LiveKitCallTrigger/settings';

const node: INode = {
	id: '1',
	name: 'LiveKit Call Trigger',
	type: 'liveKitCallTrigger',
	typeVersion: 2,
	position: [0, 0],
	parameters: {},
};

/** What n8n would give for these values; parameters that are not among them are at their defaults. */
const functionsWith = (values: Readonly<Record<string, unknown>>) => ({
	getNode: () => node,
	getNodeParameter: (name: string, fallback?: unknown) =>
		Object.hasOwn(values, name) ? values[name] : fallback,
});

it('nothing added filters nothing', () => {
	expect(readSettings(functionsWith({}))).toEqual({ filters: {}, simplify: true });
});

// n8n's editor lets nobody write these, and n8n drops them when it loads a workflow.
it.each([
	[
		'text for all filters',
		{ filters: 'inbound' },
		/^Filters must be fields of the form, not "inbound"/,
	],
	['a list for all filters', { filters: [] }, /^Filters must be fields of the form, not a list/],
	['a filter that does not exist', { filters: { number: 1 } }, /^Filters has no field "number"/],
	[
		'a name that every object has',
		{ filters: { constructor: 1 } },
		/^Filters has no field "constructor"/,
	],
	['a number as a room', { filters: { room: 5 } }, /^Room Prefix must be text, not 5/],
	[
		'a number as a trunk',
		{ filters: { trunk: 5 } },
		/^Trunk must be an ID that begins with ST_, not 5/,
	],
])('%s is refused', (_what, values, message) => {
	expect(() => readSettings(functionsWith(values))).toThrow(message);
});
