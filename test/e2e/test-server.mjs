// LiveKit's own test-server, in two builds: every SIP status of the schema gives one outcome table, through the modules and
// through the built node in n8n's engine, and a dropped connection is never dialled again.
// Run: node test/e2e/test-server.mjs. Ends with: N passed, N failed[, N skipped].
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { start } from '../../local/child.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { loadTs } from '../../local/load-ts.mjs';
import { Checks, same } from './checks.mjs';
import { freePort, goInstall, serverFolder } from './real-livekit.mjs';
import { until } from './until.mjs';

const builtByGo = 'v1.13.5';
const goPackage = 'github.com/livekit/livekit-server/cmd/test-server';
const key = 'devkey';
const secret = 'secret-of-at-least-32-characters-long';

/** Path of the build that Go makes from its module proxy, in the cache folder; undefined without Go. */
async function goBuild() {
	const folder = serverFolder(builtByGo).replace(/livekit-(?=[^/]*$)/, 'test-server-');
	const program = `${folder}/test-server`;
	if (existsSync(program)) return program;
	await mkdir(folder, { recursive: true });
	try {
		await goInstall(`${goPackage}@${builtByGo}`, folder, 10 * 60_000);
	} catch (fault) {
		if (fault.code === 'ENOENT') return undefined;
		throw fault;
	}
	return program;
}

/** The builds of this machine, and how to get those that it lacks. */
async function builds() {
	const go = await goBuild();
	const newer = process.env.LIVEKIT_TEST_SERVER_BIN;
	return [
		{
			name: builtByGo,
			program: go,
			lacks: `Go, which builds ${goPackage}@${builtByGo} (apt: golang-go)`,
		},
		{
			name: 'newer',
			program: newer,
			lacks:
				'LIVEKIT_TEST_SERVER_BIN: a test-server built from a clone of livekit/livekit, cmd/test-server',
		},
	];
}

async function startTestServer(program) {
	const port = await freePort();
	const child = start(program, [`--ports=${port}`, '--bind=127.0.0.1', `--api-secret=${secret}`], {
		stdio: 'ignore',
	});
	const stop = () => child.kill('SIGKILL');
	process.once('exit', stop);
	const url = `http://127.0.0.1:${port}`;
	await until(`${program} answers`, async () => {
		if (child.exitCode !== null) throw new Error(`${program} did not start.`);
		return await fetch(url).then(
			({ ok }) => ok,
			() => false,
		);
	});
	return { url, stop };
}

/**
 * Stands between a client and the test-server, which takes its orders from a header that the node cannot send.
 *
 * @param mockOf the order for a request, from the number that is called
 */
async function startRelay(target, mockOf) {
	const dials = [];
	const server = createServer(async (incoming, outgoing) => {
		const chunks = [];
		for await (const chunk of incoming) chunks.push(chunk);
		const body = Buffer.concat(chunks);
		const dial = incoming.url.endsWith('/CreateSIPParticipant');
		const number = dial ? JSON.parse(body).sip_call_to : undefined;
		if (dial) dials.push(number);
		const headers = {
			...incoming.headers,
			'x-lk-mock': JSON.stringify({ delayMs: 0, ...(dial ? mockOf(number) : {}) }),
		};
		const upstream = request(
			target + incoming.url,
			{ method: incoming.method, headers },
			(answer) => {
				outgoing.writeHead(answer.statusCode, answer.headers);
				answer.pipe(outgoing);
			},
		);
		upstream.on('error', () => incoming.socket.destroy());
		upstream.end(body);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${server.address().port}`,
		dials,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

const numberOf = (code) => `+1555555${code.toString().padStart(4, '0')}`;
const codeOf = (number) => Number(number.slice(-3));
const statusOrder = (number) => ({ sipStatus: { code: codeOf(number) } });

/** What one build makes of every SIP status: the Twirp answer, and the outcome. */
async function outcomesOf({ url }, codes, { readAnswer, fateOf, signToken }) {
	const rows = new Map();
	const token = await signToken({ apiKey: key, apiSecret: secret, grant: { sip: { call: true } } });
	for (const code of codes) {
		const response = await fetch(`${url}/twirp/livekit.SIP/CreateSIPParticipant`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
			body: JSON.stringify({ sip_call_to: numberOf(code), wait_until_answered: true }),
		});
		const text = await response.text();
		const answer = readAnswer({ status: response.status, body: JSON.parse(text) });
		if (!('refusal' in answer)) throw new Error(`SIP ${code} is no refusal: ${text}`);
		const { outcome, reason, retryable } = fateOf(answer.refusal);
		rows.set(code, {
			http: response.status,
			twirp: answer.refusal.code,
			outcome,
			reason,
			retryable,
		});
	}
	return rows;
}

/** The node in n8n's engine, with pacing and the stop after carrier failures off. */
async function nodeAgainst({ runNode }, { url }, numbers, settings = {}) {
	const parameters = {
		resource: 'call',
		operation: 'place',
		trunk: { __rl: true, mode: 'id', value: 'ST_mock' },
		callTo: '={{ $json.number }}',
		limits: { callsPerSecond: 0, circuitBreaker: 0 },
		options: { simplify: false },
	};
	return await runNode(
		{ url, apiKey: key, apiSecret: secret },
		parameters,
		numbers.map((number) => ({ number })),
		settings,
	);
}

const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const disturbances = {
	'failMode drop': { failRegions: [0], failMode: 'drop' },
	'failStatus 503': { failRegions: [0], failStatus: 503 },
	'failStatus 500': { failRegions: [0], failStatus: 500 },
	'failStatus 504': { failRegions: [0], failStatus: 504 },
};

/** What each disturbance came to: how often it was dialled with Retry On Fail, and the outcome. */
async function disturbed(modules, target) {
	const rows = [];
	for (const [name, order] of Object.entries(disturbances)) {
		const relay = await startRelay(target, () => order);
		const { json, error } = await nodeAgainst(modules, relay, [numberOf(486)], retrying);
		relay.close();
		rows.push({
			name,
			dials: relay.dials.length,
			outcome: json[0]?.outcome ?? `failed: ${error?.message}`,
		});
	}
	return rows;
}

function printTable(codes, tables) {
	const names = Object.keys(tables);
	const cells = codes.map((code) => {
		const [first] = names.map((name) => tables[name].get(code));
		return [
			String(code),
			...names.map((name) => `${tables[name].get(code).http} ${tables[name].get(code).twirp}`),
			first.outcome,
			first.reason,
			first.retryable ? 'yes' : '',
		];
	});
	const rows = [['SIP', ...names, 'outcome', 'reason', 'again'], ...cells];
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	console.log(
		`\n${rows
			.map((row) =>
				row
					.map((cell, column) => cell.padEnd(widths[column]))
					.join('  ')
					.trimEnd(),
			)
			.join('\n')}\n`,
	);
}

async function play(checks, modules, codes, { name, program }, tables) {
	const server = await startTestServer(program);
	const relay = await startRelay(server.url, statusOrder);
	try {
		await checks.run(`${name}: every SIP status is read`, async () => {
			tables[name] = await outcomesOf(relay, codes, modules);
			const kinds = new Set([...tables[name].values()].map(({ outcome }) => outcome));
			same([...kinds].sort(), [
				'blocked',
				'busy',
				'carrier_error',
				'declined',
				'invalid_number',
				'no_answer',
				'rate_limited',
				'unknown',
			]);
		});
		await checks.run(
			`${name}: the node gives the same outcomes, and dials each number once though n8n tries again`,
			async () => {
				relay.dials.length = 0;
				const { json, error } = await nodeAgainst(modules, relay, codes.map(numberOf), retrying);
				same(error?.message, undefined);
				const seen = json.map(({ outcome, reason, retryable, sip_status_code: code }) => ({
					code,
					outcome,
					reason,
					retryable,
				}));
				same(
					seen,
					codes.map((code) => {
						const { outcome, reason, retryable } = tables[name].get(code);
						return { code, outcome, reason, retryable };
					}),
				);
				// Several at once arrive in any order.
				same([...relay.dials].sort(), codes.map(numberOf));
			},
		);
		await checks.run(
			`${name}: what is cut or fails within LiveKit is unknown, and dialled once though n8n tries again`,
			async () => {
				same(
					await disturbed(modules, server.url),
					Object.keys(disturbances).map((kind) => ({ name: kind, dials: 1, outcome: 'unknown' })),
				);
			},
		);
	} finally {
		relay.close();
		server.stop();
	}
}

await ensureDependencies();
await ensureBuilt();
const [{ fateOf }, { readAnswer }, { enumOf }, { signToken }, { runNode }] = await Promise.all(
	[
		'livekit/outcome/call.ts',
		'livekit/http/twirp.ts',
		'livekit/schema/index.ts',
		'livekit/http/token.ts',
		'test/support/harness.ts',
	].map((file) => loadTs(file)),
);
const modules = { fateOf, readAnswer, signToken, runNode };
// A dial cannot fail with 2xx.
const codes = Object.values(enumOf('SIPStatusCode'))
	.filter((code) => code > 0 && Math.floor(code / 100) !== 2)
	.sort((one, other) => one - other);
const checks = new Checks();
const tables = {};
for (const build of await builds()) {
	if (build.program) await play(checks, modules, codes, build, tables);
	else checks.skip(`${build.name}: the outcomes of every SIP status`, [build.lacks]);
}
if (Object.keys(tables).length > 0) printTable(codes, tables);
if (Object.keys(tables).length > 1) {
	await checks.run('both builds give the same outcome table, whatever their HTTP status', () => {
		const [one, other] = Object.values(tables).map((table) =>
			[...table].map(([code, { outcome, reason, retryable }]) => ({
				code,
				outcome,
				reason,
				retryable,
			})),
		);
		same(other, one);
	});
}
checks.finish();
