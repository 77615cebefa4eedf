import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What n8n's editor shows of an operation before its first run. */
export interface JsonSchema {
	type: string | string[];
	properties?: Record<string, JsonSchema>;
	items?: JsonSchema;
	additionalProperties?: JsonSchema;
}

const folder = join(__dirname, '..', '..', 'nodes', 'LiveKitSip', '__schema__', 'v1.0.0');

/** The output schema of an operation. */
export function schemaFor(resource: string, operation: string): JsonSchema {
	return JSON.parse(
		readFileSync(join(folder, resource, `${operation}.json`), 'utf8'),
	) as JsonSchema;
}

const typeOf = (value: unknown) =>
	value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** Where a value differs from its schema: a key that the schema lacks, or a type that it does not name. */
export function differences(
	value: unknown,
	schema: JsonSchema | undefined,
	path: string,
): string[] {
	if (!schema) return [`${path} is not in the schema`];
	// An unset message. n8n's editor shows the fields of a plain "object" only, so the schema cannot say "or null".
	if (value === null && schema.type === 'object') return [];
	if (![schema.type].flat().includes(typeOf(value)))
		return [`${path} is ${typeOf(value)}, not ${String(schema.type)}`];
	if (Array.isArray(value))
		return value.flatMap((entry, index) => differences(entry, schema.items, `${path}[${index}]`));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) =>
		differences(inner, schema.properties?.[name] ?? schema.additionalProperties, `${path}.${name}`),
	);
}
