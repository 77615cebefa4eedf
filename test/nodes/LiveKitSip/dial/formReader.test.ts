import { FormReader, flagOf, textOf } from '../../../../nodes/LiveKitSip/dial/formReader';

const form = (values: Readonly<Record<string, unknown>>, added: readonly string[] = []) =>
	new FormReader(
		(name, fallback) => (name in values ? values[name] : fallback),
		() => added,
	);

it.each([
	[true, true],
	['TRUE ', true],
	[false, false],
	['false', false],
	['yes', undefined],
	['', undefined],
	[1, undefined],
	[null, undefined],
	['constructor', undefined],
])('the switch %j is %s', (given, value) => {
	expect(flagOf(given)).toBe(value);
});

it.each([
	[' a ', 'a'],
	[7, '7'],
	[null, ''],
	[{ a: 1 }, ''],
])('the text of %j is %j', (given, text) => {
	expect(textOf(given)).toBe(text);
});

describe('a number', () => {
	it.each([
		['', 10],
		[null, 10],
		[undefined, 10],
		[0, 0],
		['2.5', 2.5],
	])('%j is %s', (given, value) => {
		const reader = form({});
		expect(reader.number(given, 'Calls per Second', 10)).toBe(value);
		expect(reader.faults).toEqual([]);
	});

	it.each([[' '], ['fast'], [-1], [Infinity], [true], [[1]]])('%j is a fault', (given) => {
		const reader = form({});
		reader.number(given, 'Calls per Second', 10);
		expect(reader.faults).toEqual([
			{
				label: 'Calls per Second',
				message: expect.stringContaining('must be a number of at least 0'),
			},
		]);
	});

	it('that must be whole is a fault with a fraction', () => {
		const reader = form({});
		reader.whole(1.5, 'Maximum Calls per Execution', 1);
		expect(reader.faults).toHaveLength(1);
	});
});

describe('a switch of a collection', () => {
	it('is off if it was not added', () => {
		const reader = form({ 'guards.allowEmergency': true });
		expect(reader.flagIn('guards', 'allowEmergency', 'Allow Emergency Numbers')).toBe(false);
	});

	it('is a fault if it was added and its expression finds nothing', () => {
		const reader = form({}, ['allowEmergency']);
		expect(reader.flagIn('guards', 'allowEmergency', 'Allow Emergency Numbers')).toBe(false);
		expect(reader.faults).toEqual([
			{ label: 'Allow Emergency Numbers', message: 'must be true or false, not nothing' },
		]);
	});
});

it.each([[''], [undefined], [null], ['  '], [{}]])('a key that is %j is a fault', (given) => {
	const reader = form({});
	expect(reader.needed({ contactKey: given }, 'contactKey', 'Contact Key', 'Give one')).toBe('');
	expect(reader.faults).toHaveLength(1);
});
