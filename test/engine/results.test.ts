import { numbers, useDialling } from '../support/dialling';

const dialling = useDialling();
const { livekit, place } = dialling;
// What the form has while nobody opens Options.
const asItIs = { options: { simplify: true, includeInput: 'flat' } };

it('the result comes first, then the columns of the row, none lost', async () => {
	const { json } = await place(asItIs, [{ number: '+15555550486', name: 'Jane', outcome: 'sold' }]);
	expect(Object.entries(json[0])).toEqual([
		['outcome', 'busy'],
		['message', 'The line is busy (SIP 486 Busy Here)'],
		['called_number', '+15555550486'],
		['talk_seconds', null],
		['agent', null],
		['room_name', expect.stringMatching(/^outbound-/)],
		['participant_identity', 'sip_+15555550486'],
		['warnings', []],
		['number', '+15555550486'],
		['name', 'Jane'],
		['outcome_input', 'sold'],
	]);
});

it('a row that fails has the same fields', async () => {
	const { json } = await place(
		{ ...asItIs, dryRun: true, callTo: '={{ $("Nope").item.json.x }}' },
		[{ name: 'Jane' }],
	);
	expect(json[0]).toMatchObject({ outcome: 'not_sent', name: 'Jane', warnings: [] });
	expect(json[0]).not.toHaveProperty('reason');
});

it('the end of a call is told to people, with the number that the callee saw', async () => {
	const own = { waitFor: 'end', limits: { maxCallDuration: 1 } };
	const { json } = await place(own, numbers('+14155550101'));
	expect(json[0]).toMatchObject({
		message: expect.stringMatching(/^The call was answered.*\. Talked \d+ s$/),
		caller_number: '+15105550101',
	});
});

it('the agent that was on the line is named, and one that did not come is asked for', async () => {
	const own = { ...asItIs, agentName: 'anna', agentOptions: { agentWait: 1 } };
	const missing = await place(own, numbers('+14155550101'));
	expect(missing.json[0]).toMatchObject({
		outcome: 'skipped',
		agent: null,
		message: expect.stringContaining('Is it running, under exactly this name?'),
	});
	livekit.server.options.agents = ['anna'];
	const there = await place(own, numbers('+14155550102'));
	expect(there.json[0]).toMatchObject({ outcome: 'answered', agent: 'anna' });
});

it('a hint says why if no row was called', async () => {
	const own = { guards: { allowedDestinations: '+49' } };
	const { run } = await place(own, numbers('+14155550101', '+14155550102'));
	const [{ hints }] = run.data.resultData.runData.LiveKit;
	expect(hints).toMatchObject([
		{ message: expect.stringContaining('is not among the Allowed Destinations') },
	]);
});

it.each(['yes', '={{ true }}'])(
	'a way to include the row that there is not is refused: %s',
	async (includeInput) => {
		const { error } = await place({ options: { includeInput } }, numbers('+14155550101'));
		expect(error?.message).toMatch(/^Include Input Fields must be flat, input or no/);
		expect(livekit.methods()).toEqual([]);
	},
);
