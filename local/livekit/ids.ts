import { randomInt } from 'node:crypto';

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** `length` random characters that are hard to misread. */
export function randomText(length: number): string {
	return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** A LiveKit id: a prefix of `protocol/utils/guid` (`ST`, `SDR`, `SCL` ...) and twelve random characters. */
export function newId(prefix: string): string {
	return `${prefix}_${randomText(12)}`;
}
