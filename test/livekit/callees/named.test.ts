import { calledBy } from '../../../livekit/callees/called';
import { shownBy } from '../../../livekit/callees/callers';

const numbersOf = ({ numbers }: ReturnType<typeof shownBy>) => numbers.map(({ number }) => number);
const headers = (name: string, value: string) => ({ headers: { [name]: value } });

describe('who a call shows itself as', () => {
	it.each<[string, object, string[]]>([
		['nobody in particular', {}, []],
		['its caller ID', { sip_number: '+15105550101' }, ['+15105550101']],
		['the whole From header', { sip_from_header: { raw: 'sip:+19998887777@h' } }, ['+19998887777']],
		[
			'the user of the From header',
			{ sip_from_header: { values: { user: '+19998887777', host: 'h' } } },
			['+19998887777'],
		],
		['a From header without a user', { sip_from_header: { values: { host: 'h.example' } } }, []],
		...[
			'P-Asserted-Identity',
			'p-asserted-identity',
			'P-Preferred-Identity',
			'Remote-Party-ID',
			'Diversion',
			'History-Info',
			'P-Charge-Info',
			'Referred-By',
		].map((name): [string, object, string[]] => [
			name,
			headers(name, '"Jane <sip:x@y>" <sip:+19998887777@h;user=phone>;party=calling'),
			['+19998887777'],
		]),
		[
			'several identities in one header',
			headers('P-Asserted-Identity', '"A, B" <sip:+1999@h>, <tel:+1888>, tel:+1777, sip:+1666@h'),
			['+1999', '+1888', '+1777', '+1666'],
		],
		['a number without a scheme', headers('P-Asserted-Identity', '+19998887777'), ['+19998887777']],
		['an address without a scheme', headers('P-Asserted-Identity', 'bob@h'), ['bob']],
		['percent signs', headers('Diversion', '<sip:%2B1999@h>'), ['+1999']],
		['a header about something else', headers('X-Customer', '<sip:+1999@h>'), []],
		[
			'all of them',
			{
				sip_number: '+1',
				sip_from_header: { raw: 'sip:+2@h' },
				...headers('Remote-Party-ID', '<sip:+3@h>'),
			},
			['+1', '+2', '+3'],
		],
	])('%s', (_name, body, numbers) => {
		const shown = shownBy({ ...body });
		expect(numbersOf(shown).sort()).toEqual([...numbers].sort());
		expect(shown.faults).toEqual([]);
	});

	it.each(['<sip:+1999', 'Jane Doe', '<sip:a@b@c>', '<tel:>', '"<sip:+1@h>'])(
		'what cannot be read is named: %s',
		(value) =>
			expect(shownBy(headers('P-Asserted-Identity', value)).faults).toEqual([
				expect.objectContaining({ path: 'headers.P-Asserted-Identity' }),
			]),
	);
});

describe('whom a request calls', () => {
	it.each<[string, object, string[]]>([
		['a To header', { sip_call_to: '+1', ...headers('To', '<sip:911@h>') }, ['+1', '911']],
		['a to header', { sip_call_to: '+1', ...headers('to', 'tel:911') }, ['+1', '911']],
		[
			'P-Called-Party-ID',
			{ sip_call_to: '+1', ...headers('P-Called-Party-ID', '<sip:911@h>') },
			['+1', '911'],
		],
		['a transfer to a number', { transfer_to: 'tel:911' }, ['911']],
		['a transfer in brackets', { transfer_to: '<sip:%39%31%31@h>' }, ['911']],
		['a transfer to a host', { transfer_to: 'sip:pbx.example.com' }, ['pbx.example.com']],
		[
			'a transfer with a To header',
			{ transfer_to: 'tel:+1', ...headers('To', '<sip:911@h>') },
			['+1', '911'],
		],
	])('%s', (_name, body, numbers) => {
		const called = calledBy({ ...body });
		expect(numbersOf(called).sort()).toEqual([...numbers].sort());
		expect(called.faults).toEqual([]);
	});

	it('what cannot be read is named', () =>
		expect(calledBy({ transfer_to: 'sip:a@b@c' }).faults).toEqual([
			expect.objectContaining({ path: 'transfer_to' }),
		]));
});
