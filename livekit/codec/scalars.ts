import { type JsonValue, isObject, show } from '../json';
import type { Result } from '../result';
import { type EnumName, type ScalarName, enumOf } from '../schema';

/** The wire value, or what is wrong with the given one: the rest of a sentence that begins with the field. */
type Scalar = Result<JsonValue>;

type NumberName = Exclude<ScalarName, 'string' | 'bool' | 'duration' | 'timestamp'>;

const limits: Readonly<Record<Exclude<NumberName, 'double'>, readonly [number, number]>> = {
	int32: [-(2 ** 31), 2 ** 31 - 1],
	uint32: [0, 2 ** 32 - 1],
	int64: [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

// Seconds, from google/protobuf/duration.proto.
const longestDuration = 315_576_000_000;

/** Reads text. A number becomes its digits, since spreadsheets hand over phone numbers as numbers. */
export function toText(value: unknown): Scalar {
	// LiveKit would refuse the whole request for half of a character, without saying where it is.
	if (typeof value === 'string')
		return isWellFormed(value)
			? { value }
			: { fault: 'holds half of a character, as is left of an emoji that was cut. Remove it' };
	if (typeof value === 'number') {
		return Number.isFinite(value) &&
			(Number.isSafeInteger(value) || Math.abs(value) < Number.MAX_SAFE_INTEGER)
			? { value: String(value) }
			: {
					fault: `must be text, and ${show(value)} is a number that has lost digits. Format the source column as text`,
				};
	}
	return { fault: `must be text, not ${show(value)}` };
}

/** Whether a text can be written as UTF-8: it holds no half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
	return !/\p{Surrogate}/u.test(text);
}

function toBool(value: unknown): Scalar {
	if (typeof value === 'boolean') return { value };
	if (value === 'true' || value === 'false') return { value: value === 'true' };
	return { fault: `must be true or false, not ${show(value)}` };
}

function toNumber(type: NumberName, value: unknown): Scalar {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number))
		return { fault: `must be a number, not ${show(value)}` };
	if (type === 'double') return { value: number };
	const [low, high] = limits[type];
	if (!Number.isInteger(number)) return { fault: `must be a whole number, not ${show(value)}` };
	if (number < low || number > high)
		return { fault: `must lie between ${low} and ${high}, not ${show(value)}` };
	return { value: type.endsWith('64') ? String(number) : number };
}

function secondsOf(value: unknown): number | undefined {
	if (typeof value === 'number') return value;
	if (typeof value === 'string') {
		const match = /^(\d+(?:\.\d+)?)\s*s?$/.exec(value.trim());
		return match ? Number(match[1]) : undefined;
	}
	if (!isObject(value)) return undefined;
	const { seconds, nanos, ...others } = value;
	const parts = [seconds ?? 0, nanos ?? 0];
	const areNumbers = parts.every(
		(part) =>
			['number', 'bigint'].includes(typeof part) ||
			(typeof part === 'string' && /^\d+$/.test(part)),
	);
	return areNumbers && Object.keys(others).length === 0
		? Number(parts[0]) + Number(parts[1]) / 1e9
		: undefined;
}

const nanosPerSecond = 1_000_000_000;

/** A number with at most nine decimals, without zeros at its end and never with an exponent. */
function decimalsOf(seconds: number): string {
	const nanos = BigInt(Math.round((seconds % 1) * nanosPerSecond));
	const all = BigInt(Math.trunc(seconds)) * BigInt(nanosPerSecond) + nanos;
	const digits = String(all % BigInt(nanosPerSecond)).padStart(9, '0');
	const last = [...digits].findLastIndex((digit) => digit !== '0');
	const whole = String(all / BigInt(nanosPerSecond));
	return last === -1 ? whole : `${whole}.${digits.slice(0, last + 1)}`;
}

/** Reads a duration: seconds as a number or text, LiveKit's `"30s"`, or an SDK's `{ seconds, nanos }`. */
function toDuration(value: unknown): Scalar {
	const seconds = secondsOf(value);
	if (
		seconds === undefined ||
		!Number.isFinite(seconds) ||
		seconds < 0 ||
		seconds > longestDuration
	) {
		return {
			fault: `must be a number of seconds such as 30, or text such as "30s", not ${show(value)}`,
		};
	}
	return { value: `${decimalsOf(seconds)}s` };
}

function toTimestamp(value: unknown): Scalar {
	if (
		typeof value === 'string' &&
		/^\d{4}-\d\d-\d\dT/.test(value) &&
		!Number.isNaN(Date.parse(value))
	)
		return { value };
	return { fault: `must be a time such as "2026-01-31T12:00:00Z", not ${show(value)}` };
}

/**
 * Reads an enum value from its name, its number, or the end of its name in any case (`tcp` for `SIP_TRANSPORT_TCP`).
 * Unknown names are faults, since LiveKit would silently drop them.
 */
export function toEnum(type: EnumName, value: unknown): Scalar {
	const known = enumOf(type);
	const names = Object.keys(known);
	const text = typeof value === 'object' ? '' : String(value).trim();
	const byNumber = /^\d+$/.test(text)
		? names.find((name) => known[name] === Number(text))
		: undefined;
	const upper = text.toUpperCase().replace(/[\s-]+/g, '_');
	const endings = names.filter((name) => name === upper || name.endsWith(`_${upper}`));
	const found =
		byNumber ?? (names.includes(upper) ? upper : endings.length === 1 ? endings[0] : undefined);
	if (found !== undefined) return { value: found };
	const listed =
		names.length > 12
			? `one of LiveKit's ${type} values, such as ${names[16] ?? names[0]}`
			: names.join(', ');
	return { fault: `must be ${listed}, not ${show(value)}` };
}

/** Reads a value of a scalar type. */
export function toScalar(type: ScalarName, value: unknown): Scalar {
	switch (type) {
		case 'string':
			return toText(value);
		case 'bool':
			return toBool(value);
		case 'duration':
			return toDuration(value);
		case 'timestamp':
			return toTimestamp(value);
		default:
			return toNumber(type, value);
	}
}
