import type { GivenHours, ZoneFinding } from '../../../livekit/callees/callingHours';
import { ROWS } from '../../../livekit/codec/given';
import { isObject } from '../../../livekit/json';
import { hourWays } from '../fields/callingHours';
import type { Read } from './formReader';

/** Calling Hours as the form gives them. */
export interface HourSettings extends GivenHours {
	/** Whether people may be called at certain hours only, one of `hourWays`. */
	readonly callingHours: unknown;
	/** How the time zone is known, one of `zoneWays`. */
	readonly timeZone: unknown;
	readonly timeZoneName: unknown;
}

/** Why the time zone of a callee is not known: what the row says, or a number of its that tells none. */
export type Zoneless = ZoneFinding | { readonly zone: 'untold'; readonly number: string };

/** Reads Calling Hours, undefined if people may be called at any time. What cannot be read is a fault later. */
export function readHourSettings(read: Read): HourSettings | undefined {
	const callingHours = read('callingHours', hourWays.always);
	if (callingHours === hourWays.always) return undefined;
	const hours = read('hours', undefined);
	return {
		callingHours,
		blocks: isObject(hours) ? hours[ROWS] : undefined,
		excludedDates: read('excludedDates', ''),
		timeZone: read('timeZone', undefined),
		timeZoneName: read('timeZoneName', ''),
	};
}
