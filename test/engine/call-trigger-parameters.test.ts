import type { IDataObject } from 'n8n-workflow';

import { end, endText, ended, useCallHooks } from '../support/callTrigger';
import { picked } from '../support/livekit';

const open = useCallHooks();

describe('parameters', () => {
	it('Simplify off adds the whole event, without secrets', async () => {
		const hook = await open({ ...ended, simplify: false });
		await hook.send(end);
		expect(hook.items[0]).toMatchObject({
			livekit_event: {
				event: 'participant_left',
				room: { turn_password: '**hidden**' },
				participant: { disconnect_reason: 'CLIENT_INITIATED' },
			},
		});
		expect(JSON.stringify(hook.items)).not.toContain((end.room as IDataObject).turnPassword);
	});

	it.each<[string, IDataObject, number]>([
		['direction', { direction: 'outbound' }, 1],
		['direction', { direction: 'inbound' }, 0],
		['trunk', { trunk: picked('ST_5wmWJoBrsbCf') }, 1],
		['trunk', { trunk: picked('ST_other') }, 0],
		['rule', { rule: picked('SDR_khpEJnX5aaNp') }, 0],
		['room', { room: 'room-' }, 1],
		['room', { room: '={{ "sup" + "port" }}' }, 0],
		['numbers', { phoneNumbers: '+1 555 1234' }, 1],
		['numbers', { phoneNumbers: '={{ ["+15550000", "+4930123456"] }}' }, 1],
		['numbers', { phoneNumbers: '+4930123456' }, 0],
		['answered', { answered: ['answered'] }, 1],
		['answered', { answered: ['notAnswered', 'notTold'] }, 0],
	])('filter %s: %j lets %i through', async (_name, filters, expected) => {
		const hook = await open({ ...ended, filters });
		expect((await hook.send(end)).status).toBe(200);
		expect(hook.executions).toHaveLength(expected);
		expect(hook.failures).toEqual([]);
	});

	const unusable: ReadonlyArray<readonly [string, IDataObject, RegExp]> = [
		['Events', { events: [] }, /^Events is empty: choose/],
		['Events', { events: '={{ undefined }}' }, /^Events is empty/],
		[
			'Events',
			{ events: ['call_started'] },
			/^Events must hold events of the list, such as call_ended, not "call_started"/,
		],
		['Simplify', { simplify: '={{ undefined }}' }, /^Simplify is empty/],
		['Simplify', { simplify: '={{ "maybe" }}' }, /^Simplify must be true or false, not "maybe"/],
		['Direction', { filters: { direction: '={{ null }}' } }, /^Direction is empty/],
		[
			'Direction',
			{ filters: { direction: 'both' } },
			/^Direction must be inbound or outbound, not "both"/,
		],
		['Trunk', { filters: { trunk: picked('') } }, /^Trunk is empty/],
		['Trunk', { filters: { trunk: picked('={{ undefined }}') } }, /^Trunk is empty/],
		[
			'Trunk',
			{ filters: { trunk: picked('main') } },
			/^Trunk must be an ID that begins with ST_, not "main"/,
		],
		['Dispatch Rule', { filters: { rule: picked(' ') } }, /^Dispatch Rule is empty/],
		[
			'Dispatch Rule',
			{ filters: { rule: picked('ST_1') } },
			/^Dispatch Rule must be an ID that begins with SDR_/,
		],
		['Room Prefix', { filters: { room: '' } }, /^Room Prefix is empty/],
		[
			'Room Prefix',
			{ filters: { room: '=support-{{ undefined }}' } },
			/^Room Prefix is empty: the expression found nothing/,
		],
		['Phone Numbers', { filters: { phoneNumbers: '' } }, /^Phone Numbers is empty/],
		['Phone Numbers', { filters: { phoneNumbers: ' , ' } }, /^Phone Numbers is empty/],
		['Phone Numbers', { filters: { phoneNumbers: '+15551234, 1.5E+10' } }, /^Phone Numbers /],
		['Phone Numbers', { filters: { phoneNumbers: '={{ [] }}' } }, /^Phone Numbers is empty/],
		['Answered', { filters: { answered: [] } }, /^Answered is empty/],
		[
			'Answered',
			{ filters: { answered: ['yes'] } },
			/^Answered must hold answered, notAnswered or notTold, not "yes"/,
		],
	];

	it.each(unusable)('%s %j stops the activation', async (_label, own, message) => {
		await expect(open({ ...ended, ...own })).rejects.toThrow(message);
	});

	it.each(unusable)(
		'%s %j starts nothing if it becomes so later, and n8n shows why',
		async (_label, own, message) => {
			const parameters: IDataObject = { ...ended };
			const hook = await open(parameters);
			Object.assign(parameters, own);
			expect((await hook.send(end)).status).toBe(500);
			expect(hook.executions).toEqual([]);
			expect(hook.failures.map(({ message: words }) => words)).toEqual([
				expect.stringMatching(message),
			]);
			// Only LiveKit gets as far as this.
			expect((await hook.post(endText, { authorization: 'x' })).status).toBe(401);
		},
	);
});
