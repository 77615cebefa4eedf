import type { DispatchRule, InboundTrunk } from './messages';
import { busError, TwirpError } from './twirp';

const PLAIN_NUMBER = /^\+?[\d\- ()]+$/;
const NEW = '<new>';

/** A phone number without its spelling: `(555) 010-0` is `+5550100`. Anything else is left alone. */
export function normalizeNumber(number: string): string {
	if (!PLAIN_NUMBER.test(number)) return number;
	const digits = number.replace(/[- ()]/g, '');
	return digits.startsWith('+') ? digits : `+${digits}`;
}

const normalizedOrAny = (numbers: string[]) =>
	numbers.length ? numbers.map(normalizeNumber) : [''];
const anyWhenEmpty = (values: string[]) => (values.length ? values : ['']);

/** Go's %q of a text. */
const quoted = (text: string) => JSON.stringify(text);
const quotedList = (list: string[]) => (list.length ? `[${list.map(quoted).join(' ')}]` : '<any>');

/** Stored objects with the new one among them: LiveKit takes one stored, the new one, then the rest, and blames the later of two. */
export function withNew<T>(stored: T[], added: T): T[] {
	return [...stored.slice(0, 1), added, ...stored.slice(1)];
}

/** Refuses trunks of which two would take the same call (`protocol/sip/sip.go`, ValidateTrunksIter). */
export function checkTrunkConflicts(trunks: InboundTrunk[]): void {
	const owners = new Map<string, InboundTrunk>();
	for (const trunk of trunks) {
		for (const number of new Set(normalizedOrAny(trunk.numbers))) {
			for (const [at, caller] of normalizedOrAny(trunk.allowed_numbers).entries()) {
				const key = JSON.stringify([number, caller]);
				const owner = owners.get(key);
				if (owner && owner.sip_trunk_id !== trunk.sip_trunk_id) {
					const pair = `${quoted(trunk.sip_trunk_id || NEW)} and ${quoted(owner.sip_trunk_id || NEW)}`;
					const who = trunk.allowed_numbers.length
						? `and AllowedNumber ${quoted(trunk.allowed_numbers[at] ?? '')}`
						: 'without AllowedNumbers set';
					throw new TwirpError(
						'invalid_argument',
						`Conflicting inbound SIP Trunks: ${pair}, using the same number(s) ${quotedList(trunk.numbers)} ${who}`,
					);
				}
				owners.set(key, trunk);
			}
		}
	}
}

function pinOf({ rule }: DispatchRule): string {
	const kind =
		rule?.dispatch_rule_direct ?? rule?.dispatch_rule_individual ?? rule?.dispatch_rule_callee;
	if (!kind) throw busError('invalid_argument', 'unsupported SIP Dispatch Rule: <nil>');
	return kind.pin;
}

/** Refuses rules of which two would match the same call (`protocol/sip/sip.go`, DispatchRuleValidator). */
export function checkRuleConflicts(rules: DispatchRule[]): void {
	const owners = new Map<string, DispatchRule>();
	for (const rule of rules) {
		const pin = pinOf(rule);
		for (const trunk of anyWhenEmpty(rule.trunk_ids)) {
			for (const caller of normalizedOrAny(rule.inbound_numbers)) {
				for (const number of normalizedOrAny(rule.numbers)) {
					const key = JSON.stringify([pin, trunk, caller, number]);
					const owner = owners.get(key);
					if (owner) {
						throw new TwirpError(
							'invalid_argument',
							'Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in ' +
								`dispatch rule ${quoted(owner.sip_dispatch_rule_id || NEW)} ${quoted(owner.name || '<blank name>')}`,
						);
					}
					owners.set(key, rule);
				}
			}
		}
	}
}
