import type { RuleClash, TrunkClash } from './clashes';
import type { Failing } from './failing';
import { named } from './words';

const mostNamed = 3;

/** The first entries of a list, and how many are left. */
function few(entries: readonly string[]): string {
	const left = entries.length - mostNamed;
	const first = entries.slice(0, mostNamed).join(', ');
	return left > 0 ? `${first} and ${left} more` : first;
}

/** What else to do. With what LiveKit refuses, Allow Conflict is of no use. */
function orOverride(refused: boolean): string {
	return refused ? '' : ', or turn on Allow Conflict';
}

function trunksShare({ numbers, callers }: TrunkClash): string {
	const what = numbers.length > 0 ? `has ${few(numbers)} too` : 'takes calls to all numbers too';
	const whose = callers.length > 0 ? `calls from ${few(callers)}` : 'all callers';
	return `${what}, for ${whose}`;
}

const trunkRemedy = ({ numbers }: TrunkClash) =>
	numbers.length > 0
		? 'Take the number from one of them, or give both {allowed_numbers} of their own'
		: 'Give one of them the numbers that it is for, or both {allowed_numbers} of their own';

/** Why two trunks cannot be: the rest of a sentence. @param refused whether LiveKit would refuse the write */
export function trunkClashWords(clash: TrunkClash, refused: boolean): string {
	const apart = clash.failsCalls ? '' : ', although their {allowed_addresses} keep them apart';
	const then = refused
		? `LiveKit would refuse this${apart}`
		: 'LiveKit would accept this, and then fail the calls that both take';
	return `would clash with the trunk ${named(clash.other)}, which ${trunksShare(clash)}. ${then}. ${trunkRemedy(clash)}${orOverride(refused)}`;
}

/** What is to be known of two trunks that clash and are written all the same. */
export function standingClashWords(clash: TrunkClash): string {
	const then = clash.failsCalls
		? 'As before, LiveKit fails the calls that both take'
		: 'Both ring, since their {allowed_addresses} keep them apart, but LiveKit refuses later updates of either';
	return `clash with the trunk ${named(clash.other)}, which ${trunksShare(clash)}. ${then}. ${trunkRemedy(clash)}`;
}

const failingRemedies = {
	two_trunks: 'Take the number from one of them first',
	two_trunks_for_all: 'Give one of them the numbers that it is for first',
	two_rules: 'Delete one of the rules first, or give them different callers, numbers or PINs',
} as const;

/** Why calls would newly fail, although the trunk clashes with none: the rest of a sentence. */
export function failingWords(
	{ number, callers, reason, between: [one, other] }: Failing,
	refused: boolean,
): string {
	const called = number === '' ? 'other numbers' : number;
	const from = callers.length > 0 ? ` from ${few(callers)}` : '';
	const kind = reason === 'two_rules' ? 'dispatch rules' : 'trunks';
	const both =
		one === other
			? `${named(one)}, which holds a number twice`
			: `${named(one)} and ${named(other)}, which stand against each other`;
	const then = refused
		? 'LiveKit would refuse this'
		: 'LiveKit would accept this, and then fail those calls';
	return `would leave calls to ${called}${from} to the ${kind} ${both}. ${then}. ${failingRemedies[reason]}${orOverride(refused)}`;
}

function ruleCalls({ trunkIds, numbers, callers }: RuleClash): string {
	const trunks = trunkIds.length > 0 ? few(trunkIds) : 'all trunks';
	const called = numbers.length > 0 ? few(numbers) : 'all numbers';
	return `calls on ${trunks} to ${called} from ${callers.length > 0 ? few(callers) : 'all callers'}`;
}

/** Why two rules cannot be: the rest of a sentence. @param refused whether LiveKit would refuse the write */
export function ruleClashWords(clash: RuleClash, refused: boolean): string {
	const { rule, other, trunkIds } = clash;
	const every =
		trunkIds.length > 0 ? `every call on ${few(trunkIds)}` : 'every call of the project';
	const then = refused
		? 'LiveKit would refuse this'
		: `LiveKit would accept this, and then fail ${every}`;
	if (other === rule)
		return `would hold the same entry twice, in two spellings. ${then}. Remove one of them${orOverride(refused)}`;
	const pin = rule.pin === '' ? 'without a PIN too' : 'with the same PIN';
	return `would clash with the dispatch rule ${named(other)}, which is for ${ruleCalls(clash)}, ${pin}. ${then}. Give one of the two other trunks, called numbers, callers or another PIN, or delete the other one${orOverride(refused)}`;
}
