/** How numbers are read, see `readNumber`. */
export interface NumberOptions {
	/** Country (ISO alpha-2) whose code completes numbers that have none. */
	readonly defaultCountry?: string;
	/** Whether up to six digits are an extension of the switchboard behind the trunk. */
	readonly internalExtensions?: boolean;
	/** Whether text with letters is accepted as a SIP user name. */
	readonly allowUserNames?: boolean;
	/** Whether numbers are accepted that nobody can have, or that a spreadsheet seems to have rounded. */
	readonly allowUnusual?: boolean;
}

/** A number as it was read. */
export interface Dialled {
	/** E.164, digits to dial as they are (without a known country code), or a SIP user name. */
	readonly number: string;
	/** Digits that the text calls an extension. */
	readonly extension?: string;
	/** What to send as DTMF once the callee has answered: the extension or other keys, after their pauses. */
	readonly keys?: string;
}

/** The same, with what can be said about it. */
export interface Reading extends Dialled {
	/** ISO alpha-2, undefined if it is not certain. */
	readonly country?: string;
	/** Whole sentences. */
	readonly warnings: readonly string[];
}

/** Why a number cannot be read. */
export type NumberReason =
	| 'missing'
	| 'not_a_number'
	| 'several_numbers'
	| 'impossible'
	| 'rounded'
	| 'two_readings';

/** What is wrong with a number. */
export interface Refusal {
	readonly reason: NumberReason;
	/** The rest of a sentence that begins with the field. */
	readonly fault: string;
}

/** Makes a refusal of what is no number. */
export function noNumber(fault: string): Refusal {
	return { reason: 'not_a_number', fault };
}

/** Makes the refusal of a text that holds more than one number. */
export function severalNumbers(text: string): Refusal {
	return {
		reason: 'several_numbers',
		fault: `"${text}" seems to hold several numbers. Give one number per row`,
	};
}

/** What a fault offers that only the form of a call has. */
const offers = [
	/, or turn on \{allow_\w+\}/,
	'; if this is a SIP user name, turn on {allow_user_names}',
	'. If it is an extension, turn on {internal_extensions}',
	'. Put the host into the trunk, or use {sip_request_uri} under {carrier_options}',
];

/** The fault of a number in a field that has none of a call's switches. */
export function withoutSwitches({ fault }: Refusal): string {
	return offers.reduce<string>((text, offer) => text.replace(offer, ''), fault);
}
