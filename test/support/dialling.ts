import type { IDataObject } from 'n8n-workflow';

import type { Dial } from '../../local/livekit/server';
import { provision } from './cases';
import type { NodeSettings, Result } from './harness';
import { type LiveKit, picked, useLiveKit } from './livekit';

/** A local LiveKit with an outbound trunk, fresh for each test, and Call: Place over it with pacing off. */
export interface Dialling {
	readonly livekit: LiveKit;
	/** Id of the outbound trunk, which has the number +15105550101. */
	readonly trunk: string;
	place(own: IDataObject, rows: IDataObject[], settings?: NodeSettings): Promise<Result>;
	/** What the test has dialled so far. */
	dials(): Dial[];
	/** The numbers of it. */
	called(): string[];
}

/** Options of Call: Place with which its item has every field, and none of the row's. */
export const wholeResult = { simplify: false, includeInput: 'no' };

/** Sets the tests of a file up for calls. */
export function useDialling(): Dialling {
	const livekit = useLiveKit();
	let [trunk, before] = ['', 0];
	beforeEach(async () => {
		({ outbound: trunk } = await provision(livekit));
		before = livekit.server.dials().length;
	});
	const dials = () => livekit.server.dials().slice(before);
	return {
		livekit,
		get trunk() {
			return trunk;
		},
		place: async (own, rows, settings) =>
			await livekit.run(
				{
					resource: 'call',
					operation: 'place',
					trunk: picked(trunk),
					callTo: '={{ $json.number }}',
					...own,
					options: { ...wholeResult, ...(own.options as IDataObject) },
					limits: { callsPerSecond: 0, ...(own.limits as IDataObject) },
				},
				rows,
				settings,
			),
		dials,
		called: () => dials().map(({ number }) => number),
	};
}

/** Rows with so many numbers that answer. */
export function numbered(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		number: `+141555501${String(index).padStart(2, '0')}`,
	}));
}

/** Rows with the given numbers, whatever they are. */
export function numbers(...given: unknown[]): IDataObject[] {
	return given.map((number) => ({ number }) as IDataObject);
}
