import { needSipAdmin } from './grants';
import { checkListUpdate } from './list-update';
import { checkMedia, updateMedia } from './media';
import type { InboundTrunk, ListUpdate, MediaConfig, OutboundTrunk, Page } from './messages';
import type { Handler } from './rpc';
import type { Shelf } from './store';
import { checkRequest, checkResult, Refusal, TwirpError } from './twirp';

type Trunk = InboundTrunk | OutboundTrunk;

export interface UpdateRequest<T, U> {
	sip_trunk_id: string;
	replace?: T;
	update?: U;
}

export interface ListRequest {
	page?: Page;
	trunk_ids: string[];
	numbers: string[];
}

interface UpdateBase {
	media?: MediaConfig;
	media_encryption?: string;
}

/** How the two kinds of trunk differ. */
export interface TrunkKind<T, U> {
	shelf: Shelf<T & object>;
	/** Refuses a trunk that LiveKit would not store. */
	check(trunk: T): void;
	/** The changes of lists in an update, in LiveKit's order. */
	lists(update: U): Array<ListUpdate | undefined>;
	/** Writes an update into the trunk, all but its media. */
	patch(trunk: T, update: U): void;
	matches(trunk: T, numbers: string[]): boolean;
}

function stored<T extends Trunk>(shelf: Shelf<T>, id: string): T {
	const trunk = shelf.get(id);
	if (!trunk) throw new TwirpError('not_found', 'requested sip trunk does not exist');
	return trunk;
}

/** The trunk of a create request, checked and without an id. */
export function newTrunk<T extends Trunk>(trunk: T | undefined, check: (trunk: T) => void): T {
	if (!trunk) throw new TwirpError('invalid_argument', 'missing trunk');
	if (trunk.sip_trunk_id) throw new TwirpError('invalid_argument', 'trunk id must not be set');
	checkRequest(() => check(trunk));
	return trunk;
}

/** The trunk as an update leaves it, checked but not stored. */
export function updatedTrunk<T extends Trunk, U extends UpdateBase>(
	kind: TrunkKind<T, U>,
	request: UpdateRequest<T, U>,
): T {
	const { sip_trunk_id: id, replace, update } = request;
	checkRequest(() => {
		if (!id) throw new Refusal('trunk id must be set');
		if (replace) {
			if (replace.sip_trunk_id && replace.sip_trunk_id !== id) {
				throw new Refusal('trunk id in the info must be empty or match the id in the update');
			}
			kind.check(replace);
		} else if (update) {
			kind.lists(update).forEach(checkListUpdate);
			checkMedia(update.media);
		} else throw new Refusal('missing or unsupported update action');
	});
	const trunk = stored(kind.shelf, id);
	if (replace) return { ...replace, sip_trunk_id: id };
	if (update) {
		kind.patch(trunk, update);
		updateMedia(trunk, update);
		checkResult(() => kind.check(trunk));
	}
	return trunk;
}

/** Sets the scalars that an update carries, empty ones too. */
export function setScalars<K extends string>(
	target: Record<K, string>,
	update: Partial<Record<K, string>>,
	keys: readonly K[],
): void {
	for (const key of keys) target[key] = update[key] ?? target[key];
}

/** GetSIPInboundTrunk, GetSIPOutboundTrunk. */
export function getTrunk<T extends Trunk>(shelf: Shelf<T>): Handler<{ sip_trunk_id: string }> {
	return ({ sip_trunk_id: id }, { claims }) => {
		needSipAdmin(claims);
		if (!id) throw new TwirpError('invalid_argument', 'trunk ID is required');
		return { trunk: stored(shelf, id) };
	};
}

/** ListSIPInboundTrunk, ListSIPOutboundTrunk. A trunk without numbers serves them all. */
export function listTrunks<T extends Trunk, U>({
	shelf,
	matches,
}: TrunkKind<T, U>): Handler<ListRequest> {
	return ({ trunk_ids: ids, numbers, page }, { claims, options }) => {
		needSipAdmin(claims);
		const wanted = (trunk: T) =>
			(!ids.length || ids.includes(trunk.sip_trunk_id)) && matches(trunk, numbers);
		return { items: shelf.list(wanted, page, options.honourLimit) };
	};
}
