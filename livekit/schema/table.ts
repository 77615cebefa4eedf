/**
 * Messages as text: message name, then field name and its specification.
 *
 * A specification is a type (`string`, `bool`, `duration` ..., an enum or a message), `[]` for a list or `{}` for a map
 * with text keys, then flags: `optional` (explicit presence: empty differs from unset), `oneof:NAME`, `secret`,
 * `deprecated` (replaced by a newer field), `output` (set by the server), `json` (text that often holds JSON).
 */
export type MessageTable = Readonly<Record<string, Readonly<Record<string, string>>>>;
