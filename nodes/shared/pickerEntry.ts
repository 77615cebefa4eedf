import type { INodeListSearchItems } from 'n8n-workflow';
import { plainLine } from '../../livekit/plain';

/** n8n stores the name in the workflow. LiveKit sets no limit to it. */
const longestName = 300;

/** Whether n8n takes a text for an expression. A blank in front of it is enough that it does not. */
function isExpression(text: string): boolean {
	return text.startsWith('=');
}

/**
 * An expression of n8n that gives a text as it is. Everything but letters, digits and blanks is written as its code, so that
 * nothing in it can end the literal or the expression, nor be a name that n8n looks for.
 */
function literal(text: string): string {
	const codes = Array.from({ length: text.length }, (_, index) => {
		const character = text.charAt(index);
		if (/[A-Za-z0-9 ]/.test(character)) return character;
		return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
	});
	return `={{ "${codes.join('')}" }}`;
}

/**
 * An entry of a picker. n8n stores name and value in the workflow and evaluates what begins with `=` (n8n-workflow
 * isExpression), and whoever can name a room or a trunk would have code of theirs run in n8n. So such a name is shown behind
 * an apostrophe, and such a value is an expression of our own that gives nothing but the text.
 */
export function pickerEntry(name: string, value: string): INodeListSearchItems {
	const shown = plainLine(name, longestName);
	return {
		name: isExpression(shown) ? `'${shown}` : shown,
		// The editor makes an expression of a text with braces when somebody goes on to edit it.
		value: isExpression(value) || value.includes('{{') ? literal(value) : value,
	};
}
