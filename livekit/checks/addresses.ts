function isIpv4(text: string): boolean {
	// LiveKit parses with Go's net/netip, which refuses leading zeros.
	return /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/.test(text);
}

function isIpv6(text: string): boolean {
	if (!/^[0-9a-f:]+$/i.test(text)) return false;
	try {
		// LiveKit refuses IPv4-mapped addresses (livekit/protocol livekit/sip.go).
		return !/^\[::ffff:[0-9a-f]+:[0-9a-f]+\]$/.test(new URL(`http://[${text}]/`).hostname);
	} catch {
		return false;
	}
}

/** Whether a text is an IP address or a CIDR block such as `192.0.2.0/24`. */
export function isIpOrCidr(text: string): boolean {
	const [address, bits, ...rest] = text.split('/');
	if (rest.length > 0) return false;
	const longest = isIpv4(address) ? 32 : isIpv6(address) ? 128 : 0;
	return (
		longest > 0 &&
		(bits === undefined || (/^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= longest))
	);
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
