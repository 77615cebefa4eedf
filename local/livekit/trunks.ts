import { checkTrunkConflicts, normalizeNumber, withNew } from './conflicts';
import { needSipAdmin } from './grants';
import { newId } from './ids';
import { updatedList } from './list-update';
import type { InboundTrunk, ListUpdate, MediaConfig, OutboundTrunk, Page } from './messages';
import type { Handler, Service } from './rpc';
import type { SipStore } from './store';
import { checkInboundTrunk, checkOutboundTrunk } from './trunk-rules';
import type { TrunkKind, UpdateRequest } from './trunk-steps';
import { getTrunk, listTrunks, newTrunk, setScalars, updatedTrunk } from './trunk-steps';
import { TwirpError } from './twirp';

type InboundScalar = 'auth_username' | 'auth_password' | 'auth_realm' | 'name' | 'metadata';
type OutboundScalar =
	| 'address'
	| 'transport'
	| 'destination_country'
	| 'auth_username'
	| 'auth_password'
	| 'name'
	| 'metadata'
	| 'from_host';

interface MediaUpdate {
	numbers?: ListUpdate;
	media?: MediaConfig;
	media_encryption?: string;
}

interface InboundUpdate extends MediaUpdate, Partial<Record<InboundScalar, string>> {
	allowed_addresses?: ListUpdate;
	allowed_numbers?: ListUpdate;
}

interface OutboundUpdate extends MediaUpdate, Partial<Record<OutboundScalar, string>> {}

function inboundKind({ inbound }: SipStore): TrunkKind<InboundTrunk, InboundUpdate> {
	const normalized = (numbers: string[]) => numbers.map(normalizeNumber);
	return {
		shelf: inbound,
		check: checkInboundTrunk,
		lists: ({ numbers, allowed_addresses, allowed_numbers }) => [
			numbers,
			allowed_addresses,
			allowed_numbers,
		],
		patch(trunk, update) {
			trunk.numbers = updatedList(trunk.numbers, update.numbers);
			trunk.allowed_addresses = updatedList(trunk.allowed_addresses, update.allowed_addresses);
			trunk.allowed_numbers = updatedList(trunk.allowed_numbers, update.allowed_numbers);
			setScalars(trunk, update, [
				'auth_username',
				'auth_password',
				'auth_realm',
				'name',
				'metadata',
			]);
		},
		matches: (trunk, asked) => servesAny(normalized(trunk.numbers), normalized(asked)),
	};
}

function outboundKind({ outbound }: SipStore): TrunkKind<OutboundTrunk, OutboundUpdate> {
	return {
		shelf: outbound,
		check: checkOutboundTrunk,
		lists: ({ numbers }) => [numbers],
		patch(trunk, update) {
			trunk.numbers = updatedList(trunk.numbers, update.numbers);
			setScalars(trunk, update, [
				'address',
				'transport',
				'destination_country',
				'auth_username',
				'auth_password',
				'name',
				'metadata',
				'from_host',
			]);
		},
		matches: (trunk, asked) => servesAny(trunk.numbers, asked),
	};
}

function servesAny(own: string[], asked: string[]): boolean {
	return !asked.length || !own.length || own.some((number) => asked.includes(number));
}

/** The shape of the time before there were two kinds of trunk, which ListSIPTrunk still answers. */
function legacy(trunk: InboundTrunk | OutboundTrunk): object {
	const { sip_trunk_id, name, metadata, numbers, auth_username, auth_password } = trunk;
	const base = { sip_trunk_id, name, metadata, outbound_number: numbers[0] ?? '' };
	return 'address' in trunk
		? {
				...base,
				kind: 'TRUNK_OUTBOUND',
				outbound_address: trunk.address,
				transport: trunk.transport,
				outbound_username: auth_username,
				outbound_password: auth_password,
			}
		: {
				...base,
				kind: 'TRUNK_INBOUND',
				inbound_addresses: trunk.allowed_addresses,
				inbound_numbers: trunk.allowed_numbers,
				inbound_username: auth_username,
				inbound_password: auth_password,
			};
}

/** The trunk RPCs of LiveKit's SIP service (`livekit-server/pkg/service/sip.go`). */
export function trunkService(store: SipStore): Service {
	const inbound = inboundKind(store);
	const outbound = outboundKind(store);

	const createInbound: Handler<{ trunk?: InboundTrunk }> = (request, { claims }) => {
		needSipAdmin(claims);
		const trunk = newTrunk(request.trunk, inbound.check);
		const others = store.inbound.list((other) => inbound.matches(other, trunk.numbers));
		checkTrunkConflicts(withNew(others, trunk));
		trunk.sip_trunk_id = newId('ST');
		store.inbound.put(trunk.sip_trunk_id, trunk);
		return trunk;
	};

	const createOutbound: Handler<{ trunk?: OutboundTrunk }> = (request, { claims }) => {
		needSipAdmin(claims);
		const trunk = newTrunk(request.trunk, outbound.check);
		trunk.sip_trunk_id = newId('ST');
		store.outbound.put(trunk.sip_trunk_id, trunk);
		return trunk;
	};

	const updateInbound: Handler<UpdateRequest<InboundTrunk, InboundUpdate>> = (
		request,
		{ claims },
	) => {
		needSipAdmin(claims);
		const trunk = updatedTrunk(inbound, request);
		// LiveKit looks for conflicts among what is stored for the new numbers, so a move onto another's number passes.
		const near = store.inbound.list((other) => inbound.matches(other, trunk.numbers));
		checkTrunkConflicts(
			near.map((other) => (other.sip_trunk_id === trunk.sip_trunk_id ? trunk : other)),
		);
		store.inbound.put(trunk.sip_trunk_id, trunk);
		return trunk;
	};

	const updateOutbound: Handler<UpdateRequest<OutboundTrunk, OutboundUpdate>> = (
		request,
		{ claims },
	) => {
		needSipAdmin(claims);
		const trunk = updatedTrunk(outbound, request);
		store.outbound.put(trunk.sip_trunk_id, trunk);
		return trunk;
	};

	const remove: Handler<{ sip_trunk_id: string }> = ({ sip_trunk_id: id }, { claims }) => {
		needSipAdmin(claims);
		if (!id) throw new TwirpError('invalid_argument', 'trunk ID is required');
		store.inbound.delete(id);
		store.outbound.delete(id);
		return { sip_trunk_id: id };
	};

	const listLegacy: Handler<{ page?: Page }> = ({ page }, { claims, options }) => {
		needSipAdmin(claims);
		const all = [...store.inbound.list(() => true, page), ...store.outbound.list(() => true, page)];
		all.sort((a, b) => (a.sip_trunk_id < b.sip_trunk_id ? -1 : 1));
		const limit = options.honourLimit && page?.limit ? page.limit : all.length;
		return { items: all.slice(0, limit).map(legacy) };
	};

	return {
		ListSIPTrunk: listLegacy,
		CreateSIPInboundTrunk: createInbound,
		CreateSIPOutboundTrunk: createOutbound,
		UpdateSIPInboundTrunk: updateInbound,
		UpdateSIPOutboundTrunk: updateOutbound,
		GetSIPInboundTrunk: getTrunk(store.inbound),
		GetSIPOutboundTrunk: getTrunk(store.outbound),
		ListSIPInboundTrunk: listTrunks(inbound),
		ListSIPOutboundTrunk: listTrunks(outbound),
		DeleteSIPTrunk: remove,
	};
}
