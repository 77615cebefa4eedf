import { type Fault, at, isObject } from '../json';
import { type MessageName, messageOf } from '../schema';
import { fieldNamed } from './spellings';

/**
 * The lists for which JSON holds an empty object. n8n's form writes one for a list without rows; in JSON it would leave out
 * what the list narrows, and LiveKit does not take it.
 */
export function emptyObjectsForLists(message: MessageName, value: unknown, path = ''): Fault[] {
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, inner]): Fault[] => {
		const field = fieldNamed(messageOf(message), name);
		if (!field) return [];
		const here = at(path, field.name);
		const isEmpty = isObject(inner) && Object.keys(inner).length === 0;
		if (field.shape === 'list' && isEmpty)
			return [{ path: here, message: 'must be a list such as ["..."], not {}' }];
		if (field.kind !== 'message') return [];
		const inside = Array.isArray(inner) ? inner : [inner];
		return inside.flatMap((entry, index) =>
			emptyObjectsForLists(field.type, entry, Array.isArray(inner) ? `${here}[${index}]` : here),
		);
	});
}
