import { engine } from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';
import { nodeProperties } from '../../nodes/LiveKitSip/properties';

const livekit = useLiveKit();
const place = {
	resource: 'call',
	operation: 'place',
	trunk: picked('ST_1'),
	callTo: '+4915112345678',
	room: { __rl: true, mode: 'name', value: 'r' },
};

const again = { callAgain: 'byOutcome' };

it.each([
	['Allowed Destinations', { guards: { allowedDestinations: "={{ $fromAI('to') }}" } }],
	['Maximum Calls per Execution', { limits: { maxCalls: "={{ $fromAI('n', '', 'number') }}" } }],
	['Calling Hours', { callingHours: "={{ $fromAI('always') }}", timeZoneName: 'Europe/Berlin' }],
	[
		'Time Zone Name',
		{ callingHours: 'only', timeZone: 'byName', timeZoneName: "={{ $fromAI('z') }}" },
	],
	['Do Not Call', { guards: { doNotCall: "={{ /*n8n*/ $fromAi('list') }}" } }],
	['Unlock Emergency Numbers', { guards: { allowEmergency: "={{ $fromai('e') }}" } }],
	[
		'Rules',
		{ ...again, againRules: { rows: [{ outcomes: ['busy'], atMost: "={{ $fromAI('n') }}" }] } },
	],
	['Calls per Day', { ...again, callsPerDay: "={{ $fromAI('n') }}" }],
	['Tries So Far', { ...again, triesSoFar: "={{ $fromAI('n') }}" }],
	['Calls Today', { ...again, callsToday: "={{ $fromAI('n') }}" }],
	['Last Called At', { ...again, lastCalledAt: "={{ $fromAI('t') }}" }],
	['Stop at Failure Rate \\(%\\)', { limits: { failureRate: "={{ $fromAI('n') }}" } }],
	['Give Up Waiting After \\(Seconds\\)', { limits: { giveUpAfter: "={{ $fromAI('n') }}" } }],
	['One Live Call per Caller ID', { limits: { oneCallEach: "={{ $fromAI('n') }}" } }],
	['Dry Run', { dryRun: "={{ $fromAI('d') }}" }],
	['Country of the Numbers', { country: "={{ $fromAI('c') }}" }],
	['Same Room', { options: { sameRoom: "={{ $fromAI('r') }}" } }],
	[
		'Contact Key',
		{ guards: { preventSecondCall: true }, options: { contactKey: "={{ $fromAI('k') }}" } },
	],
	['JSON', { inputMode: 'json', jsonBody: "={{ $fromAI('body', '', 'json') }}" }],
	[
		'Include Secrets',
		{
			operation: 'get',
			resource: 'dispatchRule',
			dispatchRuleId: picked('SDR_1'),
			options: { includeSecrets: "={{ $fromAI('s') }}" },
		},
	],
])('%s is not chosen by an AI', async (label, parameters) => {
	for (const routedOnly of [false, true]) {
		const { error } = await livekit.run({ ...place, ...parameters }, [{}], { routedOnly });
		expect(error?.message).toMatch(new RegExp(`^${label} holds \\$fromAI: an AI agent must not`));
		expect(livekit.methods()).toEqual([]);
	}
});

it.each([
	[
		'a number of a switchboard',
		{
			resource: 'inboundTrunk',
			operation: 'create',
			numbers: '+14155550100',
			additionalFields: { allowedNumbers: "={{ $fromAI('n') }}" },
		},
	],
	['a contact key, where no rule looks at it', { options: { contactKey: "={{ $fromAI('k') }}" } }],
])('%s may be chosen by an AI', async (_what, parameters) => {
	const { error } = await livekit.run({ ...place, ...parameters }, [{}]);
	expect(error?.message ?? '').not.toMatch(/must not choose its own limits/);
});

it('a text that only speaks of it is none', async () => {
	const { error } = await livekit.run({ ...place, guards: { allowedDestinations: '+43' } });
	expect(error?.message ?? '').not.toMatch(/fromAI/);
});

/** The notices that n8n shows for a node, as the tool of an AI agent or not. */
async function notices(type: string, rules: object): Promise<string[]> {
	const { workflow } = await engine();
	const node = { ...place, ...rules, inputMode: 'form' };
	const shown = nodeProperties.filter(
		(property) =>
			property.type === 'notice' &&
			workflow.NodeHelpers.displayParameter(
				node as never,
				property,
				{ typeVersion: 1 },
				{ name: type } as never,
				node as never,
			),
	);
	return shown.map(({ name }) => name);
}

it('a tool without its limits has a notice for each of them', async () => {
	const own = ['destinationsNotice', 'maxCallsNotice'];
	const shown = async (type: string, rules: object) =>
		(await notices(type, rules)).filter((name) => own.includes(name));
	expect(await shown('liveKitSipTool', {})).toEqual(own);
	const limits = { maxCalls: 3 };
	expect(await shown('liveKitSipTool', { limits })).toEqual(['destinationsNotice']);
	const guards = { allowedDestinations: '+49' };
	expect(await shown('liveKitSipTool', { limits, guards })).toEqual([]);
	expect(await shown('liveKitSip', {})).toEqual([]);
});
