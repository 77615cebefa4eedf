import { cutItems } from './itemBytes';
import { type ListedAs } from '../objects/list';
import { entriesOf } from '../codec/answer';
import type { StoredObject } from '../schema/rpc';
import { type Answer, type HttpAnswer, readAnswer } from '../http/twirp';

/** What is known of the objects of a kind before their list is read. */
export interface Memory {
	/** Fingerprint of an object as the server wrote it, secrets included. */
	print(written: Buffer): string;
	/** Id of the object that had this fingerprint. */
	idOf(print: string): string | undefined;
}

/** A listed object. */
export interface RawObject {
	/** Empty where the entry stands for a missing object. */
	readonly id: string;
	/** Fingerprint of what the server wrote. */
	readonly whole: string;
	/** As the server wrote it, in whatever spelling; undefined where the memory knows it as it is. */
	readonly raw: Record<string, unknown> | undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** Reads an answer whose body came as bytes: JSON where it is that, otherwise text. */
export function readBytes({ status, body }: HttpAnswer): Answer {
	return readAnswer({
		status,
		body: Buffer.isBuffer(body) ? parsed(new TextDecoder().decode(body)) : body,
	});
}

function idReader({ id }: StoredObject): (raw: Record<string, unknown>) => string {
	const camel = id.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
	return (raw) => {
		const value = raw[id] ?? raw[camel];
		return typeof value === 'string' ? value : '';
	};
}

function joined(pieces: readonly Buffer[]): Buffer {
	return Buffer.from(`{"items":[${pieces.map((piece) => piece.toString()).join(',')}]}`);
}

function readParsed(answer: HttpAnswer, object: StoredObject, memory: Memory): ListedAs<RawObject> {
	const idOf = idReader(object);
	const entries = entriesOf(readBytes(answer), 'items', object.info);
	if ('refusal' in entries) return entries;
	return {
		value: entries.value.map((raw) => {
			const whole = memory.print(Buffer.from(JSON.stringify(raw)));
			const id = memory.idOf(whole);
			return id === undefined ? { id: idOf(raw), whole, raw } : { id, whole, raw: undefined };
		}),
	};
}

/**
 * The entries of a page, of which only those are parsed that the memory does not know.
 *
 * @param answer with the body as bytes
 */
export function readPage(
	answer: HttpAnswer,
	object: StoredObject,
	memory: Memory,
): ListedAs<RawObject> {
	const pieces =
		answer.status === 200 && Buffer.isBuffer(answer.body) ? cutItems(answer.body) : undefined;
	if (!pieces) return readParsed(answer, object, memory);
	const idOf = idReader(object);
	const prints = pieces.map((piece) => memory.print(piece));
	const ids = prints.map((print) => memory.idOf(print));
	const unknown = pieces.filter((_piece, index) => ids[index] === undefined);
	const entries = entriesOf(
		readBytes({ status: answer.status, body: joined(unknown) }),
		'items',
		object.info,
	);
	if ('refusal' in entries) return entries;
	const raws = entries.value.values();
	return {
		value: prints.map((whole, index) => {
			const id = ids[index];
			if (id !== undefined) return { id, whole, raw: undefined };
			const raw = raws.next().value ?? {};
			return { id: idOf(raw), whole, raw };
		}),
	};
}
