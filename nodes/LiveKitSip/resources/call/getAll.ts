import type { INodeProperties } from 'n8n-workflow';
import { roomLocator } from '../../fields/locators';
import { returnAllAndLimit, simplify } from '../../fields/output';
import { showFor } from '../../fields/place';

/** Parameters of Call: Get Many. */
export const getAllDescription: INodeProperties[] = showFor('call', 'getAll', [
	roomLocator({ displayName: 'Room', name: 'room', description: 'The room whose calls to retrieve', place: 'room' }),
	...returnAllAndLimit,
	simplify,
]);
