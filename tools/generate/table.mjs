const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;

/**
 * A table in Markdown.
 *
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(head, rows) {
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
