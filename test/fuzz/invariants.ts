import type { Fault } from '../../livekit/json';
import { CANARY } from './hostile';

/** CPU time that one input may take, milliseconds: CPU, so that a busy machine is no reason to fail. */
export const mostCpuMs = 3000;

/** Throws where something does not hold. */
export function must(holds: boolean, what: string): asserts holds {
	if (!holds) throw new Error(what);
}

const prototypes = [
	Object.prototype,
	Array.prototype,
	Function.prototype,
	String.prototype,
	Map.prototype,
];
const untouched = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);

function checkPrototypes(): void {
	prototypes.forEach((prototype, index) => {
		must(
			Reflect.ownKeys(prototype).length === untouched[index],
			`the prototype of ${prototype.constructor.name} was changed`,
		);
	});
	must(Reflect.get({}, 'polluted') === undefined, 'Object.prototype was polluted');
}

let counter = new Int32Array(1);

/** Where the inputs that are done are counted: an endless loop can be seen from another thread only. */
export function watchInputs(shared: Int32Array): void {
	counter = shared as Int32Array<ArrayBuffer>;
}

/** Runs the check of one input: it may neither take long nor touch a prototype. */
export async function guarded(work: () => unknown): Promise<void> {
	Atomics.add(counter, 0, 1);
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	const took = (user + system) / 1000;
	must(took < mostCpuMs, `took ${Math.round(took)} ms of CPU`);
	checkPrototypes();
}

/** JSON text, or what there is of a value that has none. */
export function textOf(value: unknown): string {
	return (
		JSON.stringify(value, (_name, inner: unknown) =>
			typeof inner === 'bigint' || typeof inner === 'symbol' ? String(inner) : inner,
		) ?? ''
	);
}

/** A text for people: no secret in it. */
export function mustHideSecrets(where: string, value: unknown): void {
	must(!textOf(value).includes(CANARY), `a secret is in ${where}`);
}

/** Faults and warnings for people: text, none empty, no secret. */
export function mustBeMessages(faults: readonly Fault[], warnings: readonly string[] = []): void {
	for (const { path, message } of faults)
		must(
			typeof path === 'string' && typeof message === 'string' && message.length > 0,
			'a fault has no message',
		);
	for (const warning of warnings)
		must(typeof warning === 'string' && warning.length > 0, 'a warning is empty');
	mustHideSecrets('a fault', faults);
	mustHideSecrets('a warning', warnings);
}

/** A JSON tree as requests and outputs hold it: plain objects only, so that no key became a prototype. */
export function mustBePlain(value: unknown, depth = 0): void {
	if (depth > 12 || typeof value !== 'object' || value === null) return;
	const prototype: unknown = Object.getPrototypeOf(value);
	// The objects of structuredClone are of another realm in jest: what has no prototype itself is an Object.prototype.
	must(
		Array.isArray(value) || (prototype !== null && Object.getPrototypeOf(prototype) === null),
		'an object in the body has a prototype of its own',
	);
	for (const inner of Array.isArray(value) ? value : Object.values(value))
		mustBePlain(inner, depth + 1);
}

/** Whether two given values say the same where the given one is text or a number. */
export function sameText(given: unknown, kept: unknown): boolean {
	return typeof given === 'string' || typeof given === 'number'
		? String(given).trim() === String(kept).trim()
		: true;
}
