import type { Ending, TransferEnding } from './reasons';

/** What a refusal means to a person, and what to do about it. Fields of the form stand in it by name: `{room}`. */
export interface Explanation {
	readonly message: string;
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
	/** What became of a transfer, if that is something else. */
	readonly transfer?: TransferEnding;
	/** Without a message LiveKit's own stands. */
	readonly explanation?: Partial<Explanation> & Pick<Explanation, 'advice'>;
	/** What was not found, by the wire names of the request. The message shows their values. */
	readonly missing?: readonly string[];
	readonly setup?: SetupFault;
	/** The code that stands for it if a dispatch method answered, see `aboutRoom`. */
	readonly ofDispatch?: 'no_room';
}
