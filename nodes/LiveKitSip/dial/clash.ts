import type { Fault, JsonObject } from '../../../livekit/json';
import type { LabelFault } from '../../shared/labels';
import { textOf } from './formReader';
import type { CallSettings, WaitFor } from './settings';

/**
 * What a row waits for.
 *
 * @param asked what the JSON says of waiting, see `askedToWait`
 */
export function waitOf(settings: CallSettings, asked: unknown): WaitFor {
	// The JSON's own word counts; Wait For has a default that nobody may have chosen.
	if (asked === false) return 'nothing';
	return asked === true && settings.waitFor === 'nothing' ? 'answer' : settings.waitFor;
}

/**
 * What of the form does not go together, if anything.
 *
 * @param asked as for `waitOf`
 */
export function clashOf(
	settings: CallSettings,
	asked: unknown,
	body: JsonObject,
): Fault | LabelFault | undefined {
	if (asked === false && settings.waitFor === 'end') {
		const message = 'is false in the JSON, but Wait For is End of Call. Remove one of them';
		return { path: 'wait_until_answered', message };
	}
	if (settings.callAgain && waitOf(settings, asked) === 'nothing')
		return {
			label: 'Wait For',
			message:
				'is Nothing: then nobody knows what became of a call, and Call Again cannot go by it. Choose Answer or End of Call',
		};
	if (settings.oneCallEach && textOf(body.sip_number) === '')
		return {
			label: 'Caller ID',
			message:
				'is empty: LiveKit would choose a number of the trunk, and One Live Call per Caller ID could not know which. Fill it in, or remove that field',
		};
	return undefined;
}
