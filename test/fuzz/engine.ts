import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { type LocalLiveKit, startLocalLiveKit } from '../../local/livekit/server';
import { credentialOf, runNode } from '../support/harness';
import { exampleIds, inboundForm, outboundForm, placeForm, ruleForm } from '../support/values';
import { answered } from '../support/client';
import { type Sizes, hostileValue } from './hostile';
import { must, mustHideSecrets, textOf } from './invariants';
import { type Target, target } from './target';
import { answersFor } from './targets/answers';

interface Given {
	readonly parameters: IDataObject;
	readonly row: IDataObject;
	/** What the server answers instead of its own answer. */
	readonly answer?: { readonly status: number; readonly body: string };
}

const ids = exampleIds;
const picker = (value: string) => ({ __rl: true, mode: 'id', value });

/** Every operation that sends what the user gave, and those that show what the server has. */
const executions: readonly IDataObject[] = [
	{ resource: 'inboundTrunk', operation: 'create', ...inboundForm },
	{ resource: 'outboundTrunk', operation: 'create', ...outboundForm },
	{ resource: 'dispatchRule', operation: 'create', ...ruleForm(ids) },
	{ resource: 'inboundTrunk', operation: 'replace', trunkId: picker(ids.inbound), ...inboundForm },
	{
		resource: 'dispatchRule',
		operation: 'update',
		dispatchRuleId: picker(ids.rule),
		updateFields: {
			ruleType: 'direct',
			roomName: 'r',
			pin: '4711',
			name: 'x',
			numbers: { change: { mode: 'add', entries: '+1' } },
		},
	},
	{
		resource: 'inboundTrunk',
		operation: 'update',
		trunkId: picker(ids.inbound),
		updateFields: { name: 'x', krispEnabled: true },
		simplify: false,
	},
	{ resource: 'inboundTrunk', operation: 'create', inputMode: 'json', jsonBody: '={{ $json.v0 }}' },
	{
		resource: 'dispatchRule',
		operation: 'create',
		inputMode: 'json',
		jsonBody: '{"dispatch_rule":{"rule":{"dispatch_rule_direct":{"room_name":"r"}}}}',
	},
	{ resource: 'inboundTrunk', operation: 'get', trunkId: picker(ids.inbound), simplify: false },
	{ resource: 'dispatchRule', operation: 'getAll', limit: 5, filters: {}, simplify: true },
	{
		resource: 'call',
		operation: 'place',
		...placeForm(ids),
		waitFor: 'nothing',
		limits: { callsPerSecond: 0 },
	},
	{
		resource: 'call',
		operation: 'transfer',
		room: picker('call-1'),
		participant: picker('p'),
		transferTo: '+15555550100',
	},
	{ resource: 'call', operation: 'hangUp', room: picker('call-1'), participant: picker('p') },
	{ resource: 'call', operation: 'getAll', room: picker('call-1') },
];

// n8n itself refuses a workflow whose parameters have another form than the node describes. What a row holds is anything.
function leavesOf(
	value: unknown,
	found: Array<{ readonly holder: IDataObject; readonly name: string }> = [],
): typeof found {
	if (typeof value !== 'object' || value === null) return found;
	const holder = value as IDataObject;
	for (const name of Object.keys(holder)) {
		if (typeof holder[name] === 'object') leavesOf(holder[name], found);
		else if (
			!['mode', '__rl', 'resource', 'operation', 'inputMode', 'callsPerSecond', 'waitFor'].includes(
				name,
			)
		)
			found.push({ holder, name });
	}
	return found;
}

/** Parameters of which some are expressions, and the row that these read hostile values from. */
function parameters(sizes: Sizes): fc.Arbitrary<Pick<Given, 'parameters' | 'row'>> {
	const steps = fc.array(fc.tuple(fc.nat(), hostileValue(sizes, 'server')), {
		minLength: 1,
		maxLength: 3,
	});
	return fc
		.record({ which: fc.constantFrom(...executions), steps })
		.map(({ which, steps: values }) => {
			const given = structuredClone(which);
			const row: IDataObject = {};
			values.forEach(([place, value], index) => {
				const leaves = leavesOf(given);
				const leaf = leaves[place % leaves.length];
				if (leaf) leaf.holder[leaf.name] = `={{ $json.v${index} }}`;
				row[`v${index}`] = value as IDataObject;
			});
			return { parameters: given, row };
		});
}

function inputs(sizes: Sizes): fc.Arbitrary<Given> {
	const answer = fc.record({
		status: fc.constantFrom(200, 200, 200, 400, 401, 404, 429, 500, 503),
		body: fc
			.oneof(
				answersFor('SIPInboundTrunkInfo', sizes),
				fc
					.array(answersFor('SIPDispatchRuleInfo', sizes), { maxLength: 3 })
					.map((items) => ({ items })),
				hostileValue(sizes, 'server'),
			)
			.map(jsonText),
	});
	return fc
		.tuple(parameters(sizes), fc.option(answer, { nil: undefined }))
		.map(([given, instead]) => ({ ...given, answer: instead }));
}

function jsonText(value: unknown): string {
	try {
		return textOf(value);
	} catch {
		return '['.repeat(20_000) + ']'.repeat(20_000);
	}
}

// Words of JavaScript's own errors: a defect of the node, whoever shows it.
const crash =
	/is not a function|is not iterable|Cannot (read|set|convert)|call stack|is not defined|Invalid (time value|array length|string length)|circular structure|serialize a BigInt/;

async function check(
	server: LocalLiveKit,
	{ parameters: given, row, answer }: Given,
): Promise<void> {
	server.reset();
	if (answer)
		server.faults.push({ kind: 'body', times: 3, contentType: 'application/json', ...answer });
	else {
		const created = await answered<Record<string, string>>(server, 'SIP/CreateSIPInboundTrunk', {
			trunk: { numbers: ['+1'], auth_username: 'u', auth_password: 'p' },
		});
		must(created.sip_trunk_id.startsWith('ST_'), 'the local LiveKit made no trunk');
	}
	const { json, errors, error } = await runNode(credentialOf(server), given, [row], {
		onError: 'continueRegularOutput',
	});
	const said = [
		error?.message,
		error?.description,
		...json.map((item) => item.error),
		...errors.map((item) => item.json.error),
	].map((text) => (typeof text === 'string' ? text : textOf(text)));
	for (const text of said)
		must(!crash.test(text), `the node failed in its own code: ${text.slice(0, 300)}`);
	must(
		error !== undefined || json.length + errors.length > 0 || given.operation === 'getAll',
		'a row came to nothing',
	);
	mustHideSecrets('an output', json);
	mustHideSecrets('an error', said);
	must(
		!textOf(json).includes(server.secret) && !said.some((text) => text.includes(server.secret)),
		'the API secret was shown',
	);
}

/** The node in n8n's real engine against a local LiveKit. Close it when done. */
export async function engineTarget(
	around: (work: () => unknown) => Promise<void>,
): Promise<{ readonly target: Target; close(): Promise<void> }> {
	const server = await startLocalLiveKit({
		answerAfterMs: 1,
		noResponseAfterMs: 1,
		leaveAfterTransferMs: 1,
	});
	return {
		target: target("n8n's engine", 2, inputs, async (given) => await check(server, given), around),
		close: async () => await server.close(),
	};
}
