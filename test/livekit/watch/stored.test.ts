import { advance } from '../../../livekit/watch/diff';
import { fingerprinter } from '../../../livekit/watch/fingerprint';
import { storedObjects } from '../../../livekit/schema/rpc';
import { type Snapshot, version } from '../../../livekit/watch/snapshot';
import { numberOf, readStored, sealed } from '../../../livekit/watch/stored';
import * as fc from '../../support/fastCheck';
import { type Json, damages, reordered } from '../../support/damage';

const prints = fingerprinter('secret', 'salt');

/** A state with objects of three kinds, some of them gone. */
function realState(): Snapshot {
	const kinds = Object.fromEntries(
		Object.entries(storedObjects).map(([kind, object]) => {
			const watch = {
				kind,
				object,
				server: 'server',
				prints,
				sameKey: true,
				sameFilter: true,
				matches: () => true,
				wants: () => true,
				relevant: (changed: readonly string[]) => [...changed],
			};
			const listed = ['10', '2', 'SDR_a', 'SDR_b'].map((id) => ({
				id,
				raw: { [object.id]: id, name: `Name of ${id}`, metadata: 'm', numbers: ['+1'] },
			}));
			return [kind, advance(advance(undefined, listed, watch).state, listed.slice(1), watch).state];
		}),
	);
	const { key } = prints;
	return sealed({ v: version, n: 7, salt: 'salt', server: 'server', key, filter: '{}', kinds });
}

const whole = JSON.stringify(realState());
const state = () => JSON.parse(whole) as Record<string, Json>;
const change = (path: string, value: unknown) => {
	const changed = state();
	const names = path.split('/');
	const last = names.pop()!;
	const parent = names.reduce<object>((inner, name) => Reflect.get(inner, name) as object, changed);
	if (value === undefined) Reflect.deleteProperty(parent, last);
	else Reflect.set(parent, last, value);
	return changed;
};

describe('a stored state', () => {
	it('is read as it was written, also by a database that keeps another order', () => {
		expect(readStored(state())).toEqual({ value: state() });
		expect(readStored(reordered(state()))).toEqual({ value: state() });
		expect(readStored(undefined)).toEqual({ value: undefined });
	});

	it.each<[string, unknown]>([
		['kinds/dispatchRule/objects', null],
		['kinds/dispatchRule/objects', []],
		['kinds/dispatchRule/objects', undefined],
		['kinds/dispatchRule/objects/SDR_a', undefined],
		['kinds/dispatchRule/objects/SDR_a', null],
		['kinds/dispatchRule/objects/SDR_a', 5],
		['kinds/dispatchRule/objects/SDR_a', ''],
		['kinds/dispatchRule/objects/SDR_a', 'AAAAAAAA1'],
		['kinds/dispatchRule/objects/SDR_a', 'AAAAAAAA10.zzAAAAAA.name'],
		['kinds/dispatchRule/objects/SDR_new', 'AAAAAAAA10..name'],
		['kinds/dispatchRule/paths', null],
		['kinds/dispatchRule/paths', ['name', 5]],
		['kinds/dispatchRule/paths/0', 'metadata'],
		['kinds/dispatchRule/gone', null],
		['kinds/dispatchRule/gone', { SDR_x: '1' }],
		['kinds/dispatchRule/gone/SDR_x', 1],
		['kinds/dispatchRule', null],
		['kinds/dispatchRule', undefined],
		['kinds/other', { paths: [], objects: {}, gone: {} }],
		['kinds', null],
		['kinds', []],
		['n', '7'],
		['n', -1],
		['salt', undefined],
		['salt', 'another salt'],
		['server', 5],
		['key', undefined],
		['key', 'AAAAAAAA'],
		['filter', null],
		['filter', '{"room":"r"}'],
		['sum', undefined],
		['sum', ''],
		['v', undefined],
		['v', '2'],
		['v', null],
		['more', 1],
		['kinds/dispatchRule/more', 1],
	])('is not read when %s became %j', (path, value) => {
		expect(readStored(change(path, value))).toEqual({ fault: 'is damaged' });
	});

	it.each<[unknown]>([[null], [[]], ['{}'], [0], [{}], [true]])(
		'is not read when it is %j',
		(value) => {
			expect(readStored(value)).toEqual({ fault: 'is damaged' });
		},
	);

	it('is not read when another version of the package wrote it, which is told apart', () => {
		expect(readStored(change('v', version + 1))).toEqual({
			fault: 'was written by a newer version of this package',
		});
		expect(readStored({ v: version + 1, anything: null })).toHaveProperty('fault');
		expect(readStored(change('v', 1))).toEqual({
			fault: 'was written by an older version of this package',
		});
	});

	it('is read whole or not at all, whatever happened to it', () => {
		fc.assert(
			fc.property(damages, (damage) => {
				const damaged = damage(state());
				const read = readStored(damaged);
				expect(read).toEqual('fault' in read ? { fault: expect.any(String) } : { value: state() });
				expect(numberOf(damaged)).toBeGreaterThanOrEqual(0);
			}),
			{ numRuns: 600 },
		);
	});
});

it.each<[unknown, number]>([
	[undefined, 0],
	[null, 0],
	[{ n: 7 }, 7],
	[{ n: '7' }, 0],
	[{ n: 1e300 }, 0],
	[{ n: -3 }, 0],
])('the number of %j is %d', (stored, number) => {
	expect(numberOf(stored)).toBe(number);
});
