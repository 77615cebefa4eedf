import type { INode } from 'n8n-workflow';
import { fieldPaths } from '../../livekit/watch/fieldValues';
import { storedObjects } from '../../livekit/schema/rpc';
import { type MessageName, fieldKey, messageOf } from '../../livekit/schema';
import { operationError } from '../shared/errors';

function keyOf(path: string): string {
	return path.split('.').map(fieldKey).join('.');
}

/** A path and the paths around it: `a.b.c`, `a.b`, `a`. */
function withParents(path: string): string[] {
	const names = path.split('.');
	return names.map((_, index) => names.slice(0, names.length - index).join('.'));
}

/** Whether a message has a field with that path. */
function isField(message: MessageName, path: string): boolean {
	const [name, ...rest] = path.split('.');
	const field = messageOf(message).byKey.get(fieldKey(name));
	if (!field || rest.length === 0) return field !== undefined;
	return field.kind === 'message' && isField(field.type, rest.join('.'));
}

/** Finds what to write instead of a name: the path that covers it, or those that are written nearly alike. */
function nearest(paths: readonly string[], name: string): string[] {
	const covering = paths.find(
		(candidate) =>
			withParents(keyOf(name)).includes(keyOf(candidate)) &&
			!paths.some((other) => other.startsWith(`${candidate}.`)),
	);
	if (covering !== undefined) return [covering];
	const alike = paths.filter(
		(candidate) => fieldKey(candidate.replaceAll('.', '')) === fieldKey(name.replaceAll('.', '')),
	);
	return alike.length > 0
		? alike
		: paths.filter((candidate) => keyOf(candidate).endsWith(`.${keyOf(name)}`));
}

/**
 * Reads Ignore Fields.
 *
 * @param given names in any spelling, separated by commas
 * @param kinds keys of `storedObjects`
 * @returns the names as LiveKit writes them
 * @throws NodeOperationError if a name would ignore nothing
 */
export function readIgnored(node: INode, given: string, kinds: readonly string[]): string[] {
	const names = given
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (names.length === 0) return [];
	const objects = kinds.map((kind) => storedObjects[kind]);
	const paths = [...new Set(objects.flatMap(({ info, id }) => fieldPaths(info, id)))];
	const known = new Map(paths.flatMap(withParents).map((path) => [keyOf(path), path]));
	return names.map((name) => {
		const path = known.get(keyOf(name));
		if (path !== undefined) return path;
		const instead = nearest(paths, name);
		if (instead.length === 0 && !objects.some(({ info }) => isField(info, name))) {
			throw operationError(
				node,
				`Ignore Fields: LiveKit has no field "${name}" in what is watched`,
				{
					description:
						'Use names as in the output field "changed", such as metadata or rule.dispatch_rule_direct.room_name.',
				},
			);
		}
		throw operationError(
			node,
			`Ignore Fields: "${name}" never stands in the output field "changed"`,
			{
				description:
					instead.length > 0
						? `Write ${instead.join(' or ')} instead.`
						: 'Leave it out: its changes start nothing.',
			},
		);
	});
}
