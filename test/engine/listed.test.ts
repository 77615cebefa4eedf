import type { IDataObject } from 'n8n-workflow';
import { picked, useLiveKit } from '../support/livekit';

/** Lists of phone numbers in trunks and rules are stored as LiveKit compares them, in each way to write them. */
const livekit = useLiveKit();

const written = '+1 510 555 0160, tel:+15105550161, 0049 30 123456, (510) 555-0162, 100';
const stored = ['+15105550160', '+15105550161', '+4930123456', '5105550162', '100'];

interface Way {
	readonly name: string;
	/** The field by its label in the form, and by its wire name. */
	readonly label: string;
	readonly list: string;
	/** Parameters of a create whose list holds that text. */
	readonly form: (text: string) => IDataObject;
	/** What LiveKit's JSON needs besides the list. */
	readonly rest: IDataObject;
}

const ways: readonly Way[] = [
	{
		name: 'numbers of an inbound trunk',
		label: 'Your Phone Numbers',
		list: 'numbers',
		form: (numbers) => ({ resource: 'inboundTrunk', numbers }),
		rest: {},
	},
	{
		name: 'allowed numbers of an inbound trunk',
		label: 'Allowed Caller Numbers',
		list: 'allowed_numbers',
		form: (allowedNumbers) => ({
			resource: 'inboundTrunk',
			numbers: '+15105550150',
			additionalFields: { allowedNumbers },
		}),
		rest: { numbers: ['+15105550150'] },
	},
	{
		name: 'numbers of an outbound trunk',
		label: 'Your Phone Numbers',
		list: 'numbers',
		form: (numbers) => ({ resource: 'outboundTrunk', address: 'sip.example.com', numbers }),
		rest: { address: 'sip.example.com' },
	},
	{
		name: 'callers of a rule',
		label: 'Only These Callers',
		list: 'inbound_numbers',
		form: (inboundNumbers) => ({
			resource: 'dispatchRule',
			ruleType: 'individual',
			additionalFields: { inboundNumbers },
		}),
		rest: { rule: { dispatch_rule_individual: { room_prefix: 'call-' } } },
	},
	{
		name: 'called numbers of a rule',
		label: 'For Called Numbers',
		list: 'numbers',
		form: (numbers) => ({
			resource: 'dispatchRule',
			ruleType: 'individual',
			numbers,
		}),
		rest: { rule: { dispatch_rule_individual: { room_prefix: 'call-' } } },
	},
];

const ids: Readonly<Record<string, readonly [field: string, wire: string]>> = {
	inboundTrunk: ['trunkId', 'sip_trunk_id'],
	outboundTrunk: ['trunkId', 'sip_trunk_id'],
	dispatchRule: ['dispatchRuleId', 'sip_dispatch_rule_id'],
};

const create = (parameters: IDataObject) => ({ operation: 'create', ...parameters });

const entries = written.split(', ');

describe.each(ways)('$name', ({ form, label, list, rest }) => {
	const sent = form(written);
	const resource = String(sent.resource);
	const [field, wire] = ids[resource];

	it('are created', async () => {
		const { json } = await livekit.run(create(sent));
		expect(json[0][list]).toEqual(stored);
	});

	it('are replaced', async () => {
		const { json } = await livekit.run(create(form('+15105550163')));
		const replaced = await livekit.run({
			...sent,
			operation: 'replace',
			[field]: picked(String(json[0][wire])),
		});
		expect(replaced.json[0][list]).toEqual(stored);
	});

	it('are created from JSON', async () => {
		const body = { ...rest, [list]: entries };
		const { json } = await livekit.run(
			create({ resource, inputMode: 'json', jsonBody: JSON.stringify(body) }),
		);
		expect(json[0][list]).toEqual(stored);
	});

	it.each([
		['Berlin office', 'Berlin office'],
		['1.51E+10', 'scientific notation'],
		['12025550000000', 'ends in zeros'],
		['+15105550100 / +15105550101', 'several numbers'],
		['+1 510 555 0100 ext 5', 'extension'],
		['sip:+15105550100@example.com', '+15105550100'],
	])('refuse %s before anything is sent', async (text, words) => {
		const { error } = await livekit.run(create(form(text)));
		expect(error?.message).toContain(label);
		expect(`${error?.message} ${error?.description}`).toContain(words);
		expect(livekit.methods().filter((method) => method.startsWith('Create'))).toEqual([]);
	});
});

it('a star stands for any caller ID of an outbound trunk, and for no number of others', async () => {
	for (const { form, list, name } of ways) {
		const { json, error } = await livekit.run(create(form('*')));
		if (name === 'numbers of an outbound trunk') expect(json[0][list]).toEqual(['*']);
		else expect(error?.message).toContain('LiveKit compares as text');
	}
});
