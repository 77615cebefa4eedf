import type { INodeProperties } from 'n8n-workflow';
import { ROWS } from '../../../livekit/codec/given';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
	(name) => ({
		name,
		value: name.slice(0, 3).toLowerCase(),
	}),
);

/** Sorted as people think of them, not by the alphabet. */
const block: INodeProperties[] = [
	{
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		options: days,
		default: ['mon', 'tue', 'wed', 'thu', 'fri'],
		required: true,
		description:
			'Days on which people may be called. An expression may give text such as mon-fri, sun.',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '09:00',
		required: true,
		placeholder: 'e.g. 09:00',
		description: 'Time of day from which people may be called, such as 9, 09:00 or 9 am',
	},
	{
		displayName: 'Until',
		name: 'until',
		type: 'string',
		default: '20:00',
		required: true,
		placeholder: 'e.g. 20:00',
		description:
			'Time of day until which people may be called, such as 18, 20:00, 8 pm or 24:00. Earlier than From: over midnight.',
	},
];

/** Values of Calling Hours. */
export const hourWays = { always: 'always', only: 'only' } as const;

/** Values of Time Zone. */
export const zoneWays = { ofNumber: 'ofNumber', byName: 'byName' } as const;

const withHours = { callingHours: [hourWays.only] };

/**
 * Parameters that say when people may be called. The switch shows all others with usual hours filled in. It is a parameter of
 * its own since n8n shows none by whether a collection has entries.
 */
export const callingHours: INodeProperties[] = [
	{
		displayName: 'Calling Hours',
		name: 'callingHours',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Any Time', value: hourWays.always, description: 'Call at any hour of the day' },
			{
				name: 'Only at These Hours',
				value: hourWays.only,
				description: 'Rows outside of the hours below are skipped',
			},
		],
		default: 'always',
		description:
			'When people may be called, in their own time. Rows outside of it are skipped; their items say when calling is allowed again.',
	},
	{
		displayName: 'Hours',
		name: 'hours',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Hours' },
		displayOptions: { show: withHours },
		placeholder: 'Add Hours',
		default: {
			rows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '20:00' }],
		},
		description:
			'People may be called while any of these hours is open: add a second window of the day, or other hours on Saturday',
		options: [{ displayName: 'Hours', name: ROWS, values: block }],
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: withHours },
		options: [
			{
				name: 'Of the Number',
				value: zoneWays.ofNumber,
				description:
					'By the country and area code. If a number may be in several time zones, as a mobile number of a large country, it is called only when the hours are open in all of them.',
			},
			{
				name: 'By Name',
				value: zoneWays.byName,
				description: 'A time zone that you name, or that an expression takes from the row',
			},
		],
		default: 'ofNumber',
		description:
			"Where the callee is. Rows whose time zone is not known are skipped: the server's own is never used.",
	},
	{
		displayName: 'Time Zone Name',
		name: 'timeZoneName',
		type: 'string',
		displayOptions: { show: { ...withHours, timeZone: [zoneWays.byName] } },
		default: '',
		required: true,
		placeholder: 'e.g. Europe/Berlin',
		description:
			'Time zone of the callee, as an IANA name or its city; an expression can take it from the row',
	},
	{
		displayName: 'Excluded Dates',
		name: 'excludedDates',
		type: 'string',
		displayOptions: { show: withHours },
		default: '',
		placeholder: 'e.g. 2026-12-25, 2026-12-26',
		description: 'Days on which nobody is called, with commas between',
	},
];
