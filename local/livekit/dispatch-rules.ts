import { checkRuleConflicts, withNew } from './conflicts';
import { needSipAdmin } from './grants';
import { newId } from './ids';
import { checkListUpdate, updatedList } from './list-update';
import { checkMedia, updateMedia, upgradeMedia } from './media';
import type { DispatchRule, ListUpdate, MediaConfig, Page, Rule } from './messages';
import type { Handler, Service } from './rpc';
import type { SipStore } from './store';
import { checkRequest, Refusal, TwirpError } from './twirp';

/** The wrapped form, and the fields of the flat form that servers before v1.9.0 know. */
interface CreateRequest {
	dispatch_rule?: DispatchRule;
	rule?: Rule;
	trunk_ids: string[];
	hide_phone_number: boolean;
	inbound_numbers: string[];
	name: string;
	metadata: string;
	attributes: Record<string, string>;
	room_preset: string;
	room_config?: object;
}

interface RuleUpdate {
	trunk_ids?: ListUpdate;
	rule?: Rule;
	name?: string;
	metadata?: string;
	attributes: Record<string, string>;
	media?: MediaConfig;
	media_encryption?: string;
}

interface UpdateRequest {
	sip_dispatch_rule_id: string;
	replace?: DispatchRule;
	update?: RuleUpdate;
}

function checkRule(rule: DispatchRule): void {
	if (!rule.rule) throw new Refusal('missing rule');
	checkMedia(rule.media);
}

function fromFlat(request: CreateRequest): DispatchRule {
	const {
		rule,
		trunk_ids,
		hide_phone_number,
		inbound_numbers,
		name,
		metadata,
		attributes,
		room_preset,
		room_config,
	} = request;
	return {
		sip_dispatch_rule_id: '',
		...(rule && { rule }),
		trunk_ids,
		hide_phone_number,
		inbound_numbers,
		numbers: [],
		name,
		metadata,
		attributes,
		room_preset,
		...(room_config && { room_config }),
		media_encryption: 'SIP_MEDIA_ENCRYPT_DISABLE',
	};
}

function updated(rule: DispatchRule, update: RuleUpdate | undefined): DispatchRule {
	if (!update) return rule;
	const attributes = Object.entries({ ...rule.attributes, ...update.attributes }).filter(
		([name]) => update.attributes[name] !== '',
	);
	const result: DispatchRule = {
		...rule,
		rule: update.rule ?? rule.rule,
		trunk_ids: updatedList(rule.trunk_ids, update.trunk_ids),
		name: update.name ?? rule.name,
		metadata: update.metadata ?? rule.metadata,
		attributes: Object.fromEntries(attributes),
	};
	updateMedia(result, update);
	return result;
}

/** The dispatch rule RPCs of LiveKit's SIP service (`livekit-server/pkg/service/sip.go`). */
export function ruleService({ rules }: SipStore): Service {
	const near = (trunkIds: string[]) =>
		rules.list(
			({ trunk_ids: own }) =>
				!trunkIds.length || !own.length || own.some((id) => trunkIds.includes(id)),
		);

	const stored = (id: string): DispatchRule => {
		const rule = rules.get(id);
		if (!rule) throw new TwirpError('not_found', 'requested sip dispatch rule does not exist');
		return rule;
	};

	const create: Handler<CreateRequest> = (request, { claims }) => {
		needSipAdmin(claims);
		const { dispatch_rule: wrapped } = request;
		if (wrapped) upgradeMedia(wrapped);
		const rule = wrapped ?? fromFlat(request);
		checkRequest(() => {
			if (rule.sip_dispatch_rule_id) throw new Refusal('rule id must not be set');
			checkRule(rule);
		});
		checkRuleConflicts(withNew(near(request.trunk_ids), rule));
		rule.sip_dispatch_rule_id = newId('SDR');
		rules.put(rule.sip_dispatch_rule_id, rule);
		return rule;
	};

	const update: Handler<UpdateRequest> = (
		{ sip_dispatch_rule_id: id, replace, update: change },
		{ claims },
	) => {
		needSipAdmin(claims);
		checkRequest(() => {
			if (!id) throw new Refusal('rule id must be set');
			if (replace) {
				if (replace.sip_dispatch_rule_id && replace.sip_dispatch_rule_id !== id) {
					throw new Refusal('rule id in the info must be empty or match the id in the update');
				}
				checkRule(replace);
			} else if (change) {
				checkListUpdate(change.trunk_ids);
				checkMedia(change.media);
			} else throw new Refusal('missing or unsupported update action');
		});
		const current = stored(id);
		const rule = replace ? { ...replace, sip_dispatch_rule_id: id } : updated(current, change);
		checkRuleConflicts(
			near(rule.trunk_ids).map((other) => (other.sip_dispatch_rule_id === id ? rule : other)),
		);
		rules.put(id, rule);
		return rule;
	};

	const list: Handler<{ page?: Page; dispatch_rule_ids: string[]; trunk_ids: string[] }> = (
		request,
		{ claims, options },
	) => {
		needSipAdmin(claims);
		const { page, dispatch_rule_ids: ids, trunk_ids: trunks } = request;
		const wanted = ({ sip_dispatch_rule_id: id, trunk_ids: own }: DispatchRule) =>
			(!ids.length || ids.includes(id)) &&
			(!trunks.length || !own.length || own.some((trunk) => trunks.includes(trunk)));
		return { items: rules.list(wanted, page, options.honourLimit) };
	};

	const remove: Handler<{ sip_dispatch_rule_id: string }> = (
		{ sip_dispatch_rule_id: id },
		{ claims },
	) => {
		needSipAdmin(claims);
		if (!id) throw new TwirpError('invalid_argument', 'dispatch rule ID is required');
		const rule = stored(id);
		rules.delete(id);
		return rule;
	};

	return {
		CreateSIPDispatchRule: create,
		UpdateSIPDispatchRule: update,
		ListSIPDispatchRule: list,
		DeleteSIPDispatchRule: remove,
	};
}
