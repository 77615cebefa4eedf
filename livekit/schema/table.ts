/**
 * Messages by name, each with the specifications of its fields by name.
 *
 * A specification is a type (`string`, `bool`, `duration` ..., an enum or a message), followed by `[]` for a list or `{}`
 * for a map with text keys, and then by flags: `optional` (the wire tells empty from unset), `oneof:NAME`, `secret`,
 * `deprecated` (a newer field replaces it), `output` (the server sets it), `json` (text that often holds JSON).
 */
export type MessageTable = Readonly<Record<string, Readonly<Record<string, string>>>>;
