// npm start: a LiveKit (a local one, or the real one of the environment) and a real n8n with this package in it.
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './n8n/build.mjs';
import { firstCallId, importContents, listAsInstalled, quickstartId } from './n8n/contents.mjs';
import { ensureDependencies } from './n8n/dependencies.mjs';
import { checkHome, homeFolder, isInUse, readState, removeHome, writeState } from './n8n/home.mjs';
import { n8nVersions } from './n8n/install.mjs';
import { freePort, N8nInstance } from './n8n/instance.mjs';
import { installPackage, packPackage } from './n8n/package.mjs';
import { aboutReload, reloadEnvironment, reloadOnChange } from './n8n/reload.mjs';
import { secondsSince, withProgress } from './n8n/progress.mjs';
import { failedNodes, isOwnName, ownMark, plannedObjects } from './n8n/quickstart.mjs';
import { asTable, listObjects, removeObjects } from './n8n/sip.mjs';
import { tellCallTriggers } from './n8n/call-triggers.mjs';
import { startDemonstration, whatToTry } from './demonstration.mjs';
import { loadTs } from './load-ts.mjs';

const help = `npm start                 LiveKit and n8n on this machine, the quickstart run once, the editor left open at a first call
npm start -- --exit       the same, but ends after the quickstart (code 0 when all was made)
npm run dev               the same, and what you change in the sources comes into that n8n at once
npm start -- --home DIR   keeps that n8n in DIR (new or empty), not in the cache folder
npm start -- --reset      forgets the n8n of earlier starts first, workflows made in it too
npm start -- --remove     removes what the quickstart made on a real server

With LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET in the environment the quickstart runs on that
server. It shows first what it is going to make, and asks; --yes answers.`;

/** The real server of the environment, or undefined where none is named. */
function serverFromEnvironment({
	LIVEKIT_URL: url,
	LIVEKIT_API_KEY: key,
	LIVEKIT_API_SECRET: secret,
}) {
	const given = { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret };
	const missing = Object.keys(given).filter((name) => !given[name]);
	if (missing.length === 3) return undefined;
	if (missing.length > 0)
		throw new Error(`To use a real LiveKit server set ${missing.join(' and ')} too.`);
	return { url, key, secret };
}

async function confirmed(question, { yes }) {
	if (yes) return true;
	if (!process.stdin.isTTY) {
		throw new Error('Nobody is here to confirm this. Add --yes: npm start -- --yes');
	}
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question(`${question} [y/N] `);
	terminal.close();
	return /^y(es)?$/i.test(answer.trim());
}

/** What an earlier quickstart left on the server, found as the workflow itself finds it. */
async function earlierObjects(server) {
	return (await listObjects(server)).filter(({ name }) => isOwnName(name));
}

async function removeFromServer(server, options) {
	const objects = await earlierObjects(server);
	if (objects.length === 0) {
		console.log(`There is nothing of the quickstart on ${server.url}.`);
		return;
	}
	console.log(`\nOn ${server.url}:\n\n${await asTable(objects)}\n`);
	if (!(await confirmed('Remove these?', options))) return;
	await removeObjects(server, objects);
	console.log(`Removed ${objects.length}.`);
}

async function mayUse(server, options) {
	const earlier = await earlierObjects(server);
	console.log(
		`\nThe quickstart is going to make these on ${server.url}:\n\n${await asTable(await plannedObjects())}`,
	);
	console.log(
		'\nEvery rule is bound to the trunk above it: calls to your other numbers go where they went before.',
	);
	if (earlier.length > 0) {
		console.log(
			`\nIt removes first what has "${ownMark}" in its name, mostly from an earlier run:\n\n${await asTable(earlier)}`,
		);
	}
	console.log('\nTo remove all of it again: npm start -- --remove\n');
	return await confirmed('Go on?', options);
}

/** Fulfilled when the user ends this command. */
const interruption = Promise.race(
	['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)),
);

/** Everything that has to end with this command, the newest first. */
const running = [];

async function stopAll() {
	for (const stop of running.splice(0).reverse()) await stop();
}

async function prepareN8n(server, folder, state, { dev }) {
	const n8n = await N8nInstance.create({
		version: n8nVersions.newest,
		userFolder: folder,
		port: 5678,
		env: dev ? reloadEnvironment : {},
	});
	const { name } = await installPackage(await packPackage(folder), folder);
	const first = !state.imported.credential;
	await withProgress(
		first ? 'Setting up n8n (the first start takes longer)' : 'Starting n8n',
		async () => {
			state.imported = await importContents(n8n, server, state.imported);
			// Before n8n runs: a start that is interrupted now must not lose the password of the account it made.
			state.running = { pid: process.pid, url: n8n.url };
			await writeState(folder, state);
			await listAsInstalled(n8n, name);
			running.push(() => n8n.stop());
			await n8n.start();
			state.running = { pid: n8n.pid, url: n8n.url };
			await writeState(folder, state);
			await n8n.rest.signIn(state.owner);
		},
	);
	if (dev) await reloadOnChange(n8n, name);
	return n8n;
}

async function start(options) {
	const begin = performance.now();
	await ensureDependencies();
	const real = serverFromEnvironment(process.env);
	if (options.remove) {
		if (!real)
			throw new Error(
				'--remove needs LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET: the local server forgets by itself.',
			);
		await removeFromServer(real, options);
		return;
	}
	const folder = options.home ? resolve(options.home) : homeFolder(real?.url);
	if (options.home) await checkHome(folder);
	if (options.reset) await removeHome(folder);
	const state = await readState(folder);
	if (await isInUse(state)) {
		throw new Error(
			`n8n is already running at ${state.running.url} (process ${state.running.pid}). End that one first.`,
		);
	}
	if (real && !(await mayUse(real, options))) return;
	await ensureBuilt();

	let server = real;
	if (!server) {
		state.liveKitPort = await freePort(state.liveKitPort ?? 7880);
		const local = await startDemonstration(state.liveKitPort);
		running.push(() => local.close());
		server = local;
	}
	const n8n = await prepareN8n(server, folder, state, options);
	if (!real) await tellCallTriggers(server, n8n);
	const before = new Set((await listObjects(server)).map(({ id }) => id));
	const execution = await withProgress(
		'Running the quickstart workflow',
		async () => await n8n.rest.runWorkflow(quickstartId),
	);
	const failed = await failedNodes(execution);
	const made = (await listObjects(server)).filter(({ id }) => !before.has(id));
	console.log(
		`\nMade on ${real ? real.url : `the local LiveKit (${server.url})`}, as the server lists it:\n\n${await asTable(made)}\n`,
	);
	const { plainLine } = await loadTs('livekit/plain.ts');
	for (const { node, message } of failed)
		console.log(`The node "${node}" stopped: ${plainLine(message)}`);
	const complete =
		failed.length === 0 &&
		execution.status === 'success' &&
		made.length === (await plannedObjects()).length;
	if (options.exit) {
		console.log(
			complete
				? `Complete after ${secondsSince(begin)}.`
				: 'The quickstart did not make everything.',
		);
		process.exitCode = complete ? 0 : 1;
		return;
	}
	console.log(
		`Editor:   ${n8n.url}/workflow/${firstCallId}   (ready after ${secondsSince(begin)})`,
	);
	console.log(`Login:    ${state.owner.email}  ${state.owner.password}`);
	console.log(
		`LiveKit:  ${server.url}${real ? '' : `  key ${server.key}  secret ${server.secret}`}`,
	);
	console.log(`Log:      ${n8n.logFile}`);
	if (!n8n.url.endsWith(':5678'))
		console.log('(Port 5678 is in use, so the editor has another one this time.)');
	if (!real) console.log(whatToTry(server.url));
	if (options.dev) console.log(`\n${aboutReload}`);
	console.log('\nCtrl-C ends everything.');
	await interruption;
	console.log('\nEnding n8n and LiveKit ...');
}

/** The options of the command line; ends the program where it does not know one. */
function givenOptions() {
	try {
		const flag = { type: 'boolean' };
		return parseArgs({
			options: {
				dev: flag,
				exit: flag,
				home: { type: 'string' },
				help: flag,
				remove: flag,
				reset: flag,
				yes: flag,
			},
		}).values;
	} catch (cause) {
		console.error(`${cause.message.split('. ')[0]}. npm start -- --help lists the options.`);
		process.exit(1);
	}
}

const options = givenOptions();
if (options.help) {
	console.log(help);
} else {
	try {
		const finished = start(options).then(() => true);
		// A signal that comes while something is being installed or started ends that too.
		if (!(await Promise.race([finished, interruption.then(() => delay(200, false))])))
			process.exitCode = 130;
	} catch (cause) {
		console.error(`\n${cause.message}`);
		process.exitCode = 1;
	}
	await stopAll();
	process.exit();
}
