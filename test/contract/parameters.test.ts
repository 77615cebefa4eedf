import { exclusions } from '../../tools/generate/exclusions';
import { storedObjects } from '../../livekit/schema/rpc';
import { operationOf, resources } from '../../nodes/LiveKitSip/operations';
import { enumOf, messageOf } from '../../livekit/schema';
import { type Leaf, type Reached, leavesOf, reachedBy } from './reach';

/** Places of the raw body that are no wire names: what the node itself reads. */
const ownPlaces: ReadonlySet<string> = new Set([
	'rule_type',
	'bye_headers',
	'call_direction',
	'call_status',
	'room_prefix',
	'called_number',
	'caller_number',
	'server_version',
	'source_address',
	'typed_pin',
	'unanswered',
]);

/** Operations that read trunks and rules whole, so that LiveKit's filters are none of theirs. */
const readsWholeLists: ReadonlySet<string> = new Set([
	'dispatchRule/testRoute',
	'phoneNumber/getAll',
]);

interface Operation {
	readonly name: string;
	readonly leaves: readonly Leaf[];
	readonly reached: readonly Reached[];
}

/**
 * The fields of each operation: those of its request, and for an update also those of the object that LiveKit's
 * partial update does not know. LiveKit cannot get one rule; the node finds it by id through the list.
 */
function leavesFor(resource: string, operation: string): Leaf[] {
	if (readsWholeLists.has(`${resource}/${operation}`)) return [];
	const object = storedObjects[resource];
	if (!object) return leavesOf(operationOf(resource, operation)!.rpc.request);
	if (operation === 'get') return leavesOf(object.rpcs.get?.request ?? object.rpcs.delete.request);
	if (operation === 'replace' || operation === 'update') {
		const leaves = leavesOf(object.rpcs.update.request).filter(
			({ path }) => path === object.id || path.startsWith(`${operation}.`),
		);
		if (operation === 'replace') return leaves;
		const patched = new Set(messageOf(object.update).fields.map(({ name }) => name));
		const others = leavesOf(object.info, 'update').filter(
			({ way }) => !patched.has(way[0].field.name),
		);
		const listed = others.flatMap((leaf) => {
			const { field } = leaf.way[leaf.way.length - 1];
			const isChangedList =
				leaf.way.length === 1 && field.shape === 'list' && field.type === 'string';
			return isChangedList ? leavesOf('ListUpdate', leaf.path, leaf.way) : [leaf];
		});
		return [...leaves, ...listed];
	}
	return leavesOf(
		object.rpcs[operation === 'getAll' ? 'list' : operation === 'delete' ? 'delete' : 'create']
			.request,
	);
}

const operations: Operation[] = resources.flatMap((resource) =>
	resource.operations.map(({ value }) => ({
		name: `${resource.value}/${value}`,
		leaves: leavesFor(resource.value, value),
		reached: reachedBy(resource.value, value).filter(({ path }) => !ownPlaces.has(path)),
	})),
);

function reaches({ path, parameter }: Reached, leaf: Leaf): boolean {
	return path === leaf.path || (parameter.type === 'json' && leaf.path.startsWith(`${path}.`));
}

function exclusionOf(leaf: Leaf) {
	return exclusions.find(({ message, field }) =>
		leaf.way.some((step) => step.message === message && step.field.name === field),
	);
}

function unreached(leaves: readonly Leaf[], reached: readonly Reached[]): string[] {
	return leaves
		.filter((leaf) => !reached.some((place) => reaches(place, leaf)) && !exclusionOf(leaf))
		.map(({ path }) => path);
}

describe.each(operations)('$name', ({ leaves, reached }) => {
	it('has a parameter or an exclusion for every field', () => {
		expect(unreached(leaves, reached)).toEqual([]);
	});

	it('has no parameter that writes to a place LiveKit does not have, and none twice', () => {
		const known = new Set(leaves.map(({ path }) => path));
		const lost = reached.filter(
			({ path, parameter }) =>
				!known.has(path) &&
				!(parameter.type === 'json' && leaves.some((leaf) => leaf.path.startsWith(`${path}.`))),
		);
		expect(lost.map(({ path }) => path)).toEqual([]);
		const paths = reached.map(({ path }) => path);
		expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
	});

	it('offers only enum values LiveKit has, and hides what LiveKit calls secret', () => {
		for (const { path, parameter } of reached) {
			const field = leaves.find((leaf) => leaf.path === path)?.way.at(-1)?.field;
			if (!field) continue;
			if (parameter.type === 'options') {
				const values = (parameter.options ?? []).flatMap((option) =>
					'value' in option ? [String(option.value)] : [],
				);
				const known = field.kind === 'enum' ? Object.keys(enumOf(field.type)) : [];
				expect([path, values.filter((value) => !known.includes(value))]).toEqual([path, []]);
				expect(values).toContain(parameter.default);
			}
			expect([path, parameter.typeOptions?.password === true]).toEqual([path, field.secret]);
			if (parameter.type === 'boolean') expect([path, field.type]).toEqual([path, 'bool']);
			if (parameter.type === 'number')
				expect([path, field.type]).toEqual([path, expect.stringMatching(/^(duration|u?int32)$/)]);
		}
	});
});

describe('the exclusions', () => {
	it('name fields that exist, once, with a reason', () => {
		for (const { message, field, reason } of exclusions) {
			expect(messageOf(message).fields.map(({ name }) => name)).toContain(field);
			expect(reason.length).toBeGreaterThan(10);
		}
		const keys = exclusions.map(({ message, field }) => `${message}.${field}`);
		expect(new Set(keys).size).toBe(keys.length);
	});

	it('are all needed: no parameter of any operation reaches their fields', () => {
		const needless = exclusions.filter((exclusion) => {
			const within = operations.flatMap(({ leaves, reached }) =>
				leaves
					.filter((leaf) => exclusionOf(leaf) === exclusion)
					.map((leaf) => reached.some((place) => reaches(place, leaf))),
			);
			return within.length === 0 || within.includes(true);
		});
		expect(needless).toEqual([]);
	});
});

it('finds a field whose parameter is gone, in a plain place, a row, the rarely used fields of a row and inside JSON', () => {
	const create = operations.find(({ name }) => name === 'dispatchRule/create');
	const gone = [
		'dispatch_rule.name',
		'dispatch_rule.room_config.agents[].agent_name',
		'dispatch_rule.room_config.agents[].thread_id',
		'dispatch_rule.room_config.egress',
	];
	const left = (create?.reached ?? []).filter(({ path }) => !gone.includes(path));
	const found = unreached(create?.leaves ?? [], left);
	expect(found).toEqual(expect.arrayContaining(gone.slice(0, 3)));
	expect(found).toContain('dispatch_rule.room_config.egress.room.file_outputs[].s3.secret');
});
