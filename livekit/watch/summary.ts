import type { ChangeEvent, EventName } from './diff';

/** What people call fields whose last name does not say it. */
const words: Readonly<Record<string, string>> = {
	trunk_ids: 'Trunks',
	numbers: 'Phone Numbers',
	inbound_numbers: 'Only These Callers',
	allowed_numbers: 'Allowed Caller Numbers',
	auth_username: 'Auth User Name',
	krisp_enabled: 'Noise Cancellation',
	no_randomness: 'Same Room for Repeat Calls',
	randomize: 'Add Random Ending',
	pin: 'PIN',
};

const mostNamed = 10;

/** The field at a path of `changed` in words: `rule.dispatch_rule_direct.room_name` is "Room Name". */
function wordFor(path: string): string {
	const last = path.slice(path.lastIndexOf('.') + 1);
	if (Object.hasOwn(words, last)) return words[last];
	return last
		.split('_')
		.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
		.join(' ');
}

function changedIn(paths: readonly string[]): string {
	const fields = [...new Set(paths.map(wordFor))];
	const more = fields.length - mostNamed;
	return fields.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const endings: Readonly<Record<Exclude<EventName, 'updated'>, string>> = {
	existing: 'was there when the watch began',
	created: 'was created',
	deleted: 'was deleted',
};

/**
 * An event in a sentence, such as "Dispatch rule 'conference' changed: PIN". It holds names of fields and no value but the
 * object's own name.
 *
 * @param noun what the object is called, such as `dispatch rule`
 */
export function summaryOf(noun: string, { event, name, id, changed }: ChangeEvent): string {
	const what = noun.replace(/^./, (first) => first.toUpperCase());
	const which = name.trim() === '' ? id : `'${name}'`;
	const became = event === 'updated' ? `changed: ${changedIn(changed)}` : endings[event];
	return `${what} ${which} ${became}`;
}
