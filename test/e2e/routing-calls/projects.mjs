// Projects of trunks and rules, and the calls to them. What is expected of a call is Test Route's reason.

const caller = '+4915112345678';
const stranger = '+4917098765432';
/** LiveKit takes no trunk that has neither numbers nor these. */
const loopback = ['127.0.0.0/8'];
const number = (index) => `+1510555${String(index).padStart(4, '0')}`;

const direct = (room_name, pin = '') => ({ dispatch_rule_direct: { room_name, pin } });
const individual = (room_prefix, more = {}) => ({
	dispatch_rule_individual: { room_prefix, ...more },
});
const callee = (room_prefix, more = {}) => ({ dispatch_rule_callee: { room_prefix, ...more } });

/** A trunk with a number of its own, or with what is given. */
const trunk = (name, index, more = {}) => ({ name, numbers: [number(index)], ...more });

/** A rule for some trunks, which brings callers into a room of its own name, or does what is given. */
const rule = (name, on = [name], more = {}) => ({ name, on, rule: direct(name), ...more });

/** @typedef {{name: string, to: string, from: string, reason: string, host?: string, typed?: string, username?: string, password?: string}} Call */

/** A call from the usual caller. */
const call = (name, index, reason, more = {}) => ({
	name,
	to: typeof index === 'number' ? number(index) : index,
	from: caller,
	reason,
	...more,
});

const rooms = {
	name: 'numbers and rooms',
	trunks: [
		trunk('exact', 100),
		trunk('spelled', 101, { numbers: ['+1 (510) 555-0101'] }),
		trunk('no-plus', 102, { numbers: ['15105550102'] }),
		trunk('each', 103),
		trunk('same', 104),
		trunk('hidden', 105),
		trunk('line', 106),
		trunk('fresh', 107),
		trunk('agents', 108),
		trunk('lonely', 109),
		trunk('nameless', 110),
	],
	rules: [
		rule('exact'),
		rule('spelled'),
		rule('no-plus'),
		rule('each', ['each'], { rule: individual('each') }),
		rule('same', ['same'], { rule: individual('same', { no_randomness: true }) }),
		rule('hidden', ['hidden'], { rule: individual('hidden'), hide_phone_number: true }),
		rule('line', ['line'], { rule: callee('line') }),
		rule('fresh', ['fresh'], { rule: callee('fresh', { randomize: true }) }),
		rule('agents', ['agents'], {
			room_config: { agents: [{ agent_name: 'reception' }, { agent_name: 'notes' }] },
		}),
		rule('nameless', ['nameless'], { rule: individual('') }),
	],
	calls: [
		call('the number of a trunk', 100, 'routed'),
		call('a trunk whose number is spelled otherwise', 101, 'routed'),
		call('a number without a plus', '15105550102', 'routed'),
		call('a room per caller', 103, 'routed'),
		call('a room per caller that stays the same', 104, 'routed'),
		call('a room per caller whose number is hidden', 105, 'routed'),
		call('a room per number', 106, 'routed'),
		call('a room per number, each time a new one', 107, 'routed'),
		call('two agents', 108, 'routed'),
		call('a trunk without a rule', 109, 'no_rule'),
		call('a room per caller without a prefix', 110, 'routed'),
		call('a number that no trunk has', 199, 'no_trunk'),
	],
};

const callers = {
	name: 'callers, called numbers, addresses',
	trunks: [
		trunk('filtered', 200, { numbers: [number(200), number(201), number(202)] }),
		trunk('vip', 203),
		trunk('members', 204),
		trunk('guarded', 205, { allowed_numbers: [caller] }),
		trunk('first', 206, { allowed_numbers: [caller] }),
		trunk('second', 206, { allowed_numbers: [stranger] }),
		trunk('here', 207, { allowed_addresses: ['127.0.0.2'] }),
		// LiveKit takes two trunks for one number only if their lists of callers differ.
		trunk('there', 207, { allowed_addresses: ['127.0.1.0/24'], allowed_numbers: [caller] }),
		trunk('anybody', 208),
		trunk('somebody', 208, { allowed_numbers: ['+49 151 12345678'] }),
		trunk('order', 209),
	],
	rules: [
		rule('filtered', ['filtered'], { numbers: [number(200)] }),
		rule('misspelled', ['filtered'], { numbers: ['+1 510 555 0201'] }),
		rule('vip', ['vip'], { inbound_numbers: [caller] }),
		rule('others', ['vip']),
		rule('members', ['members'], { inbound_numbers: [caller, '+49 170 98765432'] }),
		rule('guarded'),
		rule('first'),
		rule('second'),
		rule('here'),
		rule('there'),
		rule('anybody', ['anybody', 'somebody']),
		rule('order-b', ['order'], { inbound_numbers: [caller] }),
		rule('order-a', ['order'], { numbers: [number(209)] }),
	],
	calls: [
		call('a rule for the called number', 200, 'routed'),
		call('a rule whose called number is spelled otherwise', 201, 'no_rule_for_number'),
		call('rules for other called numbers', 202, 'no_rule_for_number'),
		call('a rule for the caller before one for all', 203, 'routed'),
		call('the rule for all other callers', 203, 'routed', { from: stranger }),
		call('a rule for these callers', 204, 'routed'),
		call('a rule whose caller is spelled otherwise', 204, 'no_rule_for_caller', {
			from: stranger,
		}),
		call('a trunk that lets the caller in', 205, 'routed'),
		call('a trunk that does not let the caller in', 205, 'caller_not_allowed', { from: stranger }),
		call('two trunks, the one of the caller', 206, 'routed'),
		call('two trunks, the one of another caller', 206, 'routed', { from: stranger }),
		call('two trunks, the one of the address', 207, 'routed', { host: '127.0.0.2' }),
		call('two trunks, the one of the block', 207, 'routed', { host: '127.0.1.9' }),
		call('two trunks, another address', 207, 'address_not_allowed', { host: '127.0.0.3' }),
		call('any caller against these callers', 208, 'two_trunks'),
		call('any caller against these callers, another one', 208, 'routed', { from: stranger }),
		call('rules of one rank, by the name of the room', 209, 'routed'),
	],
};

const secrets = {
	name: 'PINs, credentials, rules that exclude each other',
	trunks: [
		trunk('pinned', 300),
		trunk('mixed', 301),
		trunk('password', 302, { auth_username: 'carrier', auth_password: 'right' }),
		trunk('ruleless', 303, { auth_username: 'carrier', auth_password: 'right' }),
		trunk('taken', 304),
		trunk('moved', 305),
	],
	rules: [
		rule('pinned', ['pinned'], { rule: direct('pinned', '42') }),
		rule('mixed', ['mixed'], { rule: direct('mixed', '42') }),
		rule('open', ['mixed']),
		rule('password'),
		rule('taken'),
		rule('moved'),
	],
	/** LiveKit takes this update without a word. */
	moves: { moved: 'taken' },
	calls: [
		call('a PIN that is not typed', 300, 'pin_required'),
		call('the right PIN', 300, 'routed', { typed: '42#' }),
		call('a wrong PIN', 300, 'wrong_pin', { typed: '43#', from: stranger }),
		call('no PIN where all rules ask', 300, 'no_pin', { typed: '#', from: stranger }),
		call('the PIN where another rule asks for none', 301, 'routed', { typed: '42#' }),
		call('no PIN where another rule asks for none', 301, 'routed', { typed: '#', from: stranger }),
		call('the password of the trunk', 302, 'routed', { username: 'carrier', password: 'right' }),
		call('another password', 302, 'routed', { username: 'carrier', password: 'wrong' }),
		call('the password, and no rule', 303, 'no_rule', { username: 'carrier', password: 'right' }),
		call('another password, and no rule', 303, 'no_rule', {
			username: 'carrier',
			password: 'wrong',
		}),
		call('a trunk onto which a second rule was moved', 304, 'two_rules'),
		call('the trunk that the rule left', 305, 'no_rule'),
	],
};

const wildcard = {
	name: 'a trunk for all numbers, a rule for all trunks',
	trunks: [
		{ name: 'wild', allowed_addresses: loopback },
		trunk('own', 400),
		trunk('closed', 401, { allowed_numbers: [stranger] }),
		trunk('none', 402),
	],
	rules: [rule('wild'), rule('own'), rule('every', [])],
	calls: [
		call('a trunk for all numbers', 499, 'routed', { from: '+12025550102' }),
		call('the trunk of the number before the one for all', 400, 'routed'),
		call('a caller whom the trunk of the number does not let in', 401, 'routed'),
		call('a rule for all trunks', 402, 'routed', { from: stranger }),
	],
};

const trunkless = {
	name: 'no trunk, a rule for all trunks',
	trunks: [trunk('closed', 500, { allowed_numbers: [stranger] })],
	rules: [rule('every', [])],
	calls: [
		call('no trunk at all', 599, 'routed'),
		call('no trunk that lets the caller in', 500, 'routed', { from: '+12025550101' }),
	],
};

const two = {
	name: 'two trunks for all numbers',
	trunks: [
		{ name: 'any', allowed_addresses: loopback },
		{ name: 'these', allowed_addresses: loopback, allowed_numbers: [caller] },
	],
	rules: [rule('any', ['any', 'these'])],
	calls: [
		call('two trunks for all numbers', 600, 'two_trunks_for_all'),
		call('two trunks for all numbers, one for the caller', 600, 'routed', { from: stranger }),
	],
};

/**
 * All of them, each of which is alone on the server for a while.
 *
 * @type {{name: string, trunks: object[], rules: object[], moves?: Record<string, string>, calls: Call[]}[]}
 */
export const projects = [rooms, callers, secrets, wildcard, trunkless, two];
