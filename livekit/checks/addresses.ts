import { allowedRange, parseIp } from './ip';

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

function portWarning(port: string): string | undefined {
	const isPort = /^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_536;
	return isPort
		? undefined
		: `has the port "${port}", and ports are numbers from 1 to 65535. Give the port of your carrier, mostly 5060, or leave it out`;
}

/**
 * Why calls to a host will hardly reach a carrier, although LiveKit stores it. What LiveKit refuses is left to
 * {@link hostFault}.
 */
export function hostWarning(text: string): string | undefined {
	if (text.includes('/'))
		return `holds a path: "${text}". Give host and port alone, such as sip.example.com:5060`;
	if (parseIp(text)) return undefined;
	const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(text) ?? ['', text, undefined];
	const ofPort = port === undefined ? undefined : portWarning(port);
	if (ofPort !== undefined) return ofPort;
	if (/(^|\.)sip\.livekit\.cloud\.?$/i.test(host))
		return `is LiveKit's own address, to which carriers send calls. Enter the address of your carrier here`;
	if (/^\[.*\]$/.test(host))
		return parseIp(host.slice(1, -1)) ? undefined : `holds "${host}", which is no IPv6 address`;
	if (!host.includes('.'))
		return `"${host}" has no dot, so it is a name of your own network, if any. Carriers have names such as sip.example.com`;
	return /^[\d.]+$/.test(host) && !parseIp(host)
		? `"${host}" is no IP address: it has four numbers from 0 to 255`
		: undefined;
}

/** Why a text is no country code, undefined if it is one. */
export function countryFault(text: string): string | undefined {
	return /^[A-Z]{2}$/.test(text)
		? undefined
		: 'must be a two-letter country code in capitals, such as US or DE';
}
