import type { IDataObject } from 'n8n-workflow';

import { numbers, useDialling } from '../support/dialling';
import type { Result } from '../support/harness';

const { livekit, place, called } = useDialling();
const one = numbers('+14155550101');

/** What a row that was stopped by a fault says, whether the node failed or gave an item. */
function said(result: Result): string {
	return result.error?.message ?? result.json.map(({ message }) => message).join();
}

describe('a rule whose expression finds nothing calls nobody', () => {
	it.each<[string, IDataObject, RegExp]>([
		[
			'Do Not Call with a line break',
			{ guards: { doNotCall: '={{ $json.none }}\n' } },
			/^Do Not Call has no value: the expression found no list/,
		],
		['Do Not Call that nobody filled in', { guards: { doNotCall: '' } }, /^Do Not Call is empty/],
		[
			'Do Not Call that is empty text',
			{ guards: { doNotCall: '={{ $json.none ?? "" }}' } },
			/^Do Not Call has no value/,
		],
		[
			'Do Not Call with a space',
			{ guards: { doNotCall: '= {{ $json.none }}' } },
			/^Do Not Call has no value/,
		],
		[
			'Do Not Call of two expressions',
			{ guards: { doNotCall: '={{ $json.none }}, {{ $json.other }}' } },
			/^Do Not Call has no value/,
		],
		[
			'Excluded Dates with a line break',
			{
				callingHours: 'only',
				excludedDates: '={{ $json.none }}\n',
			},
			/^Excluded Dates is empty for this row/,
		],
		[
			'Country of the Numbers',
			{ country: '={{ $json.none }}' },
			/^Country of the Numbers is empty for this row/,
		],
		[
			'Country of the Numbers with a line break',
			{ country: '={{ $json.none }}\n' },
			/^Country of the Numbers is empty for this row/,
		],
		[
			'Country of the Numbers that is null',
			{ country: '={{ null }}' },
			/^Country of the Numbers is empty for this row/,
		],
		[
			'Country of the Numbers that nobody filled in',
			{ country: '' },
			/^Country of the Numbers is empty for this row. Give two letters such as DE, or choose None$/,
		],
		[
			'Country of the Numbers that is no text',
			{ country: '={{ ["DE"] }}' },
			/^Country of the Numbers must be text/,
		],
	])('%s', async (_name, own, message) => {
		const result = await place(own, one);
		expect(said(result)).toMatch(message);
		expect(livekit.methods()).toEqual([]);
	});

	it.each<[string, unknown]>([
		['a list without entries', '={{ [] }}'],
		['the same as JSON', '[]'],
	])('but nobody has opted out with %s', async (_name, doNotCall) => {
		const { json } = await place({ guards: { doNotCall } as IDataObject }, one);
		expect(json).toMatchObject([{ outcome: 'answered' }]);
	});
});

describe('numbers', () => {
	const reasons = async (own: IDataObject, ...given: unknown[]) =>
		(await place(own, numbers(...given))).json.map(({ outcome, reason }) => reason ?? outcome);

	it('of emergency services, without their plus or behind an outside line', async () => {
		const given = ['1911', 49112, '44999', '61000', '1112', '0999', '0000', '9911'];
		expect(await reasons({}, ...given)).toEqual(given.map(() => 'emergency_number'));
		expect(called()).toEqual([]);
	});

	it('of emergency services behind SIP user names', async () => {
		expect(
			await reasons({ guards: { allowUserNames: true } }, '%39%31%31', '911#', 'alice'),
		).toEqual(['emergency_number', 'emergency_number', 'answered']);
	});

	it('that are short, and no emergency', async () => {
		const given = ['1000', '9000', '20000', '4711', '5550100', 19112345678];
		expect(await reasons({}, ...given)).toEqual(given.map(() => 'answered'));
	});

	it('that are written as their country dials abroad', async () => {
		await place(
			{ country: '={{ $json.number.startsWith("00") ? "AU" : "US" }}' },
			numbers('0011 49 30 12345678', '011 49 30 12345679'),
		);
		expect(called().sort()).toEqual(['+493012345678', '+493012345679']);
	});

	it('that have opted out so written', async () => {
		expect(
			await reasons(
				{ guards: { doNotCall: '011 49 30 12345678' } },
				'+493012345678',
				'011 49 (30) 12345678',
				'+493012345679',
			),
		).toEqual(['do_not_call', 'do_not_call', 'answered']);
		expect(await reasons({ guards: { doNotCall: '+493012345678' } }, '011 49 30 12345678')).toEqual(
			['do_not_call'],
		);
	});
});

describe('an address under Carrier Options is held to the rules', () => {
	const uri = (requestUriComplete: string, guards: IDataObject = {}) => ({
		guards,
		carrierOptions: { requestUriComplete },
	});

	it.each<[string, IDataObject, string]>([
		['with a space before it', uri(' sip:911@h'), 'emergency_number'],
		['with a password', uri('sip:911:pw@h'), 'emergency_number'],
		['with percent signs', uri('sip:%39%31%31@h'), 'emergency_number'],
		['without a scheme', uri('911@h'), 'emergency_number'],
		['with slashes', uri('sip://911@h'), 'emergency_number'],
		[
			'with a space, and destinations',
			uri(' sip:+4930112@h', { allowedDestinations: '+1415' }),
			'destination_not_allowed',
		],
		[
			'with a password, and a list',
			uri('sip:+4930112:x@h', { doNotCall: '+4930112' }),
			'do_not_call',
		],
		[
			'as a user with a password',
			{ carrierOptions: { requestUriUser: '911:pw', requestUriHost: 'h' } },
			'emergency_number',
		],
		[
			'as a user with percent signs',
			{ carrierOptions: { requestUriUser: '%39%31%31', requestUriHost: 'h' } },
			'emergency_number',
		],
		['as To User', { carrierOptions: { toUserOverride: '911' } }, 'emergency_number'],
		[
			'as To User, and destinations',
			{ guards: { allowedDestinations: '+1415' }, carrierOptions: { toUserOverride: '+4930112' } },
			'destination_not_allowed',
		],
		[
			'as To User, and a list',
			{ guards: { doNotCall: '+4930112' }, carrierOptions: { toUserOverride: '+4930112' } },
			'do_not_call',
		],
	])('%s', async (_name, own, reason) => {
		const { json } = await place(own, one);
		expect(json).toMatchObject([{ outcome: 'skipped', reason }]);
		expect(called()).toEqual([]);
	});

	it.each<[string, IDataObject, RegExp]>([
		[
			'a name and brackets',
			uri('"x" <sip:911@h>'),
			/Request URI: Complete.*cannot be read as an address.*Write it like sip:/,
		],
		[
			'no user before the @',
			uri('sip:@h', { allowEmergency: true, allowedDestinations: '+1415' }),
			/Request URI: Complete.*cannot be read/,
		],
		[
			'two of them',
			uri('sip:a@911@h', { allowEmergency: true, doNotCall: '+1' }),
			/Request URI: Complete.*cannot be read/,
		],
		[
			'a user that is a password alone',
			{ carrierOptions: { requestUriUser: ':911', requestUriHost: 'h' } },
			/Request URI: User.*cannot be read/,
		],
	])('and stops the row where nobody can tell whom it calls: %s', async (_name, own, message) => {
		const result = await place(own, one);
		expect(said(result)).toMatch(message);
		expect(called()).toEqual([]);
	});

	it.each<[string, IDataObject]>([
		[
			'a host alone',
			uri('sip:sip.example.com:5070', { allowedDestinations: '+1415', doNotCall: '+4930112' }),
		],
		[
			'the same number',
			uri('<sip:+14155550101@sip.example.com;transport=tcp>', {
				allowedDestinations: '+1415',
				doNotCall: '+4930112',
			}),
		],
		['a user name', uri('sip:alice@sip.example.com')],
		['anything, without any rule', uri('"x" <sip:x@h>', { allowEmergency: true })],
		[
			'To User with the number',
			{
				guards: { allowedDestinations: '+1415' },
				carrierOptions: { toUserOverride: '+14155550101' },
			},
		],
	])('but calls with %s', async (_name, own) => {
		await place(own, one);
		expect(called()).toEqual(['+14155550101']);
	});
});

it.each([
	[405, 'Method Not Allowed', 'carrier_error', 'carrier_refused'],
	[403, 'Invalid calling party number', 'carrier_error', 'caller_id_refused'],
	[403, 'Invalid called party number', 'invalid_number', 'unknown_number'],
])(
	'what the carrier says of itself or the caller is not put down to the contact: %i %s',
	async (code, phrase, outcome, reason) => {
		const body = JSON.stringify({
			code: 'permission_denied',
			msg: `twirp error unknown: INVITE failed: sip status: ${code}: ${phrase}`,
			meta: { sip_status_code: String(code), sip_status: phrase },
		});
		livekit.server.faults.push({
			kind: 'status',
			status: 403,
			contentType: 'application/json',
			body,
			method: 'CreateSIPParticipant',
		});
		const { json } = await place({}, one);
		expect(json).toMatchObject([{ outcome, reason, sip_status: phrase }]);
	},
);
