// The examples that begin with a call or a form, in a real n8n of both majors that is set up as `npm start` does it, against its local
// LiveKit, which tells them. Ends with: N passed, N failed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { tellCallTriggers } from '../../local/n8n/call-triggers.mjs';
import { importContents, quickstartId, readExamples } from '../../local/n8n/contents.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { failedNodes, outputsOf } from '../../local/n8n/quickstart.mjs';
import { listObjects } from '../../local/n8n/sip.mjs';
import { checkCallList } from './call-examples/call-list.mjs';
import { checkFirstCall, checkWithoutTrunk } from './call-examples/first-call.mjs';
import { allDay, never } from './call-examples/hours.mjs';
import { Checks, same } from './checks.mjs';
import { DataTables } from './data-tables.mjs';
import { until } from './until.mjs';

const owner = {
	email: 'owner@n8n.local',
	firstName: 'Call',
	lastName: 'Examples',
	password: 'Call-examples-1',
};
const reception = '+12025550101';
const support = '+12025550103';
const caller = '+12025550177';

await ensureDependencies();
await ensureBuilt();
// The dependencies may have come only now.
const { SipClient } = await import('livekit-server-sdk');
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-call-examples-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

/** Ended or waiting executions of a workflow that began after the given ones, newest first. */
async function executionsOf(rest, workflowId) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await rest.request('GET', `/executions?filter=${filter}&limit=100`);
	return results.filter(({ status }) => !['new', 'running'].includes(status));
}

async function outputOf(rest, { id }) {
	const execution = await rest.request('GET', `/executions/${id}`);
	same(await failedNodes(execution), []);
	return await outputsOf(execution);
}

/** Changes the workflow as a person would, and activates it. */
async function activate(rest, file, change) {
	const [, { id }] = (await readExamples()).find(([name]) => name === file);
	const workflow = await rest.request('GET', `/workflows/${id}`);
	if (workflow.active) await rest.request('POST', `/workflows/${id}/deactivate`);
	await change(workflow);
	const { nodes, connections, settings, versionId } = workflow;
	const stored = await rest.request('PATCH', `/workflows/${id}`, {
		nodes,
		connections,
		settings,
		versionId,
	});
	await rest.request('POST', `/workflows/${id}/activate`, { versionId: stored.versionId });
	const { webhookId } = nodes.find(({ type }) => type.endsWith('.liveKitCallTrigger'));
	// n8n 2.x goes on activating after its answer. What the trigger refuses has reached it.
	await until('the trigger listens', async () => {
		const answer = await fetch(`${rest.url}/webhook/${webhookId}/webhook`, { method: 'POST' });
		return answer.status === 401;
	});
	return id;
}

async function checkLog({ label, rest, livekit, isOld }) {
	const tables = await DataTables.create(rest);
	const log = await activate(rest, 'call-log.json', async (workflow) => {
		if (isOld) await tables.makeFor(workflow);
	});
	const rows = async () => {
		const table = await tables.idOf('LiveKit call log');
		return table ? await tables.rowsOf(table) : [];
	};
	const rowOf = async (callId) =>
		await until('the call is in the log with its end', async () =>
			(await rows()).find((row) => row.sip_call_id === callId && row.ended_at),
		);

	await checks.run(`${label}: an inbound call that an agent takes is a row`, async () => {
		const { callId, room } = livekit.callIn({ from: caller, to: support });
		const row = await rowOf(callId);
		same(
			[row.direction, row.phone_number, row.your_number, row.room_name, row.answered, row.ended_as],
			['inbound', caller, support, room, 'yes', 'completed'],
		);
		same(row.agent, 'support-agent');
		same([row.started_at, row.agent_joined_at].map(Boolean), [true, true]);
	});
	await checks.run(`${label}: one that nobody takes is another`, async () => {
		const { callId } = livekit.callIn({ from: caller, to: reception, patienceMs: 300 });
		const row = await rowOf(callId);
		same([row.answered, row.agent, row.talk_seconds], ['not known', null, null]);
	});
	await checks.run(`${label}: a call out is a row, with its answer`, async () => {
		const trunk = (await listObjects(livekit)).find(({ kind }) => kind === 'outbound trunk');
		const sip = new SipClient(livekit.url, livekit.key, livekit.secret);
		const { sipCallId } = await sip.createSipParticipant(trunk.id, '+15551234', 'outbound-1', {
			participantAttributes: { 'n8n.contact_key': 'contact-1', 'n8n.attempt': '1' },
		});
		const row = await rowOf(sipCallId);
		same(
			[row.direction, row.answered, row.ended_as, row.contact_key],
			['outbound', 'yes', 'completed', 'contact-1'],
		);
		same((await rows()).length, 3);
	});
	await checks.run(`${label}: the morning finds no calls of yesterday`, async () => {
		const execution = await rest.runWorkflow(log, 'Every Morning');
		const failed = (await failedNodes(execution)).map(({ node }) => node);
		same(failed, isOld ? ['Calls Table', 'Agents Table'] : []);
		same((await outputsOf(execution))['Send It Here'][0].calls, 0);
	});
}

async function checkMissed({ label, rest, livekit }) {
	const dialled = () => livekit.dials().filter(({ number }) => number === caller);
	const ring = () => livekit.callIn({ from: caller, to: reception, patienceMs: 300 });
	const hours = (parameters) => (workflow) => {
		const call = workflow.nodes.find(({ name }) => name === 'Call Back');
		Object.assign(call.parameters, parameters);
	};
	await checks.run(`${label}: who was missed outside the hours waits for them`, async () => {
		const id = await activate(rest, 'missed-call.json', hours(never()));
		ring();
		const execution = await until('an execution waits', async () =>
			(await executionsOf(rest, id)).find(({ status }) => status === 'waiting'),
		);
		same(Date.parse(execution.waitTill) > Date.now(), true);
		same(dialled().length, 0);
	});
	await checks.run(`${label}: a number is called back once a day`, async () => {
		ring();
		const id = 'liveKitMissedCall';
		await until('the second execution has ended', async () =>
			(await executionsOf(rest, id)).some(({ status }) => status === 'success'),
		);
		same(dialled().length, 0);
	});
	await checks.run(`${label}: within the hours an agent calls back`, async () => {
		const id = await activate(rest, 'missed-call.json', hours(allDay()));
		const other = '+12025550178';
		livekit.callIn({ from: other, to: reception, patienceMs: 300 });
		await until('the caller is called', async () =>
			livekit.dials().some(({ number }) => number === other),
		);
		const done = await until(
			'the execution has ended',
			async () =>
				(await executionsOf(rest, id)).filter(({ status }) => status === 'success').length > 1,
		);
		same(done, true);
		const [newest] = (await executionsOf(rest, id)).filter(({ status }) => status === 'success');
		const { Result: results } = await outputOf(rest, newest);
		same(results[0].outcome, 'answered');
	});
	await checks.run(`${label}: who rings once from far away is not called back`, async () => {
		const far = '+88213300300';
		const before = (await executionsOf(rest, 'liveKitMissedCall')).length;
		livekit.callIn({ from: far, to: reception, patienceMs: 300 });
		const result = await until('the execution has ended', async () => {
			const executions = await executionsOf(rest, 'liveKitMissedCall');
			if (executions.length <= before || executions[0].status !== 'success') return undefined;
			return (await outputOf(rest, executions[0])).Result[0];
		});
		same(result.reason, 'destination_not_allowed');
		same(
			livekit.dials().filter(({ number }) => number === far),
			[],
		);
	});
	await checks.run(`${label}: who talked with an agent is not called back`, async () => {
		const before = (await executionsOf(rest, 'liveKitMissedCall')).length;
		livekit.callIn({ from: '+12025550179', to: support });
		const sentinel = livekit.callIn({ from: '+12025550180', to: reception, patienceMs: 300 });
		same(sentinel?.status, 'ringing');
		await until('the other caller is called', async () =>
			livekit.dials().some(({ number }) => number === '+12025550180'),
		);
		await until('the call with the agent has ended', async () =>
			livekit
				.deliveries()
				.some(({ event, room }) => event === 'participant_left' && room.includes('+12025550179')),
		);
		same(
			livekit.dials().filter(({ number }) => number === '+12025550179'),
			[],
		);
		same((await executionsOf(rest, 'liveKitMissedCall')).length <= before + 1, true);
	});
	await checks.run(`${label}: who rang on two evenings is called once`, async () => {
		const twice = '+12025550182';
		const id = await activate(rest, 'missed-call.json', (workflow) => {
			const of = (wanted) => workflow.nodes.find(({ name }) => name === wanted).parameters;
			// As if each call came on a day of its own; the hours begin while both wait.
			of('Once a Day').dedupeValue = '={{ $json.event_id }}';
			const shut = `={{ $runIndex > 0 ? '2000-01-01' : '${never().excludedDates}' }}`;
			Object.assign(of('Call Back'), { ...allDay(), excludedDates: shut });
			Object.assign(of('Until They Begin'), {
				resume: 'timeInterval',
				amount: 3,
				unit: 'seconds',
			});
		});
		const before = (await executionsOf(rest, id)).map((execution) => execution.id);
		for (let call = 0; call < 2; call += 1)
			livekit.callIn({ from: twice, to: reception, patienceMs: 300 });
		await until('both executions have ended', async () => {
			const own = (await executionsOf(rest, id)).filter((one) => !before.includes(one.id));
			// n8n may stop one of two that ask for the same number in the same moment.
			return own.length === 2 && own.every(({ status }) => ['success', 'error'].includes(status));
		});
		same(livekit.dials().filter(({ number }) => number === twice).length, 1);
	});
}

async function checkAfterCall({ label, rest, livekit }) {
	await checks.run(`${label}: a message says how each call ended`, async () => {
		await activate(rest, 'after-call.json', (workflow) => {
			const { assignments } = workflow.nodes.find(({ name }) => name === 'Settings').parameters
				.assignments;
			assignments[0].value = `${livekit.url}/phone/messages`;
		});
		livekit.callIn({ from: '+12025550181', to: support });
		const text = await until('the message is there', async () =>
			(await (await fetch(`${livekit.url}/phone/calls`)).text()).match(
				/Inbound call from \+12025550181[^<]*/,
			),
		);
		same(/was answered and has ended after \d+ s of talk\.$/.test(text[0]), true);
	});
}

async function checkOn(version, livekit) {
	livekit.reset();
	const userFolder = join(folder, version);
	const n8n = await N8nInstance.create({ version, userFolder });
	ending.push(async () => await n8n.stop());
	await installPackage(await packPackage(folder), userFolder);
	await importContents(n8n, livekit, {});
	await n8n.start();
	await n8n.rest.signIn(owner);
	const telling = new AbortController();
	await tellCallTriggers(livekit, n8n, telling.signal);
	const world = {
		label: `n8n ${version}`,
		version,
		rest: n8n.rest,
		livekit,
		isOld: version.startsWith('1.'),
	};
	await checkWithoutTrunk(checks, world);
	await n8n.rest.runWorkflow(quickstartId);
	await checkFirstCall(checks, world);
	await checkCallList(checks, world);
	await checkLog(world);
	await checkMissed(world);
	await checkAfterCall(world);
	telling.abort();
	await n8n.stop();
}

try {
	const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
	const livekit = await startLocalLiveKit({
		answerAfterMs: 50,
		hangUpAfterMs: 500,
		agents: 'any',
		agentJoinsAfterMs: 50,
	});
	ending.push(async () => await livekit.close());
	for (const version of Object.values(n8nVersions))
		await checks.run(
			`n8n ${version}: the examples run to their end`,
			async () => await checkOn(version, livekit),
		);
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
