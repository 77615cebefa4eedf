// n8n asked to end (SIGTERM) in the middle of a batch, as a restart or an update does, and started again.
import { same } from '../checks.mjs';
import { until } from '../until.mjs';
import { Campaign, nobodyWrongly, statuses, wronglyDialled } from './campaign.mjs';
import { everySeconds } from './template.mjs';

const batchSize = 4;
const contacts = Array.from({ length: batchSize * 4 }, (_, index) => `+1202555${1700 + index}`);
const longestStopMs = 60_000;

/**
 * Seconds after which a run claims no further batch. n8n 1.x goes on as long as a run does, and gives up after
 * N8N_GRACEFUL_SHUTDOWN_TIMEOUT, 30 seconds by default. In 2.x it must not count: it is longer than the whole campaign.
 */
const runSeconds = ({ isOld }) => (isOld ? 6 : 120);

export async function checkStop(checks, world) {
	world.livekit.options.answerAfterMs = 1500;
	const campaign = await Campaign.create(world, {
		name: 'stop',
		contacts,
		schedule: everySeconds(20),
		settings: { batch_size: batchSize, run_minutes: runSeconds(world) / 60 },
		limits: { callsPerSecond: 4, maxCallDuration: 3 },
	});
	await campaign.activate();
	const before = world.livekit.dials().length;
	const dialled = () => world.livekit.dials().length - before;
	await until('two of four are dialled', () => dialled() >= 2);
	const code = await world.stop(longestStopMs);
	const [dialledBeforeEnd, ended] = [dialled(), performance.now()];
	await world.start();
	const rows = await campaign.settled();
	const dials = await campaign.dials();
	console.log(
		`          stopped: ${dialledBeforeEnd} of ${contacts.length} were dialled when n8n ended, the rest was called within ${Math.round((performance.now() - ended) / 1000)} s`,
	);

	await checks.run(`${world.label}, stopped: n8n ends by itself, before its time is over`, () =>
		same(code, 0),
	);
	// n8n 1.x runs Code nodes to the end: there only the length of a run counts.
	const most = world.isOld ? contacts.length - 1 : batchSize;
	await checks.run(
		`${world.label}, stopped: ${world.isOld ? 'no run is begun' : 'no further batch is claimed'}`,
		() => {
			if (dialledBeforeEnd > most) throw new Error(`${dialledBeforeEnd} were dialled.`);
		},
	);
	await checks.run(`${world.label}, stopped: no result is lost, and nobody is called twice`, () => {
		same(statuses(rows), { answered: contacts.length });
		same(wronglyDialled(rows, dials), nobodyWrongly);
	});
	await campaign.deactivate();
}
