import { type JsonObject, at } from '../json';
import { checkText, requireField, texts } from './fields';
import type { Findings } from './findings';
import { checkRuleTrunks } from './ids';
import { pinFault, ruleNumberWarning } from './numbers';

/** Checks a dispatch rule: it needs a rule, and numbers that calls can match. */
export function checkRuleInfo(body: JsonObject, path: string, findings: Findings): void {
	requireField(
		body,
		'rule',
		path,
		findings,
		'is required: choose a {rule_type}, or write {"rule": {"dispatch_rule_direct": {"room_name": "..."}}}',
	);
	if (['trunk_ids', 'numbers', 'inbound_numbers'].every((name) => texts(body[name]).length === 0)) {
		findings.warnings.push(
			`${at(path, 'trunk_ids')}: the rule takes every call on any trunk, including unmatched calls, unless another rule fits better`,
		);
	}
	checkRuleTrunks(body, path, findings);
	for (const name of ['numbers', 'inbound_numbers']) {
		for (const number of texts(body[name])) {
			const warning = ruleNumberWarning(number);
			if (warning) findings.warnings.push(`${at(path, name)}: ${warning}`);
		}
	}
}

/** Checks that a rule is one of its three types. */
export function checkRule(body: JsonObject, path: string, findings: Findings): void {
	if (Object.keys(body).length > 0) return;
	findings.faults.push({
		path,
		message:
			'is empty. Give one of dispatch_rule_direct, dispatch_rule_individual and dispatch_rule_callee',
	});
}

/** Checks a rule that sends all callers into one room. LiveKit would store an empty room name and then end every call. */
export function checkDirectRule(body: JsonObject, path: string, findings: Findings): void {
	requireField(body, 'room_name', path, findings, 'is required: the room that all callers join');
	checkText(body, 'pin', path, findings, pinFault);
}

/** Checks a rule that makes a room for each caller. */
export function checkIndividualRule(body: JsonObject, path: string, findings: Findings): void {
	checkText(body, 'pin', path, findings, pinFault);
}

/** Checks a rule that makes a room for each called number. */
export const checkCalleeRule = checkIndividualRule;
