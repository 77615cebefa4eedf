import { isObject, show } from '../../../livekit/json';
import { type LabelFault, labels } from '../../shared/labels';
import { noCountry } from '../fields/countries';

/** Reads a parameter of a row by its path, or returns the fallback if the node has none of that name. */
export type Read = (name: string, fallback: unknown) => unknown;

const flags: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Whether a switch is on; a table's cell may hold it as text. Undefined for anything else. */
export function flagOf(given: unknown): boolean | undefined {
	if (typeof given === 'boolean') return given;
	const word = typeof given === 'string' ? given.trim().toLowerCase() : '';
	return Object.hasOwn(flags, word) ? flags[word] : undefined;
}

/** Text of a parameter that may be text or a number; empty for anything else. */
export function textOf(given: unknown): string {
	return typeof given === 'string' ? given.trim() : typeof given === 'number' ? String(given) : '';
}

/** Reads values of the form one by one, and collects what is wrong with them. */
export class FormReader {
	readonly faults: LabelFault[] = [];

	/** @param added names of the fields that the user added to a collection */
	constructor(
		private readonly read: Read,
		private readonly added: (collection: string) => readonly string[],
	) {}

	/** A field of a collection, undefined if the user did not add it. */
	field(collection: string, name: string): unknown {
		return this.added(collection).includes(name)
			? this.read(`${collection}.${name}`, undefined)
			: undefined;
	}

	has(collection: string, name: string): boolean {
		return this.added(collection).includes(name);
	}

	fault(label: string, message: string): void {
		this.faults.push({ label, message });
	}

	/** A number of at least 0. Blank text is refused: Number() would read it as 0, which stands for no limit. */
	number(given: unknown, label: string, fallback: number): number {
		if (given === '' || given === null || given === undefined) return fallback;
		const isNumber =
			typeof given === 'number' || (typeof given === 'string' && given.trim() !== '');
		const value = isNumber ? Number(given) : Number.NaN;
		if (Number.isFinite(value) && value >= 0) return value;
		this.fault(label, `must be a number of at least 0, not ${show(given)}`);
		return fallback;
	}

	/** A whole number of at least 0. */
	whole(given: unknown, label: string, fallback: number): number {
		const value = this.number(given, label, fallback);
		if (!Number.isInteger(value)) this.fault(label, `must be a whole number, not ${show(given)}`);
		return value;
	}

	/** A switch. An expression that finds nothing is a fault: whom it protects must not be called by accident. */
	flag(given: unknown, label: string): boolean {
		const value = flagOf(given);
		if (value === undefined)
			this.fault(
				label,
				`must be true or false, not ${given === undefined ? 'nothing' : show(given)}`,
			);
		return value === true;
	}

	/** A switch of a collection, off if the user did not add it. */
	flagIn(collection: string, name: string, label: string): boolean {
		return this.has(collection, name) && this.flag(this.field(collection, name), label);
	}

	/** The country of numbers without a country code as the user gave it, empty if none is chosen. */
	country(given: unknown): string {
		const advice = 'Give two letters such as DE, or choose None';
		const country = this.needed({ country: given }, 'country', labels.default_country, advice);
		return country.toLowerCase() === noCountry ? '' : country;
	}

	/** Text or a number that must be there if the user added the field. */
	needed(
		options: Readonly<Record<string, unknown>>,
		name: string,
		label: string,
		advice: string,
	): string {
		const value = textOf(options[name]);
		if (!Object.hasOwn(options, name) || value !== '') return value;
		const given = options[name];
		const empty =
			given === '' || given === undefined || given === null || typeof given === 'string';
		this.fault(label, empty ? `is empty for this row. ${advice}` : 'must be text or a number');
		return value;
	}
}

/** An object of the form, empty for anything else. */
export function objectOf(given: unknown): Readonly<Record<string, unknown>> {
	return isObject(given) ? given : {};
}
