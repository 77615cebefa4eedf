import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { callTriggerProperties } from '../../../../nodes/LiveKitCallTrigger/properties';
import { nodeProperties } from '../../../../nodes/LiveKitSip/properties';
import { triggerProperties } from '../../../../nodes/LiveKitSipTrigger/properties';

/** The list of modes before a picker is as wide as n8n's own "From List"; what is longer is cut off there. */
const longest = 'From List'.length;

function modesOf(properties: readonly INodeProperties[]): INodePropertyMode[] {
	return properties.flatMap(({ modes = [], options = [] }) => [
		...modes,
		...options.flatMap((option) => {
			if ('values' in option) return modesOf(option.values);
			return 'type' in option ? modesOf([option]) : [];
		}),
	]);
}

const modes = modesOf([...nodeProperties, ...triggerProperties, ...callTriggerProperties]);
const names = [...new Set(modes.map(({ displayName }) => displayName))];

test.each(names)('the mode "%s" of a picker fits into its place', (name) => {
	expect(name.length).toBeLessThanOrEqual(longest);
});

test('all modes are looked at', () => {
	expect(names).toEqual(expect.arrayContaining(['From List', 'By ID', 'Carrier', 'Identity']));
});
