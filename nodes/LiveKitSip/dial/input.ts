import type { IDataObject, INode } from 'n8n-workflow';
import type { JsonObject } from '../../../livekit/json';
import type { CallInput } from './plan';
import { differsByRow, readCallSettings } from './settings';
import { type Read, objectOf } from './formReader';

/** Reads what a row says of its call besides LiveKit's request, see `readCallSettings`. */
export function readCallInput(
	node: INode,
	read: Read,
	raw: JsonObject,
	json: IDataObject,
	turn: number,
): CallInput {
	const given = (collection: string) => objectOf(node.parameters[collection]);
	const { value: settings, faults } = readCallSettings(read, (collection) =>
		Object.keys(given(collection)),
	);
	const { doNotCall } = given('guards');
	return {
		raw,
		settings,
		faults,
		turn,
		...(settings.includeInput ? { json } : {}),
		...(doNotCall === undefined
			? {}
			: {
					doNotCall: { read: () => read('guards.doNotCall', ''), byRow: differsByRow(doNotCall) },
				}),
	};
}
