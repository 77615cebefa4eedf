import type { Reason } from '../../../livekit/outcome/call';
import type { LabelFault } from '../../shared/labels';
import { inputFailure } from '../rows/failure';
import type { Ran } from '../rows/retries';
import { addNextCall } from './addNextCall';
import { failedItem } from './item';
import type { NotedRow, RowNotes } from './rowNotes';
import { shaped } from './shape';
import type { RunState } from './state';

/**
 * What rows came to, unless no row has what the setup needs and several were skipped for that: then each of those is a
 * failure, since it is the setup that is wrong. None of them has called anybody. One alone tells nothing of the setup: it may
 * be a campaign's last contact.
 *
 * @param lacking what rows are noted for, the reason for which one is skipped, what is wrong with all of them, and whether
 *   one alone tells that the setup is wrong
 */
export function unlessNoneHas<Found>(
	rows: readonly Ran[],
	{ uncalled, rang }: Pick<RunState, 'uncalled' | 'rang'>,
	lacking: {
		readonly notes: RowNotes<Found>;
		readonly reason: Reason;
		readonly faultOf: (all: ReadonlyArray<NotedRow<Found>>) => LabelFault;
		readonly isSetup?: (noted: NotedRow<Found>) => boolean;
	},
): readonly Ran[] {
	const { notes, reason, faultOf, isSetup = () => false } = lacking;
	const skipped = new Map(
		[...notes.without].filter(([row]) => uncalled.get(row)?.reason === reason),
	);
	const isClear = skipped.size > 1 || [...skipped.values()].some(isSetup);
	if (notes.known || rang || !isClear) return rows;
	const fault = faultOf([...skipped.values()]);
	return rows.map((ran, itemIndex) => {
		const noted = skipped.get(itemIndex);
		if (!noted) return ran;
		const { row, settings, facts } = noted;
		const { failure } = inputFailure(row, [fault]);
		const item = failedItem(facts, failure);
		addNextCall(item, settings.callAgain, undefined);
		return { ...ran, result: { failure, instead: [shaped(item, settings, row.input)] } };
	});
}
