/**
 * The form of a number in which LiveKit compares trunks with calls, and all objects with each other: without spaces, dashes
 * and brackets, a plus in front. A text that is no number stays as it is (livekit/protocol livekit/sip.go, NormalizeNumber).
 */
export function normalizedNumber(number: string): string {
	return /^\+?[\d\- ()]+$/.test(number) ? `+${number.replace(/[+ ()-]/g, '')}` : number;
}
