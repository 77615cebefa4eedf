import type { IDataObject } from 'n8n-workflow';

import { type LocalLiveKit, startLocalLiveKit } from '../../local/livekit/server';
import { wholeResult } from '../support/dialling';
import { credentialOf, runNode } from '../support/harness';
import { differences, schemaFor } from '../support/outputSchema';

const located = (mode: string) => (value: unknown) => ({ __rl: true, mode, value: String(value) });
const [picked, named, identified] = ['id', 'name', 'identity'].map(located);

describe.each(['snake', 'camel'] as const)(
	'output schemas, with a server that answers in %s case',
	(style) => {
		let livekit: LocalLiveKit;
		beforeAll(async () => {
			livekit = await startLocalLiveKit({
				style,
				answerAfterMs: 5,
				transferAnswer: style === 'snake' ? 'empty' : 'response',
			});
		});
		afterAll(async () => await livekit.close());

		/** Runs an operation and compares its one item with the schema, both ways; `may` names keys that need not be there. */
		async function check(
			resource: string,
			operation: string,
			parameters: IDataObject,
			may: readonly string[] = [],
		): Promise<IDataObject> {
			const { json, error } = await runNode(credentialOf(livekit), {
				resource,
				operation,
				...parameters,
			});
			expect(error).toBeUndefined();
			expect(json).toHaveLength(1);
			const schema = schemaFor(resource, operation);
			expect(differences(json[0], schema, operation)).toEqual([]);
			expect(
				Object.keys(schema.properties ?? {}).filter(
					(name) => !(name in json[0]) && !may.includes(name),
				),
			).toEqual([]);
			return json[0];
		}

		test.each([
			{
				resource: 'inboundTrunk',
				picker: 'trunkId',
				id: 'sip_trunk_id',
				fields: { name: 'A', numbers: '+15555550100' },
			},
			{
				resource: 'outboundTrunk',
				picker: 'trunkId',
				id: 'sip_trunk_id',
				fields: { name: 'B', address: 'sip.example.com', numbers: '+15555550100' },
			},
			{
				resource: 'dispatchRule',
				picker: 'dispatchRuleId',
				id: 'sip_dispatch_rule_id',
				fields: {
					name: 'C',
					ruleType: 'direct',
					roomName: 'room',
					pin: '4711',
					agents: { rows: [{ agent_name: 'helper' }] },
				},
			},
		])('$resource', async ({ resource, picker, id, fields }) => {
			const warnings = ['warnings'];
			const made = await check(resource, 'create', fields, warnings);
			const one = { [picker]: picked(made[id]) };
			await check(resource, 'get', one);
			await check(resource, 'getAll', {});
			await check(resource, 'update', { ...one, updateFields: { name: 'D' } }, warnings);
			await check(resource, 'replace', { ...one, ...fields }, warnings);
			await check(resource, 'delete', one, ['rules', ...warnings]);
		});

		test('agentDispatch', async () => {
			const room = named('agent-room');
			const { dispatch_id: dispatchId } = await check(
				'agentDispatch',
				'create',
				{ room, agentName: 'helper', metadata: 'm' },
				['warnings'],
			);
			await check('agentDispatch', 'getAll', { room, filters: { dispatchId } });
			await check('agentDispatch', 'delete', { room, dispatchId: picked(dispatchId) });
		});

		test('call', async () => {
			const trunk = {
				trunk: { __rl: true, mode: 'carrier', value: 'sip.example.com' },
				callerId: '+15555550001',
			};
			const ended = ['ended_at', 'talk_seconds', 'participant_attributes'];
			const placed = await check(
				'call',
				'place',
				{ ...trunk, callTo: '+15555550199', options: { ...wholeResult, room: named('call-room') } },
				[...ended, 'input'],
			);
			const call = {
				room: named('call-room'),
				participant: identified(placed.participant_identity),
			};
			await check('call', 'get', call);
			await check('call', 'getAll', { room: call.room });
			await check('call', 'transfer', { ...call, transferTo: '+15555550123' });
			const other = await check(
				'call',
				'place',
				{ ...trunk, callTo: '+15555550188', options: { ...wholeResult, room: named('other') } },
				[...ended, 'input'],
			);
			await check(
				'call',
				'hangUp',
				{ room: named('other'), participant: identified(other.participant_identity) },
				['warnings'],
			);
			await check(
				'call',
				'place',
				{
					...trunk,
					callTo: '+15555550486',
					waitFor: 'answer',
					options: { simplify: false, includeInput: 'input', attempt: '2' },
				},
				ended,
			);
			await check(
				'call',
				'place',
				{
					...trunk,
					callTo: '+15555550188',
					limits: { maxCallDuration: 1 },
					waitFor: 'end',
					options: { ...wholeResult, room: named('short') },
				},
				['input'],
			);
			await check(
				'call',
				'place',
				{ ...trunk, callTo: '+15555550188', options: { ...wholeResult, room: named('other') } },
				[...ended, 'input'],
			);
			await check('call', 'hangUpAll', { roomPrefix: 'other' });
		});
	},
);
