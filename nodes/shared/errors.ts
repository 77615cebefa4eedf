import {
	type IExecuteFunctions,
	type INode,
	NodeApiError,
	NodeOperationError,
	UserError,
} from 'n8n-workflow';
import { plainLines } from '../../livekit/plain';

/**
 * The node without its parameters, for n8n's errors: n8n logs and stores the whole node with an error, and a password or
 * PIN that is typed into the form would be among them.
 */
function quietly(node: INode): INode {
	return { ...node, parameters: {} };
}

const lookalikes: Readonly<Record<string, string>> = { '<': '‹', '>': '›', '`': "'" };

/**
 * A text as n8n's editor can be given it. The editor draws message and description of an error as HTML, and what stands
 * between two backticks as code, whoever wrote it: a trunk's name could cover the editor with a link. It would show
 * entities such as `&lt;` only in some places as what they stand for, hence characters that look alike.
 */
export function plainText(text: string): string {
	return plainLines(text).replace(/[<>`]/g, (mark) => lookalikes[mark]);
}

/** What else an error says, besides its message. */
export interface About {
	readonly description?: string;
	/** Index of the row. */
	readonly itemIndex?: number;
}

function plainAbout({ description, itemIndex }: About): About {
	return {
		...(description === undefined ? {} : { description: plainText(description) }),
		...(itemIndex === undefined ? {} : { itemIndex }),
	};
}

/** n8n's error for what the user can put right without LiveKit. This and the functions below make all errors that n8n gets. */
export function operationError(
	node: INode,
	message: string,
	about: About = {},
): NodeOperationError {
	return new NodeOperationError(quietly(node), plainText(message), plainAbout(about));
}

/** What was thrown, with its words alone. n8n's own errors hold the whole node with all that is typed into it. */
function wordsOnly(thrown: Error): Error {
	const words = new Error(plainText(thrown.message));
	words.stack = thrown.stack;
	return words;
}

/** n8n's error for something that was thrown, such as an expression that cannot be evaluated. */
export function thrownError(node: INode, thrown: Error, itemIndex: number): NodeOperationError {
	const description =
		'description' in thrown && typeof thrown.description === 'string'
			? thrown.description
			: undefined;
	return new NodeOperationError(
		quietly(node),
		wordsOnly(thrown),
		plainAbout({ description, itemIndex }),
	);
}

/** The answer that an error is about, as n8n keeps it with the error. */
export interface ErrorAnswer {
	readonly code: string;
	readonly msg: string;
	readonly meta: Readonly<Record<string, string>>;
}

/**
 * n8n's error for an answer.
 *
 * @param httpCode status as text, or `none`
 */
export function apiError(
	node: INode,
	{ code, msg, meta }: ErrorAnswer,
	{ message, httpCode, ...about }: About & { readonly message: string; readonly httpCode: string },
): NodeApiError {
	const texts = Object.entries(meta).map((entry) => entry.map(plainText));
	return new NodeApiError(
		quietly(node),
		{ code: plainText(code), msg: plainText(msg), meta: Object.fromEntries(texts) },
		{ message: plainText(message), httpCode, ...plainAbout(about) },
	);
}

/** n8n's error for a credential, which belongs to no node. */
export function credentialError(message: string): UserError {
	return new UserError(plainText(message));
}

/** Shows a hint above the output of the node. It is drawn as HTML too. Older versions of n8n have no such hints. */
export function showHint(
	functions: Pick<IExecuteFunctions, 'addExecutionHints'>,
	message: string,
): void {
	if (typeof functions.addExecutionHints !== 'function') return;
	functions.addExecutionHints({
		message: plainText(message),
		location: 'outputPane',
		type: 'warning',
	});
}
