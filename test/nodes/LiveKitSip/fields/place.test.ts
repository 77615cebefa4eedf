import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { type INode, type INodeParameters, NodeHelpers } from 'n8n-workflow';

import { countryField } from '../../../../nodes/LiveKitSip/fields/countries';
import { fieldsIn } from '../../../../nodes/shared/fieldsIn';
import { nodeProperties } from '../../../../nodes/LiveKitSip/properties';

const place = { resource: 'call', operation: 'place' };

/** The parameters that n8n's editor shows for Call: Place with these values. */
function shownWith(own: INodeParameters) {
	const given = { ...place, ...own };
	const node: Pick<INode, 'typeVersion'> = { typeVersion: 1 };
	const all = NodeHelpers.getNodeParameters(nodeProperties, given, true, false, node, null) ?? {};
	return nodeProperties.filter((property) =>
		NodeHelpers.displayParameter(all, property, node, null),
	);
}

const labelsWith = (own: INodeParameters) =>
	shownWith(own).map(({ displayName, type }) =>
		type === 'notice' ? displayName.split(':')[0] : displayName,
	);

const collections = [
	'Pace and Limits',
	'Who May Be Called',
	'Calling Hours',
	'Call Again',
	'Additional Fields',
	'Carrier Options',
	'Options',
];

it('Place fits on one screen: what a first call needs, then collections, JSON last', () => {
	expect(labelsWith({})).toEqual([
		'Resource',
		'Operation',
		'Outbound Trunk',
		'Number to Call',
		'Country of the Numbers',
		'Agent Name',
		'Nobody speaks to the callee',
		'Agent Options',
		'Caller ID',
		'Wait For',
		'Dry Run',
		...collections,
		'Input Mode',
	]);
});

it.each([['anna'], ['={{ $json.agent }}']])(
	'the notice that nobody speaks goes with an agent name: %s',
	(agentName) => expect(labelsWith({ agentName })).not.toContain('Nobody speaks to the callee'),
);

it.each([
	['list', false],
	['id', false],
	['carrier', true],
])('with the trunk by %s the fields of a typed carrier are shown: %s', (mode, isShown) => {
	const labels = labelsWith({ trunk: { __rl: true, mode, value: 'x' } });
	expect(labels.includes('Inline Carrier')).toBe(isShown);
});

it('the JSON stands in for what the request holds; rules, limits and the agent stay', () => {
	expect(labelsWith({ inputMode: 'json' })).toEqual([
		'Resource',
		'Operation',
		'Country of the Numbers',
		'Agent Name',
		'Nobody speaks to the callee',
		'Agent Options',
		'Wait For',
		'Dry Run',
		...collections.filter((label) => !/^(Additional Fields|Carrier Options)$/.test(label)),
		'Input Mode',
		'JSON',
	]);
});

it('everything about calling again stands behind its one choice', () => {
	const before = labelsWith({});
	expect(labelsWith({ callAgain: 'byOutcome' }).filter((label) => !before.includes(label))).toEqual(
		['Rules', 'Calls per Day', 'Tries So Far', 'Calls Today', 'Last Called At'],
	);
});

it.each(['place', 'transfer'])(
	'what takes a protection away comes last, and by the alphabet: %s',
	(operation) => {
		const guards = shownWith({ operation }).filter(({ name }) => name === 'guards');
		const labels = guards.flatMap(fieldsIn).map(({ displayName }) => displayName);
		expect(labels).toEqual([...labels].sort());
		const first = labels.findIndex((label) => label.startsWith('Unlock '));
		expect(first).toBeGreaterThan(2);
		expect(labels.slice(first).every((label) => label.startsWith('Unlock '))).toBe(true);
	},
);

describe('the countries', () => {
	const options = (countryField('x').options ?? []).flatMap((option) =>
		'value' in option ? [option] : [],
	);
	const [none, ...countries] = options;

	it('are those whose numbers are known, each once, with their code', () => {
		expect(none).toEqual({ name: 'None: Numbers Have Their Country Code', value: 'none' });
		expect(countries.map(({ value }) => value).sort()).toEqual(getCountries().sort());
		expect(new Set(countries.map(({ name }) => name)).size).toBe(countries.length);
		for (const { name, value } of countries) {
			const code = getCountryCallingCode(value as Parameters<typeof getCountryCallingCode>[0]);
			expect(name).toMatch(new RegExp(`^\\S.* \\(\\+${code}\\)$`));
		}
	});

	it('stand in the order of their names', () => {
		const names = countries.map(({ name }) => name);
		expect(names).toEqual([...names].sort(new Intl.Collator('en').compare));
		expect(names).toContain('Germany (+49)');
	});
});
