import { isJsonObject } from '../../livekit/json';

/** A running call: the room, and the identity of its SIP participant in it. */
export interface PickedCall {
	readonly room: string;
	readonly identity: string;
}

/** A running call as the value of a picker's entry, which is one text. Rooms and identities may hold any character. */
export function pickedCall({ room, identity }: PickedCall): string {
	// n8n's editor takes a value with two braces for an expression: those in names are written as their code.
	const [first, ...rest] = JSON.stringify({ room, identity });
	return `${first}${rest.join('').replaceAll('{', '\\u007b')}`;
}

function parsed(value: string): unknown {
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}

/** The call that a value of the picker stands for; undefined if it is none of its values. */
export function readPickedCall(value: unknown): PickedCall | undefined {
	const call = typeof value === 'string' ? parsed(value) : undefined;
	if (!isJsonObject(call)) return undefined;
	const { room, identity } = call;
	if (typeof room !== 'string' || typeof identity !== 'string') return undefined;
	return room === '' || identity === '' ? undefined : { room, identity };
}
