import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');

/** Source without the line breaks that a formatter puts in. */
const oneLine = (source: string) =>
	source.replace(/\s+/g, ' ').replace(/([[(]) |,? ([\])])/g, '$1$2');

/** `outcome reason` to the values of `retryable` that the source gives it; none where it depends on the row. */
function reasonsOfSource(): Map<string, Set<string>> {
	const found = new Map<string, Set<string>>();
	const note = (outcome: string, reason: string, ...retryable: string[]) => {
		found.set(
			`${outcome} ${reason}`,
			new Set([...(found.get(`${outcome} ${reason}`) ?? []), ...retryable]),
		);
	};
	const outcomes = oneLine(read('livekit/outcome/call.ts'));
	for (const [, outcome, reason, retryable] of outcomes.matchAll(
		/\['(\w+)', '(\w+)', (true|false)\]/g,
	))
		note(outcome, reason, retryable === 'true' ? 'yes' : 'no');
	for (const [, outcome, one, other] of outcomes.matchAll(
		/\['(\w+)', [^']+ \? '(\w+)' : '(\w+)', false\]/g,
	))
		[one, other].forEach((reason) => note(outcome, reason, 'no'));
	const folder = join('nodes', 'LiveKitSip', 'dial');
	const dial = readdirSync(join(repository, folder))
		.map((file) => oneLine(read(join(folder, file))))
		.join('\n');
	for (const [, reason] of dial.matchAll(/skipped\('(\w+)'/g)) note('skipped', reason);
	for (const [, outcome, reason] of dial.matchAll(/outcome: '(\w+)', reason: '(\w+)'/g))
		note(outcome, reason, 'no');
	for (const [, outcome, reason] of dial.matchAll(
		/outcome: answered \? '(\w+)' [^']*'\w+', answered, reason: '(\w+)'/g,
	))
		note(outcome, reason, 'no');
	// What could not be checked may work later, depending on why.
	for (const [, input, checked] of dial.matchAll(/NodeOperationError \? '(\w+)' : '(\w+)'/g)) {
		note('not_sent', input, 'no');
		note('not_sent', checked, 'yes', 'no');
	}
	return found;
}

/** `outcome reason` to its cell of `retryable`, from all tables of the document. */
function reasonsOfDocument(): Map<string, string> {
	const rows = read('docs/calls.md').matchAll(
		/^\| `(\w+)`[^|]* \| `(\w+)` \| (yes|no|yes, or no) \|/gm,
	);
	return new Map(
		[...rows].map(([, outcome, reason, retryable]) => [`${outcome} ${reason}`, retryable]),
	);
}

test('docs/calls.md names every reason of a call, and no other', () => {
	expect([...reasonsOfDocument().keys()].sort()).toEqual([...reasonsOfSource().keys()].sort());
});

test('docs/calls.md says of every reason whether it is retryable', () => {
	const document = reasonsOfDocument();
	const decided = [...reasonsOfSource()].filter(([, values]) => values.size > 0);
	const wanted = decided.map(([key, values]) => [
		key,
		values.size > 1 ? 'yes, or no' : [...values][0],
	]);
	expect(decided.map(([key]) => [key, document.get(key)])).toEqual(wanted);
});
