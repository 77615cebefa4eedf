import type { Refusal } from '../http/twirp';

/** What LiveKit says of a trunk that it does not hold. */
export const noSuchTrunk = /requested sip trunk does not exist|object cannot be found/;

/** What it says of a dispatch rule that it does not hold. */
export const noSuchRule = /requested sip dispatch rule does not exist/;

/** Whether LiveKit said that there is no such trunk or rule. Before 1.9.12 its code said something else. */
export function saysAbsent({ code, message }: Refusal): boolean {
	return code === 'not_found' || noSuchTrunk.test(message) || noSuchRule.test(message);
}
