import type { Ending, TransferEnding } from './reasons';

/** What an entry says to a person. */
export interface Words {
	/** Stands in the place of LiveKit's message if that says less. */
	readonly message?: string;
	/** What to do about it. */
	readonly advice: string;
}

/** What is wrong with the credential or the server itself, for the credential test to say in its own words. */
export type SetupFault = 'key' | 'secret' | 'clock' | 'grant' | 'redis';

/**
 * An entry of the table of refusals: which refusals it fits, and what it knows of them. What it leaves open the next
 * entry that fits may tell.
 */
export interface Entry {
	/** A text in LiveKit's message. The words of n8n and of other servers are none of LiveKit's texts. */
	readonly says?: RegExp;
	/** Codes of `Refusal.code`. */
	readonly codes?: readonly string[];
	/** HTTP status, for answers that are not LiveKit's. */
	readonly status?: RegExp;
	/** What became of a call. */
	readonly call?: Ending;
	/** The codes with which `call` holds, if not all. */
	readonly callCodes?: readonly string[];
	/** What became of a transfer, if that is something else. */
	readonly transfer?: TransferEnding;
	readonly words?: Words;
	/** The codes with which `words` hold, if not all. */
	readonly wordsCodes?: readonly string[];
	/** Set if `words` hold only for a message that begins with the text: behind other words it is half of the story. */
	readonly wordsFirst?: true;
	readonly setup?: SetupFault;
	/** The code that stands for it if a dispatch method answered, see `aboutRoom`. */
	readonly ofDispatch?: 'no_room';
}
