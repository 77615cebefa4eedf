import type { DispatchRule, InboundTrunk, OutboundTrunk, Page } from './messages';

/** Code unit order, which is Go's order for the ASCII ids used here. */
const byId = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Objects of one kind by their id. What goes in and comes out is copied. */
export class Shelf<T extends object> {
	private readonly items = new Map<string, T>();

	put(id: string, item: T): void {
		this.items.set(id, structuredClone(item));
	}

	get(id: string): T | undefined {
		const item = this.items.get(id);
		return item && structuredClone(item);
	}

	delete(id: string): void {
		this.items.delete(id);
	}

	clear(): void {
		this.items.clear();
	}

	/** Matching items sorted by id. `page.limit` cuts only when `honourLimit`, as open-source servers page inside. */
	list(matches: (item: T) => boolean, page?: Page, honourLimit = false): T[] {
		const found = [...this.items]
			.filter(([id, item]) => (!page?.after_id || id > page.after_id) && matches(item))
			.sort(([a], [b]) => byId(a, b))
			.map(([, item]) => structuredClone(item));
		return honourLimit && page?.limit ? found.slice(0, page.limit) : found;
	}
}

/** What LiveKit keeps in Redis. */
export class SipStore {
	readonly inbound = new Shelf<InboundTrunk>();
	readonly outbound = new Shelf<OutboundTrunk>();
	readonly rules = new Shelf<DispatchRule>();

	clear(): void {
		this.inbound.clear();
		this.outbound.clear();
		this.rules.clear();
	}
}
