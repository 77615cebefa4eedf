import type { IDataObject } from 'n8n-workflow';

/** The same JSON in camelCase, keys of the user's own maps untouched. */
export function camel(value: IDataObject, userKeyed = false): IDataObject {
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => {
			const key = userKeyed
				? name
				: name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
			const map =
				/^(headers|attributes|tags|headers_to_attributes|attributes_to_headers|participant_attributes)$/.test(
					name,
				);
			const plain = (entry: unknown) =>
				typeof entry === 'object' && entry !== null ? camel(entry as IDataObject, map) : entry;
			return [key, (Array.isArray(inner) ? inner.map(plain) : plain(inner)) as IDataObject];
		}),
	);
}
