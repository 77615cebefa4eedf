/** A text without what stands around its number. */
export interface Bare {
	readonly text: string;
	/** Whether the number has a country code although it may have no "+". */
	readonly international: boolean;
}

const label =
	/^(tel(?:efon|ephone)?|phone|mobile?|cell|handy|sms|callto|whatsapp)(?:\.?\s*:\s*(?:\/\/)?|\.\s*|\s+)(?=[+(\d])/i;
const whatsapp = /^\+?(\d{6,15})(?::\d{1,3})?@(?:c\.us|s\.whatsapp\.net)$/i;

/** The number of a tel: URI (RFC 3966), whose context may hold the country code. Other parameters do not matter. */
function withoutParameters(text: string): string {
	const [number, ...parameters] = text.split(';');
	const context = parameters.find((one) => /^phone-context=\+[\d().-]+$/i.test(one))?.split('=')[1];
	const extension = parameters.find((one) => /^ext=[\d().-]+$/i.test(one));
	const whole = context !== undefined && !number.startsWith('+') ? `${context} ${number}` : number;
	return extension === undefined ? whole : `${whole};${extension.replace(/[().-]/g, '')}`;
}

/** Takes off a scheme (`tel:`, `whatsapp:`), a word (`Phone: `) and the ending of a WhatsApp address. */
export function bare(text: string): Bare {
	const address = whatsapp.exec(text.replace(/^whatsapp:/i, ''))?.[1];
	if (address !== undefined) return { text: `+${address}`, international: true };
	const [found, word] = label.exec(text) ?? [];
	if (found === undefined) return { text, international: false };
	const rest = text.slice(found.length);
	return {
		text: /^tel$/i.test(word) ? withoutParameters(rest) : rest,
		international: /^whatsapp$/i.test(word),
	};
}

/**
 * Says that a text is the address of a callee and not a number: the rest of a sentence that begins with the field.
 *
 * @returns undefined for anything else
 */
export function uriFault(text: string): string | undefined {
	if (!/^sips?:/i.test(text) && !text.includes('@')) return undefined;
	return 'must be a phone number or SIP user, not a URI. Put the host into the trunk, or use {sip_request_uri} under {carrier_options}';
}
