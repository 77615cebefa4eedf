import { type Fault, type JsonObject, at } from '../json';

// The names that LiveKit refuses, and their compact forms (livekit/protocol livekit/sip_validation.go).
const refused = new Set(
	`accept accept-encoding accept-language allow allow-events call-id contact content-encoding content-length content-type
	cseq event expires from max-forwards record-route refer-to reply-to k l m o r t u v`.split(/\s+/),
);
// LiveKit has announced that it will refuse these.
const announced = new Set(['to', 'via']);
const namePattern = /^[A-Za-z0-9\-.!%*_+`'~]{1,255}$/;
/** Bytes. */
const longestValue = 1024;

function hasControl(text: string): boolean {
	return [...text].some(
		(character) => (character < ' ' && character !== '\t') || character === '\u007f',
	);
}

/** Why LiveKit refuses a header name, undefined if it does not. */
export function headerNameFault(name: string): string | undefined {
	if (namePattern.test(name)) return undefined;
	return 'is no header name. Use letters, digits and - . ! % * _ + only, such as X-Customer-Id';
}

/** Checks a map of headers as LiveKit does since server 1.9.4, and warns about names that it will refuse in the future. */
export function checkHeaders(
	headers: JsonObject,
	path: string,
): { faults: Fault[]; warnings: string[] } {
	const faults: Fault[] = [];
	const warnings: string[] = [];
	for (const [name, value] of Object.entries(headers)) {
		const here = at(path, name);
		const lower = name.toLowerCase();
		const nameFault = headerNameFault(name);
		if (nameFault) faults.push({ path: here, message: nameFault });
		else if (refused.has(lower))
			faults.push({
				path: here,
				message:
					'is a header that LiveKit sets itself and refuses here. Use a name of your own, such as X-Customer-Id',
			});
		else if (announced.has(lower))
			warnings.push(`${here}: newer LiveKit servers refuse the header ${name}`);
		const text = String(value);
		if (hasControl(text))
			faults.push({
				path: here,
				message: 'holds a line break or another control character. Remove it',
			});
		if (new TextEncoder().encode(text).length > longestValue)
			faults.push({ path: here, message: `is longer than ${longestValue} bytes` });
	}
	return { faults, warnings };
}

/** Checks the header names in a map between headers and attributes. */
export function checkHeaderNames(names: readonly string[], path: string): Fault[] {
	return names.flatMap((name) => {
		const message = headerNameFault(name);
		return message ? [{ path: at(path, name), message }] : [];
	});
}
