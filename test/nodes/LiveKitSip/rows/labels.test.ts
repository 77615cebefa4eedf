import { operationOf } from '../../../../nodes/LiveKitSip/operations';
import { labelOf } from '../../../../nodes/LiveKitSip/rows/labels';

const propertiesOf = (resource: string, operation: string) =>
	operationOf(resource, operation)!.properties;

it.each([
	['inboundTrunk', 'create', 'trunk.numbers', { label: 'Your Phone Numbers', inside: '' }],
	[
		'inboundTrunk',
		'create',
		'trunk.allowed_addresses[3]',
		{ label: 'Allowed Addresses', inside: '[3]' },
	],
	[
		'inboundTrunk',
		'update',
		'update.media.codecs[0].name',
		{ label: 'Codecs', inside: '[0].name' },
	],
	[
		'dispatchRule',
		'create',
		'dispatch_rule.rule.dispatch_rule_direct.pin',
		{ label: 'PIN', inside: '' },
	],
	['call', 'place', 'trunk.hostname', { label: 'Outbound Trunk', inside: '' }],
	['call', 'place', 'no.such.field', undefined],
])('%s: %s calls %s %s', (resource, operation, path, label) => {
	expect(labelOf(propertiesOf(resource, operation), path)).toEqual(label);
});
