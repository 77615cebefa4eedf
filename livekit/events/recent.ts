/** Entries by key, of which only the newest are kept: memory stays bounded whatever comes in. */
export class Recent<T> {
	private readonly entries = new Map<string, T>();

	constructor(private readonly most: number) {}

	get(key: string): T | undefined {
		return this.entries.get(key);
	}

	/** Sets an entry, which is the newest then. */
	set(key: string, value: T): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		if (this.entries.size <= this.most) return;
		const [oldest] = this.entries.keys();
		this.entries.delete(oldest);
	}

	delete(key: string): void {
		this.entries.delete(key);
	}

	/** Keys and entries, the oldest first. */
	all(): ReadonlyArray<readonly [string, T]> {
		return [...this.entries];
	}

	get size(): number {
		return this.entries.size;
	}
}
