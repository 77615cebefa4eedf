import { messageNames } from '../../../../livekit/schema';
import { resources } from '../../../../nodes/LiveKitSip/operations';
import { operationCases } from '../../../support/cases';

const operations = resources.flatMap(({ operations: all }) => all);
const names = operations.map(({ resource, value }) => `${resource}: ${value}`);

it('each operation stands in the list of its resource, once', () => {
	for (const { value, operations: all } of resources) {
		expect(all.map(({ resource }) => resource)).toEqual(all.map(() => value));
	}
	expect(new Set(names).size).toBe(names.length);
});

it('each operation has a case that the engine tests run', () => {
	const cases = operationCases.map(({ resource, operation }) => `${resource}: ${operation}`);
	expect([...new Set(cases)].sort()).toEqual([...names].sort());
});

it('each resource begins with an operation of its own', () => {
	for (const { initial, operations: all } of resources) {
		expect(all.map(({ value }) => value)).toContain(initial);
	}
});

it.each(operations.map((operation) => [`${operation.resource}: ${operation.value}`, operation]))(
	'%s says what its items hold',
	(_name, { output }) => {
		for (const [name, type] of Object.entries(output)) {
			if (name === '...') expect(messageNames).toContain(type);
			else expect(type).toMatch(/^(string|number|boolean)( null| string)*(\[\]|\{\})?$/);
		}
	},
);
