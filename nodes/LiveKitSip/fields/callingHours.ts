import type { INodeProperties } from 'n8n-workflow';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
	(name) => ({
		name,
		value: name.slice(0, 3).toLowerCase(),
	}),
);

/** Sorted as people think of them, not by the alphabet. */
const hours: INodeProperties[] = [
	{
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		options: days,
		default: ['mon', 'tue', 'wed', 'thu', 'fri'],
		description:
			'Days on which people may be called. An expression may give text such as mon-fri, sun. Without this field: every day.',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '09:00',
		placeholder: 'e.g. 09:00',
		description:
			'Time of day from which people may be called, such as 09:00 or 9 am. Without this field: 09:00.',
	},
	{
		displayName: 'Until',
		name: 'until',
		type: 'string',
		default: '20:00',
		placeholder: 'e.g. 20:00',
		description:
			'Time of day until which people may be called, such as 20:00, 8 pm or 24:00. Earlier than From: over midnight. Without this field: 20:00.',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		description:
			"Time zone of the callee, as an IANA name or its city; an expression can take it from the row. Rows without one are skipped: the server's own time zone is never used.",
	},
	{
		displayName: 'Excluded Dates',
		name: 'excludedDates',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-25, 2026-12-26',
		description: 'Days on which nobody is called, with commas between',
	},
];

/** Parameter that says when people may be called. */
export const callingHours: INodeProperties = {
	displayName: 'Calling Hours',
	name: 'callingHours',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description:
		'When people may be called, in their own time. Rows outside of it are skipped; their items say when calling is allowed again.',
	options: hours,
};
