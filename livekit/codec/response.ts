import type { Answer, Answered } from '../http/twirp';
import { type JsonObject, isJsonObject } from '../json';
import { type MessageField, type MessageName, messageOf } from '../schema';
import type { Rpc } from '../schema/rpc';
import { entriesOf, foreignAnswer, isForeign } from './answer';
import { decode } from './decode';

/** A decoded response, or the refusal. */
export type Reply = Answered<JsonObject>;

/** The list field of a response that consists of one list of messages and nothing else. */
function onlyList(message: MessageName): MessageField | undefined {
	const [field, ...others] = messageOf(message).fields;
	if (field?.kind !== 'message' || field.shape !== 'list') return undefined;
	return others.length === 0 ? field : undefined;
}

/**
 * Decodes the response of a method. It is a refusal if LiveKit refused, and also if the answer is not LiveKit's.
 * Lists are read strictly, see {@link entriesOf}: a bad answer must not pass for an empty list.
 */
export function readResponse({ response }: Rpc, answer: Answer): Reply {
	if ('refusal' in answer) return answer;
	const list = onlyList(response);
	if (list) {
		const entries = entriesOf(answer, list.name, list.type);
		if ('refusal' in entries) return entries;
		const values = entries.value.filter(isJsonObject);
		return { value: { [list.name]: values.map((entry) => decode(list.type, entry)) } };
	}
	if (isForeign(response, answer.value))
		return { refusal: foreignAnswer(`LiveKit's ${response} was expected`) };
	return { value: decode(response, answer.value) };
}
