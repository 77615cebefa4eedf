import { allowedRange } from './ip';

/** Whether a text is an IP address or a CIDR block such as `192.0.2.0/24`, as LiveKit takes them. */
export function isIpOrCidr(text: string): boolean {
	return allowedRange(text) !== undefined;
}

/** Why LiveKit refuses a text as a host, undefined if it does not (livekit/protocol livekit/sip.go). */
export function hostFault(text: string): string | undefined {
	const example =
		'Enter a host name or IP address, with a port if needed, such as sip.example.com:5060';
	if (/^sips?:/i.test(text)) return `is a SIP URI. ${example}, without "sip:"`;
	if (/^\w+:\/\//.test(text)) return `is a web address. ${example}`;
	if (text.includes('@'))
		return `holds an "@". ${example}; user and password have fields of their own`;
	if (/transport=/i.test(text) || text.includes(';'))
		return `holds SIP parameters. ${example}; choose the transport in its own field`;
	if (/\s/.test(text)) return `holds a space. ${example}`;
	return undefined;
}

/** Why a text is no country code, undefined if it is one. */
export function countryFault(text: string): string | undefined {
	return /^[A-Z]{2}$/.test(text)
		? undefined
		: 'must be a two-letter country code in capitals, such as US or DE';
}
