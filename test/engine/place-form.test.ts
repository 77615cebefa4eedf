import type { IDataObject } from 'n8n-workflow';

import { numbers, useDialling } from '../support/dialling';
import { picked } from '../support/livekit';

const dialling = useDialling();
const { livekit, place, called } = dialling;

const carrier = (value: string) => ({ __rl: true, mode: 'carrier', value });
const one = numbers('+14155550101');
const request = () => {
	const [body] = livekit.bodies('CreateSIPParticipant') as IDataObject[];
	return body;
};

describe('limits that nobody has opened', () => {
	it.each<[string, IDataObject]>([
		['not there', {}],
		['an empty collection', { limits: {} }],
	])('hold: %s', async (_name, own) => {
		await place(own, one);
		expect(request()).toMatchObject({ ringing_timeout: '30s', max_call_duration: '3600s' });
	});

	it('hold for what is not added', async () => {
		await place({ limits: { ringFor: 20 } }, one);
		expect(request()).toMatchObject({ ringing_timeout: '20s', max_call_duration: '3600s' });
	});

	it.each([
		['ringFor', 'Ring the Callee For (Seconds)'],
		['maxCallDuration', 'Max Call Duration (Seconds)'],
		['maxCalls', 'Maximum Calls per Execution'],
		['maxSimultaneous', 'Maximum Simultaneous Calls'],
		['callsPerSecond', 'Calls per Second'],
		['circuitBreaker', 'Stop After Carrier Failures'],
	])('do not stand in for an expression that finds nothing: %s', async (name, label) => {
		for (const own of ['={{ $json.none }}', '={{ null }}', '={{ " " }}']) {
			const { error } = await place({ limits: { [name]: own } }, one);
			expect(error?.message.startsWith(`${label} is empty for this row`)).toBe(true);
		}
		expect(livekit.methods()).toEqual([]);
	});
});

describe('a carrier that is typed in the picker', () => {
	it('is the host of the request, with what it needs besides', async () => {
		const own = {
			trunk: carrier('sip.example.com'),
			inlineCarrier: { authUsername: 'u', authPassword: 'p', transport: 'SIP_TRANSPORT_TLS' },
			callerId: '+15105550101',
		};
		const { json } = await place(own, one);
		expect(json).toMatchObject([{ outcome: 'answered', sip_trunk_id: null }]);
		const { trunk, sip_trunk_id: id } = request();
		expect({ trunk, id }).toEqual({
			trunk: {
				hostname: 'sip.example.com',
				auth_username: 'u',
				auth_password: 'p',
				transport: 'SIP_TRANSPORT_TLS',
			},
			id: undefined,
		});
	});

	it('may come from the row', async () => {
		const own = { trunk: carrier('={{ $json.host }}'), callerId: '+15105550101' };
		await place(own, [{ number: '+14155550101', host: 'one.example.com' }]);
		expect(request().trunk).toEqual({ hostname: 'one.example.com' });
	});

	it.each<[string, IDataObject, RegExp]>([
		['a host that is none', { trunk: carrier('sip:x@y z') }, /^Outbound Trunk /],
		['no caller ID', { trunk: carrier('x.example.com'), callerId: '' }, /^Caller ID is required/],
		[
			'an expression that finds nothing',
			{ trunk: carrier('={{ $json.none }}') },
			/^Outbound Trunk is empty/,
		],
	])('is refused by the label of the picker: %s', async (_name, own, message) => {
		const { error } = await place({ callerId: '+15105550101', ...own }, one);
		expect(error?.message).toMatch(message);
		expect(livekit.methods()).toEqual([]);
	});
});

describe('a room in Options', () => {
	it('that is left empty is a room of its own for each call', async () => {
		for (const mode of ['name', 'list'])
			await place({ options: { room: { __rl: true, mode, value: '' } } }, one);
		const rooms = dialling.dials().map(({ room }) => room);
		expect(rooms).toEqual([
			expect.stringMatching(/^outbound-/),
			expect.stringMatching(/^outbound-/),
		]);
	});

	it('whose expression finds nothing stops the row', async () => {
		const { error } = await place({ options: { room: picked('={{ $json.none }}') } }, one);
		expect(error?.message).toMatch(/^Room is empty for this row: the expression found nothing/);
		expect(livekit.methods()).toEqual([]);
	});

	it('comes from the row', async () => {
		await place({ options: { room: picked('={{ $json.room }}') } }, [
			{ number: '+14155550101', room: 'r7' },
		]);
		expect(request().room_name).toBe('r7');
	});
});

describe('beside a request that is given as JSON', () => {
	const json = (body: IDataObject) => ({
		inputMode: 'json',
		jsonBody: JSON.stringify({
			sip_trunk_id: dialling.trunk,
			sip_call_to: '+14155550101',
			...body,
		}),
	});

	it('the limits and the room of the form count', async () => {
		const own = { options: { room: picked('r1') }, limits: { ringFor: 20, maxCallDuration: 60 } };
		await place({ ...json({}), ...own }, [{}]);
		expect(request()).toMatchObject({
			room_name: 'r1',
			ringing_timeout: '20s',
			max_call_duration: '60s',
		});
	});

	it('so do its country and its rules', async () => {
		const own = { country: 'DE', guards: { allowedDestinations: '+49' } };
		await place({ ...json({ sip_call_to: '0151 12345678' }), ...own }, [{}]);
		expect(called()).toEqual(['+4915112345678']);
	});

	it.each<[IDataObject, IDataObject, RegExp]>([
		[
			{ roomName: 'r2' },
			{ options: { room: picked('r1') } },
			/^Room \(room_name\) stands in the JSON too/,
		],
		[
			{ ringing_timeout: '9s' },
			{ limits: { ringFor: 20 } },
			/^Ring the Callee For .*stands in the JSON too/,
		],
		[
			{ maxCallDuration: '9s' },
			{ limits: { maxCallDuration: 20 } },
			/^Max Call Duration .*stands in the JSON too/,
		],
	])('what stands in both is refused: %j', async (body, own, message) => {
		const { error } = await place({ ...json(body), ...own }, [{}]);
		expect(error?.message).toMatch(message);
		expect(livekit.methods()).toEqual([]);
	});
});

it.each(['none', 'None', 'NONE'])(
	'a row may say that its number needs no country: %s',
	async (country) => {
		const { json } = await place({ country: '={{ $json.country }}' }, [
			{ number: '4155550101', country },
		]);
		expect(called()).toEqual(['4155550101']);
		expect(json[0].warnings).toEqual([
			expect.stringMatching(/has no country code.*or choose Country of the Numbers$/),
		]);
	},
);

// "Or empty the field" is no way out of a field that has to be filled in: n8n would not even start the node.
it.each([
	['Outbound Trunk', { trunk: picked('={{ $json.none }}') }, 'or choose from the list'],
	['Caller ID', { callerId: '={{ $json.none }}' }, 'or empty the field'],
])('an expression of %s that finds nothing says what helps', async (_label, own, advice) => {
	const { error } = await place(own, one);
	expect(error?.message).toContain(`Correct the expression, ${advice}`);
	expect(livekit.methods()).toEqual([]);
});
