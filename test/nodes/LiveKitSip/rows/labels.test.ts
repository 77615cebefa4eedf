import { operationOf } from '../../../../nodes/LiveKitSip/operations';
import { labelOf } from '../../../../nodes/LiveKitSip/rows/labels';

const propertiesOf = (resource: string, operation: string) =>
	operationOf(resource, operation)!.properties;

it.each([
	['inboundTrunk', 'create', 'trunk.numbers', 'Your Phone Numbers'],
	['inboundTrunk', 'create', 'trunk.allowed_addresses[3]', 'Allowed Addresses'],
	['inboundTrunk', 'update', 'update.media.codecs[0].name', 'Codecs'],
	['dispatchRule', 'create', 'dispatch_rule.rule.dispatch_rule_direct.pin', 'PIN'],
	['call', 'place', 'trunk.hostname', 'Host Name'],
	['call', 'place', 'no.such.field', undefined],
])('%s: %s calls %s %s', (resource, operation, path, label) => {
	expect(labelOf(propertiesOf(resource, operation), path)).toBe(label);
});
