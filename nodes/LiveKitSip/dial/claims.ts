import { SubscriberIndex } from '../../../livekit/callees/subscriber';

/** A row that calls somebody in this run. */
export interface Claim {
	readonly row: number;
	/** DTMF after the answer: a switchboard has many extensions, which are other callees. */
	readonly keys: string;
	/** All that the request asks the carrier for: number, request URI, To header. */
	readonly numbers: readonly string[];
}

/** Who is called in a run, and by which row. */
export class Claims {
	private readonly index = new SubscriberIndex<Claim>();
	private readonly rows = new Map<number, Claim>();

	/** Notes that a row calls somebody. A row has one claim, its newest. */
	add(claim: Claim): void {
		this.rows.set(claim.row, claim);
		for (const number of claim.numbers) this.index.add({ number }, claim);
	}

	/** Frees what a row has claimed. */
	free(row: number): void {
		this.rows.delete(row);
	}

	/** The claim of another row on a subscriber. */
	other(number: string, { row, keys }: Claim): Claim | undefined {
		return this.index.find(
			{ number },
			(claim) => claim.row !== row && claim.keys === keys && this.rows.get(claim.row) === claim,
		);
	}

	/** All claims that were not freed. */
	all(): readonly Claim[] {
		return [...this.rows.values()];
	}
}
