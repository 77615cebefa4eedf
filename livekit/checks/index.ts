import { type JsonObject, type JsonValue, at, isObject } from '../json';
import { maskedPaths } from '../codec/secrets';
import { type MessageName, messageOf } from '../schema';
import { checkDispatch, checkDispatchDeletion, checkDispatchList } from './agents';
import { checkParticipant, checkTransfer } from './calls';
import type { Allowances, Checker, Findings } from './findings';
import { checkRuleTrunks } from './ids';
import { numbersChecker } from './numberLists';
import {
	checkDirectRule,
	checkIndividualRule,
	checkCalleeRule,
	checkRule,
	checkRuleInfo,
} from './rules';
import {
	checkConfig,
	checkInbound,
	checkInboundUpdate,
	checkListUpdate,
	checkMedia,
	checkOutbound,
	checkOutboundUpdate,
} from './trunks';

const numberCheckers: Readonly<Partial<Record<MessageName, Checker>>> = {
	SIPInboundTrunkInfo: numbersChecker('SIPInboundTrunkInfo'),
	SIPOutboundTrunkInfo: numbersChecker('SIPOutboundTrunkInfo'),
	SIPDispatchRuleInfo: numbersChecker('SIPDispatchRuleInfo'),
};

const checkers: Readonly<Partial<Record<MessageName, Checker>>> = {
	SIPInboundTrunkInfo: checkInbound,
	SIPInboundTrunkUpdate: checkInboundUpdate,
	SIPOutboundTrunkInfo: checkOutbound,
	SIPOutboundTrunkUpdate: checkOutboundUpdate,
	SIPOutboundConfig: checkConfig,
	SIPMediaConfig: checkMedia,
	ListUpdate: checkListUpdate,
	SIPDispatchRuleInfo: checkRuleInfo,
	SIPDispatchRuleUpdate: checkRuleTrunks,
	SIPDispatchRule: checkRule,
	SIPDispatchRuleDirect: checkDirectRule,
	SIPDispatchRuleIndividual: checkIndividualRule,
	SIPDispatchRuleCallee: checkCalleeRule,
	CreateSIPParticipantRequest: checkParticipant,
	TransferSIPParticipantRequest: checkTransfer,
	CreateAgentDispatchRequest: checkDispatch,
	ListAgentDispatchRequest: checkDispatchList,
	DeleteAgentDispatchRequest: checkDispatchDeletion,
};

/**
 * Checks an encoded body for what LiveKit would refuse without saying why, silently ignore, or let fail later in a call,
 * and for masks that it would store as secrets. Some values are corrected in place: the transfer target `+1 555` becomes
 * `tel:+1555`.
 */
export function checkBody(
	message: MessageName,
	body: JsonObject,
	allow: Allowances = {},
): Findings {
	const findings: Findings = { faults: [], warnings: [] };
	for (const path of maskedPaths(message, body)) {
		findings.faults.push({
			path,
			message:
				'holds the mask that stands for a hidden secret. Enter the secret itself, or turn on {include_secrets} where the value comes from',
		});
	}
	walk(message, body, '', findings, allow);
	return findings;
}

function walk(
	message: MessageName,
	body: JsonObject,
	path: string,
	findings: Findings,
	allow: Allowances,
): void {
	numberCheckers[message]?.(body, path, findings, allow);
	checkers[message]?.(body, path, findings, allow);
	for (const field of messageOf(message).fields) {
		if (field.kind !== 'message') continue;
		const inner: JsonValue | undefined = body[field.name];
		if (isObject(inner)) walk(field.type, inner, at(path, field.name), findings, allow);
		else if (Array.isArray(inner)) {
			inner.forEach((entry, index) => {
				if (isObject(entry))
					walk(field.type, entry, `${at(path, field.name)}[${index}]`, findings, allow);
			});
		}
	}
}
