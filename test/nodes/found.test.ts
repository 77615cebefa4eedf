import callTrigger from '../../nodes/LiveKitCallTrigger/LiveKitCallTrigger.node.json';
import sip from '../../nodes/LiveKitSip/LiveKitSip.node.json';
import { LiveKitSip } from '../../nodes/LiveKitSip/LiveKitSip.node';
import { nodeProperties } from '../../nodes/LiveKitSip/properties';
import { LiveKitSipTrigger } from '../../nodes/LiveKitSipTrigger/LiveKitSipTrigger.node';
import words from '../support/searchWords.json';

// What people type who want to call somebody. test/e2e/editor/found.mjs types all of them into n8n's own search.
test.each(words)('the node is found by "%s"', (word) => {
	expect(sip.alias).toContain(word);
});

test('the triggers of calls are found by what calls are called', () => {
	expect(callTrigger.alias).toEqual(expect.arrayContaining(['phone call', 'inbound', 'hang up']));
});

test('the one description that n8n shows for the package tells of calls and of changes', () => {
	// n8n's list of nodes puts the description of the trigger in the place of that of the node.
	expect(new LiveKitSipTrigger().description.description).toMatch(/phone calls.*workflows/);
	expect(new LiveKitSip().description.description).toMatch(/phone calls/);
});

test('calls come first in the list of actions, and actions read like those of n8n', () => {
	const [resource, operation] = nodeProperties;
	expect(resource.options?.[0]).toMatchObject({ value: 'call' });
	const actions = operation.options?.map((option) => 'action' in option && option.action);
	expect(actions).toEqual([
		'Make a call',
		'Transfer a call',
		'Hang up a call',
		'Hang up all calls',
		'Get a call',
		'Get many calls',
	]);
});
