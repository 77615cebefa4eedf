import { calledBy } from '../../../livekit/callees/called';
import { userOfUri } from '../../../livekit/callees/uri';
import * as fc from '../../support/fastCheck';

describe('the user of an address', () => {
	it.each([
		['sip:+4930112@sip.example.com', '+4930112'],
		[' sip:+4930112@h\n', '+4930112'],
		['SIPS:911@h', '911'],
		['<sip:911@h>', '911'],
		['sip://911@h', '911'],
		['sip:911:pw@h', '911'],
		['sip:911;phone-context=+1@h;transport=tcp', '911'],
		['sip:911,1@h', '911'],
		['sip:%39%31%31@h', '911'],
		['sip:911%3apw@h', '911'],
		['sip:%2B4930112@h', '+4930112'],
		['sip:９１１@h', '911'],
		['911@h', '911'],
		['tel:+4930112;ext=5', '+4930112'],
		['sip:911', '911'],
		['sip:9.1.1', '9.1.1'],
		['sip:alice.b_c+d@sip.example.com', 'alice.b_c+d'],
	])('%p is %s', (uri, user) => expect(userOfUri(uri)).toEqual({ value: user }));

	it.each([
		'sip:sip.example.com',
		'sip:sip.example.com:5060;transport=tcp',
		'sips:my_pbx.local?x=1',
		'sip:192.0.2.1',
		'sip:192.0.2.1:5070;lr',
		'sip:[2001:db8::1]:5060',
	])('%s names a host alone', (uri) => {
		expect(userOfUri(uri)).toEqual({ value: '' });
	});

	it.each([
		'',
		'*',
		'sip:',
		'tel:',
		'sip:@h',
		'sip::pw@h',
		'sip:;x@h',
		'"x" <sip:911@h>',
		'<sip:911@h>;tag=x',
		'sip:911 @h',
		'sip:a@911@h',
		'sip:a@h;x=911@h',
		'911:pw@h',
		'x:911@h',
		'911',
		'urn:service:sos',
		'http://911@h',
		'sip:%zz@h',
		'sip:%2539@h',
		'sip:9%0a11@h',
		'sip:"911"@h',
		`sip:${'('.repeat(100_000)}@h`,
	])('%p cannot be read', (uri) => {
		expect(userOfUri(uri)).toEqual({
			fault: expect.stringContaining('Write it like sip:+14155550123@sip.example.com'),
		});
	});

	it('is the same in all writings', () => {
		const escaped = (text: string, which: readonly boolean[]) =>
			[...text]
				.map((character, at) =>
					which[at] ? `%${character.charCodeAt(0).toString(16)}` : character,
				)
				.join('');
		const any = fc.record({
			number: fc.stringMatching(/^\+?[1-9]\d{2,14}$/),
			which: fc.array(fc.boolean(), { maxLength: 16 }),
			scheme: fc.constantFrom('sip:', 'SIP:', 'sips:', 'sip://'),
			behind: fc.constantFrom('', ':pw', ';user=phone', ';phone-context=+1:pw', ',1'),
			host: fc.constantFrom(
				'h',
				'sip.example.com:5060',
				'192.0.2.1',
				'[::1]',
				'h;transport=tcp?x=y',
			),
			around: fc.constantFrom<readonly [string, string]>(
				['', ''],
				[' ', '\n'],
				['<', '>'],
				[' <', '> '],
			),
		});
		fc.assert(
			fc.property(any, ({ number, which, scheme, behind, host, around: [before, after] }) => {
				expect(
					userOfUri(`${before}${scheme}${escaped(number, which)}${behind}@${host}${after}`),
				).toEqual({ value: number });
			}),
			{ numRuns: 500 },
		);
	});

	it('never stays unnoticed in a text', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[<" ]{0,2}(sip:|tel:|)[a1%@:; ]{0,6}911[@:;> ]{0,3}h?$/),
				(text) => {
					const read = userOfUri(text);
					if (!('fault' in read)) expect(read.value).not.toBe('');
				},
			),
			{ numRuns: 1000 },
		);
	});
});

it('a call is to its number, the user of its Request URI and that of its To header', () => {
	const numbers = (body: object) =>
		calledBy({ sip_call_to: '+1', ...body }).numbers.map(({ number }) => number);
	expect(numbers({})).toEqual(['+1']);
	expect(numbers({ sip_request_uri: { raw: 'sip:+2@h' }, to_user_override: '%2B3' })).toEqual([
		'+1',
		'+2',
		'+3',
	]);
	expect(
		numbers({ sip_request_uri: { values: { user: ' %2B2:pw ', host: 'h', port: 5060 } } }),
	).toEqual(['+1', '+2']);
	expect(calledBy({ sip_call_to: '%39%31%31' }).numbers.map(({ number }) => number)).toContain(
		'911',
	);
	expect(calledBy({ sip_call_to: '50%off' })).toEqual({
		numbers: [expect.objectContaining({ number: '50%off' })],
		faults: [],
	});
	expect(numbers({ sip_request_uri: { values: { host: 'h' } } })).toEqual(['+1']);
	expect(numbers({ sip_request_uri: { raw: 'sip:sip.example.com' } })).toEqual(['+1']);
});

it.each([
	['sip_request_uri.raw', { sip_request_uri: { raw: '"x" <sip:911@h>' } }],
	['sip_request_uri.values.user', { sip_request_uri: { values: { user: ':911', host: 'h' } } }],
	['sip_request_uri.values.user', { sip_request_uri: { values: { user: '+1', host: '911@h' } } }],
	['to_user_override', { to_user_override: '9 11' }],
])('what cannot be read is named: %s', (path, body) =>
	expect(calledBy({ sip_call_to: '+1', ...body }).faults.map((fault) => fault.path)).toEqual([
		path,
	]),
);
