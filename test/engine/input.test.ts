import type { IDataObject } from 'n8n-workflow';

import { provision } from '../support/cases';
import { listChange, pairs, picked, rowsOf, useLiveKit } from '../support/livekit';

const livekit = useLiveKit();

const inbound = (own: IDataObject) => ({
	resource: 'inboundTrunk',
	operation: 'create',
	numbers: '+15105550150',
	...own,
});
const outbound = (own: IDataObject) => ({
	resource: 'outboundTrunk',
	operation: 'create',
	address: 'sip.example.com',
	numbers: '+15105550150',
	...own,
});
const rule = (own: IDataObject) => ({
	resource: 'dispatchRule',
	operation: 'create',
	ruleType: 'individual',
	agents: rowsOf({ agent_name: 'a' }),
	...own,
});
const change = (own: IDataObject) => ({
	resource: 'inboundTrunk',
	operation: 'update',
	trunkId: picked('ST_1'),
	updateFields: own,
});
const call = (own: IDataObject) => ({
	resource: 'call',
	operation: 'place',
	trunk: picked('ST_1'),
	callTo: '+14155550123',
	...own,
});
const transfer = (own: IDataObject) => ({
	resource: 'call',
	operation: 'transfer',
	room: picked('room'),
	participant: picked('p'),
	transferTo: '+14155550123',
	...own,
});
const json = (resource: string, body: unknown, own: IDataObject = {}) => ({
	resource,
	operation: resource === 'call' ? 'place' : 'create',
	inputMode: 'json',
	jsonBody: typeof body === 'string' ? body : JSON.stringify(body),
	...own,
});
const direct = { rule: { dispatch_rule_direct: { room_name: 'r' } } };

it.each<[RegExp, IDataObject]>([
	[/^Your Phone Numbers is empty.*anybody could call in/, inbound({ numbers: '' })],
	[
		/^Allowed Addresses \(entry 2\) must be an IP address or CIDR block/,
		inbound({ additionalFields: { allowedAddresses: '192.0.2.1, sip.example.com' } }),
	],
	[
		/^Allowed Addresses .*must be an IP/,
		change({ allowedAddresses: listChange('add', '10.0.0.0/33') }),
	],
	[
		/^Ringing Timeout Status .*from 400 to 699/,
		inbound({ additionalFields: { ringingTimeoutStatus: 'SIP_STATUS_OK' } }),
	],
	[
		/^Ringing Timeout \(Seconds\) .*number of seconds/,
		inbound({ additionalFields: { ringingTimeout: '={{ "soon" }}' } }),
	],
	[
		/^Headers \(From\) is a header that LiveKit sets itself/,
		inbound({ carrierOptions: { headers: pairs({ From: 'x' }) } }),
	],
	[
		/^Headers .*is no header name/,
		inbound({ carrierOptions: { headers: pairs({ 'X Foo': 'x' }) } }),
	],
	[
		/^Headers .*line break/,
		inbound({ carrierOptions: { headers: pairs({ 'X-Foo': 'a\r\nFrom: b' }) } }),
	],
	[
		/^Headers .*given twice/,
		inbound({
			carrierOptions: { headers: rowsOf({ name: 'X-A', value: '1' }, { name: 'X-A', value: '2' }) },
		}),
	],
	[
		/^Headers .*row without a name/,
		inbound({ carrierOptions: { headers: rowsOf({ name: '', value: '1' }) } }),
	],
	[
		/^Headers to Attributes .*is no header name/,
		inbound({ carrierOptions: { headersToAttributes: pairs({ 'X Foo': 'a' }) } }),
	],
	[
		/^Attributes to Headers .*is no header name/,
		inbound({ carrierOptions: { attributesToHeaders: pairs({ a: 'X Foo' }) } }),
	],
	[/^Codecs .*Only Listed Codecs is on/, inbound({ carrierOptions: { onlyListedCodecs: true } })],
	[
		/^Codecs .*codec name/,
		inbound({ carrierOptions: { codecs: rowsOf({ name: 'opus/48000', rate: 0 }) } }),
	],
	[/^Media Timeout \(Seconds\) .*600 seconds/, inbound({ carrierOptions: { mediaTimeout: 601 } })],
	[/^Address is a SIP URI/, outbound({ address: 'sip:sip.example.com' })],
	[
		/^Address is empty for this row: the expression found nothing/,
		outbound({ address: '={{ "" }}' }),
	],
	[/^Your Phone Numbers is empty for this row/, outbound({ numbers: '={{ "" }}' })],
	[
		/^Destination Country .*two-letter/,
		outbound({ additionalFields: { destinationCountry: 'Germany' } }),
	],
	[/^From Host .*web address/, outbound({ additionalFields: { fromHost: 'https://x' } })],
	[/^Room Name is empty for this row/, rule({ ruleType: 'direct', roomName: '={{ "" }}' })],
	[/^PIN must consist of digits/, rule({ pin: 'abcd' })],
	[/^PIN .*must not end in "#"/, rule({ pin: '1234#' })],
	[
		/^Agents .*attributes/,
		rule({ agents: rowsOf({ agent_name: 'a', more: { attributes: '[1]' } }) }),
	],
	[/^Auto Recording \(JSON\) .*is not a field/, rule({ roomSettings: { egress: '{"rooom":{}}' } })],
	[/^Empty Timeout \(Seconds\) .*must lie between/, rule({ roomSettings: { emptyTimeout: -1 } })],
	[/^Your Phone Numbers changes nothing/, change({ numbers: listChange('add', '') })],
	[/is empty, so there is nothing to change/, change({})],
	[/^Number to Call .*is required/, json('call', { sip_trunk_id: 'ST_1', room_name: 'r' })],
	[
		/^Maximum Simultaneous Calls must be a number/,
		call({ limits: { maxSimultaneous: '={{ "x" }}' } }),
	],
	[
		/^Caller ID .*required with Carrier/,
		call({ trunk: { __rl: true, mode: 'carrier', value: 'sip.example.com' } }),
	],
	[
		/^Max Call Duration \(Seconds\) must be longer than 0 seconds/,
		call({ limits: { maxCallDuration: '={{ 0 }}' } }),
	],
	[
		/max_call_duration.*must be longer than 0 seconds/,
		json('call', { sip_trunk_id: 'ST_1', sip_call_to: '+14155550123', max_call_duration: '0s' }),
	],
	[
		/^Outbound Trunk is empty for this row/,
		call({ trunk: { __rl: true, mode: 'carrier', value: '={{ " " }}' }, callerId: '+1' }),
	],
	[/^DTMF .*digits/, call({ additionalFields: { dtmf: '12x' } })],
	[/^Display Name .*quotes/, call({ additionalFields: { displayName: 'a"b' } })],
	[
		/^Destination City .*country or a region/,
		call({ additionalFields: { destinationCity: 'Berlin' } }),
	],
	[/^Destination Country .*two-letter/, call({ additionalFields: { destinationCountry: 'de' } })],
	[
		/holds both raw and values/,
		call({ carrierOptions: { requestUriComplete: 'sip:a@b', requestUriHost: 'b' } }),
	],
	[/^Transfer To .*country code/, transfer({ transferTo: '100' })],
	[/^Transfer To .*phone number such as/, transfer({ transferTo: 'mail:me@example.com' })],
	[/^The JSON is no valid JSON/, json('inboundTrunk', '{"trunk": {')],
	[/^The JSON must be one object/, json('inboundTrunk', '[]')],
	[
		/allowed_adresses.*Did you mean allowed_addresses/,
		json('inboundTrunk', { trunk: { numbers: ['+1'], allowed_adresses: [] } }),
	],
	[/numbers.*must be text/, json('inboundTrunk', { trunk: { numbers: [true] } })],
	[
		/include_headers.*SIP_NO_HEADERS, SIP_X_HEADERS/,
		json('inboundTrunk', { trunk: { numbers: ['+1'], include_headers: 'SOME' } }),
	],
	[
		/krisp_enabled.*must be true or false/,
		json('inboundTrunk', { trunk: { numbers: ['+1'], krispEnabled: 'maybe' } }),
	],
	[
		/beside trunk and LiveKit would ignore it/,
		json('inboundTrunk', { trunk: { numbers: ['+1'] }, name: 'x' }),
	],
	[
		/headers is not a field of dispatch rules/,
		json('dispatchRule', { dispatch_rule: { ...direct, headers: { a: 'b' } } }),
	],
	[/belongs inside the rule/, json('dispatchRule', { name: 'x', room_name: 'r' })],
	[
		/holds both dispatch_rule_direct and dispatch_rule_individual/,
		json('dispatchRule', { rule: { ...direct.rule, dispatch_rule_individual: {} } }),
	],
	[/^phone is not a field/, json('call', { sip_trunk_id: 'ST_1', phone: '+1' })],
	[
		/is not a field of calls/,
		json('call', { sip_trunk_id: 'ST_1', sip_call_to: '+1', room_name: 'r', agents: [] }),
	],
	[
		/auth_password.*holds the mask/,
		json('inboundTrunk', { numbers: ['+1'], auth_username: 'u', auth_password: '**hidden**' }),
	],
	[/holds the mask/, rule({ pin: '**hidden**' })],
])('%s', async (message, parameters) => {
	const { error, items } = await livekit.run(parameters);
	expect(error).toMatchObject({
		message: expect.stringMatching(message),
		description: expect.stringContaining('Nothing was sent to LiveKit.'),
		context: { itemIndex: 0 },
	});
	expect(items).toEqual([]);
	expect(livekit.methods()).toEqual([]);
});

it('names every fault at once', async () => {
	const { error } = await livekit.run(
		outbound({
			address: 'sip:x',
			additionalFields: { destinationCountry: 'xx', transport: 'FAX' },
		}),
	);
	expect(
		`${error?.message}\n${error?.description}`.match(/^(Address|Destination Country|Transport) /gm),
	).toHaveLength(3);
});

it.each<[IDataObject, RegExp]>([
	[
		rule({ additionalFields: { inboundNumbers: '14155550123' } }),
		/^Only These Callers: .*has no "\+"/,
	],
	[inbound({ additionalFields: { authUsername: 'u' } }), /both user name and password/],
	[inbound({ additionalFields: { maxCallDuration: 90_000 } }), /24 hours/],
	[
		inbound({ carrierOptions: { headers: pairs({ Via: 'x' }) } }),
		/newer LiveKit servers refuse the header Via/,
	],
	[
		inbound({
			options: { allowHostNames: true },
			additionalFields: { allowedAddresses: 'sip.example.com' },
		}),
		/newer LiveKit servers take IP addresses/,
	],
	[rule({}), /^Trunks: the rule takes every call on any trunk, including unmatched calls/],
])('warns: %j', async (parameters, warning) => {
	const {
		json: [output],
	} = await livekit.run(parameters);
	expect(output.warnings).toEqual([expect.stringMatching(warning)]);
});

describe('a server that does not keep a field', () => {
	const old = useLiveKit({
		dropFields: [
			'SIPInboundTrunkInfo.media',
			'SIPInboundTrunkInfo.auth_realm',
			'SIPDispatchRuleInfo.numbers',
			'SIPDispatchRuleInfo.media',
			'SIPOutboundTrunkInfo.from_host',
		],
	});

	it.each<[IDataObject, RegExp[]]>([
		[
			inbound({ additionalFields: { authRealm: 'r' }, carrierOptions: { mediaTimeout: 20 } }),
			[/auth_realm: .*older than LiveKit 1\.12\.0/, /media.*: .*older than LiveKit 1\.13\.2/],
		],
		[
			outbound({ additionalFields: { fromHost: 'x.example.com' } }),
			[/from_host: .*older than LiveKit 1\.10\.0/],
		],
		[
			rule({
				numbers: '+15105550100',
				carrierOptions: { dropAudioDuringDtmf: true },
			}),
			[/numbers: .*1\.9\.11/, /media.*: .*LiveKit 1\.1/],
		],
	])('is told in the item: %j', async (parameters, expected) => {
		const {
			json: [output],
		} = await old.run(parameters);
		expect(output.warnings).toEqual(expected.map((text) => expect.stringMatching(text)));
	});

	it('but not of what it keeps in the older form', async () => {
		const {
			json: [output],
		} = await old.run(
			inbound({ carrierOptions: { mediaEncryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' } }),
		);
		expect(output).not.toHaveProperty('warnings');
	});

	it('also after updates and replacements', async () => {
		const { inbound: id } = await provision(old);
		const update = await old.run({ ...change({ authRealm: 'r' }), trunkId: picked(id) });
		const replace = await old.run({
			...inbound({ additionalFields: { authRealm: 'r' } }),
			operation: 'replace',
			trunkId: picked(id),
		});
		for (const {
			json: [output],
		} of [update, replace])
			expect(output.warnings).toEqual([expect.stringMatching(/auth_realm: /)]);
	});
});
