import type { IDataObject } from 'n8n-workflow';

import { numbered, numbers, useDialling } from '../support/dialling';
import type { NodeSettings, Result } from '../support/harness';
import { picked } from '../support/livekit';

const dialling = useDialling();
const { livekit, place, called } = dialling;

describe('a retry by hand of an execution that ended with On Unanswered: Fail', () => {
	const failedThenRetried = async (own: IDataObject, first: IDataObject[], second = first) => {
		const failed = await place(
			{ ...own, options: { ...(own.options as IDataObject), onUnanswered: 'fail' } },
			first,
		);
		expect(failed.error?.message).toContain('calls were not answered');
		// As n8n stores it with the execution.
		const contextData = JSON.parse(
			JSON.stringify(failed.run.data.executionData?.contextData),
		) as NodeSettings['contextData'];
		return await place(
			{ ...own, options: { ...(own.options as IDataObject), onUnanswered: 'return' } },
			second,
			{
				executionId: '2',
				contextData,
			},
		);
	};
	const words = ({ json }: Result) => json.map(({ outcome, reason }) => reason ?? outcome);

	it('calls nobody again', async () => {
		const again = await failedThenRetried({}, [
			{ number: '+14155550101' },
			{ number: '+15555550486' },
			{ number: '112' },
		]);
		expect(called()).toHaveLength(2);
		expect(again.json.map(({ outcome }) => outcome)).toEqual(['answered', 'busy', 'skipped']);
	});

	it('calls no number again by a row that repeats it, however it is written', async () => {
		const again = await failedThenRetried(
			{},
			numbers(
				'+14155550101',
				'+15555550486',
				15555550486,
				'+1 (415) 555-0101',
				'+14155550101 ext. 5',
			),
		);
		expect(words(again)).toEqual(['answered', 'busy', 'duplicate', 'duplicate', 'answered']);
		expect(called().sort()).toEqual(['+14155550101', '+14155550101', '+15555550486']);
	});

	it('calls nobody into a room that a row of the first try has', async () => {
		const again = await failedThenRetried({ options: { room: picked('={{ $json.room }}') } }, [
			{ number: '+15555550486', room: 'one' },
			{ number: '+14155550102', room: 'one' },
		]);
		expect(words(again)).toEqual(['busy', 'shared_room']);
		expect(called()).toEqual(['+15555550486']);
	});

	it('calls no number again by a row in front of the one that called it', async () => {
		const rows = (callerId: string) => [
			{ number: '+15555550486', from: callerId },
			{ number: '+15555550486', from: '+15105550101' },
		];
		const again = await failedThenRetried(
			{ callerId: '={{ $json.from }}' },
			rows('+19995550100'),
			rows('+15105550101'),
		);
		expect(words(again)).toEqual(['duplicate', 'busy']);
		expect(called()).toHaveLength(1);
	});

	it('loses no result to a row in front that cannot be read now', async () => {
		const rows = (keys: string) => [
			{ number: '112', keys },
			{ number: '+15555550486', keys: '' },
		];
		const again = await failedThenRetried(
			{ additionalFields: { dtmf: '={{ $json.keys }}' } },
			rows(''),
			rows('xyz'),
		);
		expect(again.error).toBeUndefined();
		expect(words(again)).toEqual(['bad_input', 'busy']);
	});
});

describe('Prevent Second Call finds the attempt before', () => {
	const inTurn = async (own: IDataObject, attempts: unknown[]) => {
		const guarded = {
			...own,
			options: {
				...(own.options as IDataObject),
				contactKey: 'k7',
				attempt: '={{ $json.attempt }}',
			},
			guards: { preventSecondCall: true },
		};
		const items = [];
		for (const [index, attempt] of attempts.entries()) {
			const { json } = await place(
				guarded,
				[{ number: '+14155550101', attempt }] as IDataObject[],
				{
					executionId: String(index),
				},
			);
			items.push(json[0]);
		}
		return items;
	};
	const expectFound = ([first, second]: IDataObject[]) => {
		expect(second).toMatchObject({
			outcome: 'answered',
			reason: 'already_running',
			room_name: first.room_name,
			participant_identity: first.participant_identity,
		});
		expect(called()).toHaveLength(1);
	};

	it.each<[string, IDataObject, number]>([
		["by the contact's own room and identity", {}, 1],
		['with a Room', { options: { room: picked('contact-7') } }, 0],
		['with a Participant Identity', { additionalFields: { participantIdentity: 'callee' } }, 1],
		[
			'with both, which need no second question',
			{
				options: { room: picked('contact-7') },
				additionalFields: { participantIdentity: 'callee' },
			},
			0,
		],
	])('%s', async (_name, own, lists) => {
		expectFound(await inTurn(own, [1, 2]));
		expect(livekit.bodies('GetParticipant')).toHaveLength(2);
		// The first row finds no room of the contact.
		expect(livekit.bodies('ListRooms')).toHaveLength(2 * lists);
	});

	it.each<[unknown, unknown]>([
		[0, 1],
		['0', '1'],
		['1.0', '2.0'],
		['1.0', 1],
		[1, '01'],
		[1, 9],
		[9, 1],
		['first', 'second'],
		['2026-11-30T09:00', '2026-11-30T10:00'],
		[20261130090000, 20261130100000],
		['9999999999999998', '9999999999999999'],
		[1764493200000.5, 1764493200001.5],
	])('%j before %j', async (before, attempt) => expectFound(await inTurn({}, [before, attempt])));

	it('and nobody else', async () => {
		const own = (key: string) => ({
			options: { contactKey: key, attempt: 1 },
			guards: { preventSecondCall: true },
		});
		await place(own('k7'), numbered(1));
		await place(own('k8'), numbered(1), { executionId: '2' });
		expect(called()).toHaveLength(2);
	});

	it('calls nobody where the list of rooms does not come', async () => {
		livekit.server.faults.push({ method: 'ListRooms', kind: 'status', status: 500, body: '' });
		const own = { options: { contactKey: 'k7', attempt: 1 }, guards: { preventSecondCall: true } };
		const { error } = await place(own, numbered(1));
		expect(error).toBeDefined();
		expect(called()).toEqual([]);
	});
});
