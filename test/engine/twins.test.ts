import type { IDataObject } from 'n8n-workflow';

import { useDialling } from '../support/dialling';
import { picked } from '../support/livekit';

const dialling = useDialling();
const { livekit, place, called } = dialling;
const one = [{ number: '+14155550101' }];
const rowsOf = (map: Record<string, string>) => ({
	rows: Object.entries(map).map(([name, value]) => ({ name, value })),
});
const withHeaders = (map: Record<string, string>) => ({ carrierOptions: { headers: rowsOf(map) } });

describe('the caller ID rule holds for every identity that a call shows', () => {
	const stranger = '+19998887777';
	it.each<[string, IDataObject, string]>([
		['Caller ID', { callerId: stranger }, 'The caller ID'],
		[
			'From Header: User',
			{ carrierOptions: { fromHeaderUser: stranger, fromHeaderHost: 'sip.example.com' } },
			'From Header',
		],
		[
			'From Header: Complete',
			{ carrierOptions: { fromHeaderComplete: `sip:${stranger}@sip.example.com` } },
			'From Header',
		],
		...['P-Asserted-Identity', 'P-Preferred-Identity', 'Remote-Party-ID', 'Diversion'].map(
			(name): [string, IDataObject, string] => [
				name,
				withHeaders({ [name]: `<sip:${stranger}@sip.example.com>` }),
				`The header ${name}`,
			],
		),
	])('%s', async (_name, own, words) => {
		const { json } = await place(own, one);
		expect(json[0]).toMatchObject({ outcome: 'skipped', reason: 'caller_id_not_owned' });
		expect(json[0].message).toContain(`${words} (${stranger}) is not among the numbers`);
		expect(called()).toEqual([]);
		const allowed = await place({ ...own, options: { allowForeignCallerId: true } }, one);
		expect(allowed.json[0].outcome).toBe('answered');
	});

	it('and lets the numbers of the trunk through', async () => {
		const own = '+15105550101';
		const { json } = await place(
			{
				callerId: own,
				carrierOptions: {
					fromHeaderUser: own,
					fromHeaderHost: 'sip.example.com',
					headers: rowsOf({ 'P-Asserted-Identity': `"Us" <sip:${own}@sip.example.com>` }),
				},
			},
			one,
		);
		expect(json[0].outcome).toBe('answered');
	});

	it.each([
		'15105550101',
		'0015105550101',
		'+1 (510) 555-0101',
		'tel:+15105550101',
		'510-555-0101',
		'={{ 15105550101 }}',
		'=0015105550101, {{ 15105550101 }}',
	])(
		'knows a number of the trunk in another spelling, and sends it as the trunk has it: %s',
		async (callerId) => {
			const { json } = await place({ callerId }, one);
			expect(json[0]).toMatchObject({ outcome: 'answered', caller_number: '+15105550101' });
			const bodies = livekit.server.requests.filter(
				({ method }) => method === 'CreateSIPParticipant',
			);
			expect(bodies.map(({ body }) => body)).toMatchObject([{ sip_number: '+15105550101' }]);
		},
	);

	it.each(['+15105550101 / +15105550102', '1.51E+10', '+15105550101 ext. 5'])(
		'refuses a Caller ID that no carrier can show: %s',
		async (callerId) => {
			const { json, error } = await place({ callerId }, one);
			expect(JSON.stringify(error?.message ?? json)).toContain('Caller ID');
			expect(called()).toEqual([]);
		},
	);

	it('an identity that cannot be read calls nobody', async () => {
		const { error } = await place(withHeaders({ 'P-Asserted-Identity': 'Jane Doe' }), one);
		expect(error?.message).toContain('P-Asserted-Identity');
		expect(called()).toEqual([]);
	});
});

describe('the rules about numbers hold for a To header', () => {
	it.each<[string, IDataObject, string, string?]>([
		['emergency numbers', {}, 'emergency_number'],
		[
			'Allowed Destinations',
			{ allowedDestinations: '+1', allowEmergency: true },
			'destination_not_allowed',
		],
		['Do Not Call', { doNotCall: '+1 415 555 0101' }, 'do_not_call', '0014155550101'],
	])('%s', async (_name, guards, reason, user = '911') => {
		for (const name of ['To', 'P-Called-Party-ID']) {
			const own = { guards, ...withHeaders({ [name]: `<sip:${user}@sip.example.com>` }) };
			const { json } = await place(own, [{ number: '+14155550102' }]);
			expect(json[0]).toMatchObject({ outcome: 'skipped', reason });
		}
		expect(called()).toEqual([]);
	});
});

describe('Transfer has the rules of Place', () => {
	const asked = () => livekit.bodies('TransferSIPParticipant');
	const transfer = async (transferTo: string, own: IDataObject = {}) => {
		const parameters = {
			resource: 'call',
			operation: 'transfer',
			room: picked('call-1'),
			participant: picked('caller'),
			transferTo,
			...own,
		};
		return await livekit.run(parameters, [{ list: ['+1 415 555 0188'] }]);
	};

	it.each<[string, string, IDataObject, string]>([
		['an emergency number', 'tel:911', {}, 'emergency_number'],
		['an emergency number', 'sip:112@sip.example.com', {}, 'emergency_number'],
		['an emergency number', '+49 110', { country: 'DE' }, 'emergency_number'],
		['in its country', 'tel:15', { country: 'FR' }, 'emergency_number'],
		['elsewhere', '+4930123456', { allowedDestinations: '+1, +43' }, 'destination_not_allowed'],
		[
			'a host, where no number is allowed',
			'sip:pbx.example.com',
			{ allowedDestinations: '+1' },
			'destination_not_allowed',
		],
		['a number of the list', '+1 (415) 555-0188', { doNotCall: '415-555-0188' }, 'do_not_call'],
		[
			'a number of the list of the row',
			'tel:+14155550188',
			{ doNotCall: '={{ $json.list }}' },
			'do_not_call',
		],
		[
			'a user name of the list',
			'sip:alice@sip.example.com',
			{ doNotCall: 'alice', allowUserNames: true },
			'do_not_call',
		],
	])('not to %s: %s', async (_name, transferTo, guards, reason) => {
		const { json, error } = await transfer(transferTo, { guards });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ outcome: 'skipped', transferred: false, reason });
		expect(asked()).toEqual([]);
	});

	it('not by JSON either, nor by a To header', async () => {
		const body = { room_name: 'call-1', participant_identity: 'caller', transfer_to: 'tel:911' };
		const byJson = await transfer('', { inputMode: 'json', jsonBody: JSON.stringify(body) });
		expect(byJson.json[0]).toMatchObject({ outcome: 'skipped', reason: 'emergency_number' });
		const byHeader = await transfer('+14155550188', {
			additionalFields: { headers: rowsOf({ To: '<sip:911@h>' }) },
		});
		expect(byHeader.json[0]).toMatchObject({ outcome: 'skipped', reason: 'emergency_number' });
		expect(asked()).toEqual([]);
	});

	it.each<[string, IDataObject]>([
		['Do Not Call has no value', { doNotCall: '={{ $json.none }}\n' }],
		['Do Not Call', { doNotCall: 'call me' }],
		['Allowed Destinations is empty', { allowedDestinations: '={{ $json.none }}' }],
		['Country of the Numbers', { country: 'Germany, west' }],
		['Unlock Emergency Numbers must be true or false', { allowEmergency: '={{ "maybe" }}' }],
	])('a rule that cannot be read transfers nobody: %s', async (words, guards) => {
		const { error } = await transfer('+14155550188', { guards });
		expect(error?.message).toContain(words);
		expect(asked()).toEqual([]);
	});

	it.each<[string, IDataObject]>([
		['tel:911', { allowEmergency: true }],
		[
			'+14155550188',
			{ allowedDestinations: '+1', doNotCall: ['+14155550199'], allowEmergency: false },
		],
		['sip:pbx.example.com', {}],
		['sip:alice@sip.example.com', {}],
	])('%s goes where the rules allow it', async (transferTo, guards) => {
		const { json } = await transfer(transferTo, { guards });
		expect(json[0].outcome).toBe('transferred');
		expect(asked()).toHaveLength(1);
	});
});

describe('what can follow the answer of the callee is never dialled again', () => {
	it.each<[number, string, string, string]>([
		[412, 'failed_precondition', 'common audio codec not found', 'carrier_error'],
		[400, 'invalid_argument', 'address 2001:db8::1:5060: too many colons in address', 'unknown'],
		[400, 'invalid_argument', 'lookup pbx.carrier.internal: no such host', 'unknown'],
		[412, 'failed_precondition', 'dial tcp 10.0.0.5:5060: i/o timeout', 'unknown'],
	])('%i %s: %s', async (status, code, msg, outcome) => {
		livekit.server.faults.push({
			kind: 'status',
			status,
			contentType: 'application/json',
			body: JSON.stringify({ code, msg: `twirp error unknown: ${msg}` }),
			method: 'CreateSIPParticipant',
		});
		const { json } = await place({}, one, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		expect(json[0]).toMatchObject({ outcome, retryable: false });
		expect(livekit.bodies('CreateSIPParticipant')).toHaveLength(1);
	});
});
