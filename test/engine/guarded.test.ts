import type { IDataObject } from 'n8n-workflow';

import { numbered, useDialling } from './dialling';
import type { NodeSettings } from './harness';

const dialling = useDialling();
const { livekit, place, dials, called } = dialling;

const method = 'CreateSIPParticipant';
const retrying: NodeSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

describe('what an expression gives must not call anybody by accident', () => {
	it.each<[string, IDataObject]>([
		['Dry Run as text', { dryRun: '={{ "true" }}' }],
		['Dry Run that is not found', { dryRun: '={{ $json.none }}' }],
		['Days that are not found', { callingHours: { timeZone: 'UTC', days: '={{ $json.none }}' } }],
		['From that is empty', { callingHours: { timeZone: 'UTC', from: '={{ "" }}' } }],
		['Excluded Dates that are not found', { callingHours: { timeZone: 'UTC', excludedDates: '={{ $json.none }}' } }],
		['an attempt that is not found', { options: { contactKey: 'a', attempt: '={{ $json.none }}' } }],
		['a switch that is no switch', { guards: { preventSecondCall: '={{ "maybe" }}' }, options: { contactKey: 'a' } }],
		['On Unanswered that fails', { onUnanswered: '={{ $("Nowhere").item.json.x }}' }],
		['a Request URI to elsewhere', { guards: { allowedDestinations: '+1415' }, carrierOptions: { requestUriUser: '+4930112', requestUriHost: 'sip.example.com' } }],
		['a complete Request URI to elsewhere', { guards: { doNotCall: '+4930112' }, carrierOptions: { requestUriComplete: 'sip:+4930112@sip.example.com' } }],
	])('%s', async (_name, own) => {
		await place(own, [{ number: '+14155550101' }]);
		expect(called()).toEqual([]);
	});

	it('Prevent Second Call as text', async () => {
		const own = { guards: { preventSecondCall: '={{ "true" }}' }, options: { contactKey: 'a' } };
		for (const executionId of ['1', '2']) await place(own, numbered(1), { executionId });
		expect(called()).toHaveLength(1);
	});

	it.each(['={{ $node["Start"].json.list }}', '={{ $data.list }}', '={{ $json.list }}'])('a do-not-call list of each row: %s', async (doNotCall) => {
		await place({ guards: { doNotCall } }, [{ number: '+14155550101', list: '+19995550000' }, { number: '+14155550102', list: '+14155550102' }]);
		expect(called()).toEqual(['+14155550101']);
	});

	it.each<[string, IDataObject, unknown[], string[]]>([
		['read with each row\'s country', { doNotCall: '030 12345678', defaultCountry: '={{ $json.country }}' }, ['4155550101', '030 12345678'], ['+14155550101']],
		['of national numbers, without a country', { doNotCall: '(415) 555-0101' }, ['+14155550101', '+14155550102'], ['+14155550102']],
		['of international numbers, and a national callee', { doNotCall: '+14155550101' }, ['4155550101', '4155550102'], ['4155550102']],
	])('a do-not-call list %s', async (_name, guards, numbers, expected) => {
		await place({ guards }, numbers.map((number, row) => ({ number, country: ['US', 'DE'][row] }) as IDataObject));
		expect(called()).toEqual(expected);
	});
});

it('a number is the same with and without its plus, and a switchboard has many extensions', async () => {
	const { json } = await place({}, [{ number: '+14155550101' }, { number: 14155550101 }, { number: '+14155550101 ext. 5' }]);
	expect(json.map(({ reason }) => reason)).toEqual([null, 'duplicate', null]);
});

it('a number is free again once its row was not called', async () => {
	const { json } = await place({ callerId: '={{ $json.from }}', maxSimultaneous: 1 }, [{ number: '+14155550101', from: '+19995550100' }, { number: '+14155550101', from: '+15105550101' }]);
	expect(json.map(({ outcome }) => outcome)).toEqual(['skipped', 'answered']);
});

it('rows with inline trunks to one host share its pace', async () => {
	const own = { trunkSource: 'inline', inlineTrunk: { hostname: 'sip.example.com', authUsername: '={{ $json.number }}', authPassword: 'hush' }, callerId: '+15105550101', callsPerSecond: 10 };
	await place(own, numbered(5));
	const times = dials().map(({ at }) => at);
	expect(Number(times.at(-1)) - times[0]).toBeGreaterThan(300);
});

it('one caller ID for each contact and attempt, so that a server that knows the request dials once', async () => {
	livekit.server.options.idempotent = true;
	await livekit.call('SIP/UpdateSIPOutboundTrunk', { sip_trunk_id: dialling.trunk, update: { numbers: { set: ['+15105550101', '+15105550102'] } } });
	const own = { callerId: '+15105550101, +15105550102', options: { contactKey: '={{ $json.number }}', attempt: 1 } };
	await place(own, numbered(2));
	await place(own, numbered(2).slice(1), { executionId: '2' });
	expect(called()).toHaveLength(2);
});

it('two executions at once call a contact once with Prevent Second Call, though both have to wait', async () => {
	livekit.server.options.answerAfterMs = 50;
	const own = { options: { contactKey: 'a', attempt: '={{ $json.attempt }}' }, guards: { preventSecondCall: true }, maxSimultaneous: 1 };
	const runs = await Promise.all([1, 2].map(async (attempt) => await place(own, [{ number: '+14155550101', attempt }], { executionId: String(attempt) })));
	expect(called()).toHaveLength(1);
	expect(runs.flatMap(({ json }) => json.map(({ reason }) => reason)).sort()).toEqual(['already_running', null]);
});

describe('what is down', () => {
	it('opens the circuit, also where the fate of calls is unknown', async () => {
		livekit.server.faults.push({ kind: 'status', status: 502, contentType: 'text/html', body: 'Bad Gateway', method, times: 100 });
		const { json } = await place({ maxSimultaneous: 1, options: { circuitBreaker: 3 } }, numbered(6));
		expect(json.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown', 'skipped', 'skipped', 'skipped']);
	});

	it('and is up again at the next try of Retry On Fail: the rows are called', async () => {
		livekit.server.faults.push({ kind: 'status', status: 503, contentType: 'application/json', body: '{"code":"unavailable","msg":"twirp error unknown: no response from servers"}', method, times: 3, delayMs: 50 });
		const { json } = await place({ options: { circuitBreaker: 3 } }, numbered(3), retrying);
		expect(json.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered']);
		expect(called()).toHaveLength(3);
	});
});

it('a row that cannot be read does not hold up the others until a call has ended', async () => {
	const { json } = await place({ waitFor: 'end', maxCallDuration: 4, additionalFields: { dtmf: '={{ $json.keys }}' }, options: { includeInput: true } }, [
		{ number: '+14155550101', keys: '' }, { number: '+14155550102', keys: 'xyz' }, { number: '={{ $json.a.b }}', keys: '' }, { number: '+14155550103', keys: '' },
	]);
	const times = dials().map(({ at }) => at);
	expect(json.map(({ outcome }) => outcome)).toEqual(['answered', 'not_sent', 'invalid_number', 'answered']);
	expect(times[1] - times[0]).toBeLessThan(2500);
	expect(json[1].input).toMatchObject({ keys: 'xyz' });
});

it('an answered call is not lost to an attribute that somebody wrote', async () => {
	livekit.server.options.sipCodes = 'older';
	const { json: [item] } = await place({ waitFor: 'end', maxCallDuration: 1, additionalFields: { participantAttributes: { rows: [{ name: 'lk.sip.answerTime', value: '9e18' }] } } }, numbered(1));
	expect(item).toMatchObject({ outcome: 'answered', sip_call_id: expect.stringMatching(/^SCL_/), ended_at: expect.any(String) });
});

it('a retry by hand of an execution that ended with On Unanswered: Fail calls nobody again', async () => {
	const rows = [{ number: '+14155550101' }, { number: '+15550486' }, { number: '112' }];
	const failed = await place({ onUnanswered: 'fail' }, rows);
	expect(failed.error?.message).toContain('1 of 3 calls were not answered');
	const contextData = failed.run.data.executionData?.contextData;
	const again = await place({ onUnanswered: 'return' }, rows, { executionId: '2', contextData });
	expect(called()).toHaveLength(2);
	expect(again.json.map(({ outcome }) => outcome)).toEqual(['answered', 'busy', 'skipped']);
});
