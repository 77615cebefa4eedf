/** Something that happens again and again, and that several rows may wait for. */
export class Signal {
	private happened = Promise.resolve();
	private settle = (): void => {};

	constructor() {
		this.renew();
	}

	/** Settles when it happens next. */
	next(): Promise<void> {
		return this.happened;
	}

	/** Says to all who wait that it has happened. */
	give(): void {
		this.settle();
		this.renew();
	}

	private renew(): void {
		this.happened = new Promise((resolve) => {
			this.settle = resolve;
		});
	}
}
