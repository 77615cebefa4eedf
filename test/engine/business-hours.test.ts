import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { IDataObject, INode } from 'n8n-workflow';

import { useLiveKit } from '../support/livekit';

// The workflow as a whole runs in a real n8n: test/e2e/business-hours.mjs.
const { nodes } = JSON.parse(
	readFileSync(join(__dirname, '..', '..', 'examples', 'business-hours.json'), 'utf8'),
) as { nodes: INode[] };
const parametersOf = (name: string) =>
	nodes.find((node) => node.name === name)!.parameters as IDataObject;
const codeOf = (name: string) =>
	/^=\{\{([^]*)\}\}$/.exec(String(parametersOf(name).jsonOutput))![1];
const livekit = useLiveKit();

const { assignments } = parametersOf('Settings').assignments as {
	assignments: Array<{ name: string; value: string }>;
};
const usual = {
	...Object.fromEntries(assignments.map(({ name, value }) => [name, value])),
	time_zone: 'Europe/Berlin',
};

/** What the example works out for an instant. */
function whichAgent(instant: string, settings: IDataObject = {}): IDataObject {
	const now = DateTime.fromISO(instant, { zone: 'America/New_York' });
	return new Function('$json', '$now', `return ${codeOf('Which Agent')}`)(
		{ ...usual, ...settings },
		now,
	) as IDataObject;
}

describe('which agent is right', () => {
	it.each([
		['Friday, one minute before', '2026-11-27T08:59:59+01:00', false],
		['Friday, when it opens', '2026-11-27T09:00:00+01:00', true],
		['Friday, in the last minute', '2026-11-27T16:59:59+01:00', true],
		['Friday, when it closes', '2026-11-27T17:00:00+01:00', false],
		['Saturday at noon', '2026-11-28T12:00:00+01:00', false],
		['Monday at noon', '2026-11-30T12:00:00+01:00', true],
		['a holiday at noon', '2026-12-25T12:00:00+01:00', false],
		['in summer time, an hour earlier by the sun', '2026-07-01T07:00:00Z', true],
		['in winter time, the same hour', '2026-12-01T07:00:00Z', false],
	])('%s', (_name, instant, isOpen) => {
		expect(whichAgent(instant)).toMatchObject({
			is_open: isOpen,
			agent: isOpen ? 'support-agent' : 'night-agent',
			fault: '',
		});
	});

	it.each([
		['Friday evening', '2026-11-27T22:00:00+01:00', true],
		['the night to Saturday', '2026-11-28T05:59:00+01:00', true],
		['Saturday at six', '2026-11-28T06:00:00+01:00', false],
		['Saturday evening', '2026-11-28T23:00:00+01:00', false],
		['the night to Monday', '2026-11-30T01:00:00+01:00', false],
	])('hours over midnight: %s', (_name, instant, isOpen) => {
		const hours = { open_from: '22:00', open_until: '06:00' };
		expect(whichAgent(instant, hours)).toMatchObject({ is_open: isOpen, fault: '' });
	});

	it.each([
		[{ time_zone: 'Berlin time' }, 'time_zone is "Berlin time"'],
		[{ time_zone: '' }, 'time_zone is ""'],
		[{ open_from: '9 am' }, 'open_from is "9 am"'],
		[{ open_until: '' }, 'open_until is ""'],
		[{ open_until: '25:00' }, 'open_until is "25:00"'],
		[{ open_until: '09:00' }, 'the same time'],
		[{ open_days: 'Mon-Fri' }, 'open_days has "Mon-Fri"'],
		[{ open_days: '' }, 'open_days is empty'],
		[{ closed_dates: '25.12.' }, 'closed_dates has "25.12."'],
		[{ night_agent: ' ' }, 'night_agent is empty'],
	])('settings that cannot be read stop it: %j', (settings, words) => {
		expect(whichAgent('2026-11-27T12:00:00+01:00', settings).fault).toContain(words);
	});
});

interface Rule {
	name: string;
	metadata: string;
	room_config: { agents: IDataObject[] };
}

async function makeRule(name: string, agents: IDataObject[], number = '+12025550103') {
	const made = await livekit.call('SIP/CreateSIPDispatchRule', {
		dispatch_rule: {
			name,
			metadata: 'kept',
			numbers: [number],
			rule: { dispatch_rule_individual: { room_prefix: 'r', pin: '4711' } },
			room_config: { agents, empty_timeout: 33 },
		},
	});
	return made.sip_dispatch_rule_id;
}

async function ruleOf(id: string): Promise<Rule> {
	const { items } = await livekit.call<{ items: Rule[] }>('SIP/ListSIPDispatchRule', {
		dispatch_rule_ids: [id],
	});
	return items[0];
}

/** Runs the LiveKit nodes of the example in n8n's engine, and its expressions between them. */
async function run(instant: string): Promise<IDataObject> {
	const which = whichAgent(instant);
	const found = await livekit.run(parametersOf('Find Rule'), [which]);
	const outputs: Record<string, IDataObject[]> = {
		'Which Agent': [which],
		'Find Rule': found.json.length > 0 ? found.json : [{}],
	};
	const $ = (name: string) => {
		const all = outputs[name].map((json) => ({ json }));
		return { first: () => all[0], all: () => all };
	};
	const plan = new Function('$', `return ${codeOf('What to Change')}`)($) as IDataObject;
	if (plan.fault === '' && plan.switched === true) {
		const { error, json } = await livekit.run(parametersOf('Switch Agent'), [plan]);
		expect(error).toBeUndefined();
		expect(json[0]).not.toHaveProperty('warnings');
	}
	return plan;
}

const day = '2026-11-27T12:00:00+01:00';
const night = '2026-11-27T20:00:00+01:00';
const writes = () => livekit.methods().filter((method) => method.startsWith('Update'));

describe('the rule', () => {
	it('gets the agent of the hour, and loses nothing else', async () => {
		const id = await makeRule('n8n quickstart support', [
			{ agent_name: 'translator' },
			{ agent_name: 'support-agent', metadata: '{"language":"en"}', attributes: { tier: 'gold' } },
		]);
		await makeRule('n8n quickstart support, second', [], '+12025550104');
		const before = await ruleOf(id);
		await run(night);
		const after = await ruleOf(id);
		expect(after.room_config.agents.map((agent) => agent.agent_name)).toEqual([
			'translator',
			'night-agent',
		]);
		expect(after.room_config.agents[1]).toEqual({
			...before.room_config.agents[1],
			agent_name: 'night-agent',
		});
		expect({ ...after, room_config: { ...after.room_config, agents: [] } }).toEqual({
			...before,
			room_config: { ...before.room_config, agents: [] },
		});
		await run(day);
		expect(await ruleOf(id)).toEqual(before);
	});

	it('is set by what is right now, whatever runs were missed, and written only to change it', async () => {
		const id = await makeRule('n8n quickstart support', [{ agent_name: 'support-agent' }]);
		livekit.forget();
		// Two in a row for the same hour, and a day that was missed.
		for (const [instant, agent, written] of [
			[day, 'support-agent', 0],
			[night, 'night-agent', 1],
			[night, 'night-agent', 1],
			['2026-12-02T20:00:00+01:00', 'night-agent', 1],
			['2026-12-03T12:00:00+01:00', 'support-agent', 2],
		] as const) {
			await run(instant);
			expect((await ruleOf(id)).room_config.agents).toEqual([
				expect.objectContaining({ agent_name: agent }),
			]);
			expect(writes()).toHaveLength(written);
		}
	});

	it('gets its agent if it has none, and one of two', async () => {
		const id = await makeRule('n8n quickstart support', []);
		await run(night);
		expect((await ruleOf(id)).room_config.agents).toHaveLength(1);
		await livekit.call('SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: id });
		const both = await makeRule('n8n quickstart support', [
			{ agent_name: 'support-agent' },
			{ agent_name: 'night-agent' },
		]);
		await run(day);
		expect((await ruleOf(both)).room_config.agents).toEqual([
			expect.objectContaining({ agent_name: 'support-agent' }),
		]);
	});

	it.each([
		['none of that name', async () => undefined, 'No rule has the name'],
		[
			'two of that name',
			async () => {
				await makeRule('n8n quickstart support', []);
				await makeRule('n8n quickstart support', [], '+12025550104');
			},
			'2 rules have the name',
		],
		[
			'other agents',
			async () => void (await makeRule('n8n quickstart support', [{ agent_name: 'sales' }])),
			'other agents than those in Settings: sales',
		],
	])('is not touched: %s', async (_name, prepare, words) => {
		await prepare();
		expect((await run(night)).fault).toContain(words);
		expect(writes()).toEqual([]);
	});
});
