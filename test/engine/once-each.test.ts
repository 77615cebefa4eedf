import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../local/livekit/server';
import * as fc from '../support/fastCheck';
import { provision } from '../support/cases';
import type { NodeSettings, Result } from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';

const livekit = useLiveKit({ noResponseAfterMs: 1 });

const method = 'CreateSIPParticipant';
const twirp = (status: number, code: string, msg: string): Fault => ({
	kind: 'status',
	status,
	contentType: 'application/json',
	body: JSON.stringify({ code, msg }),
	method,
});
const retrying: NodeSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const place = (outbound: string, own: IDataObject = {}) => ({
	resource: 'call',
	operation: 'place',
	trunk: picked(outbound),
	callTo: '={{ $json.number }}',
	...own,
	limits: { callsPerSecond: 0, ...(own.limits as IDataObject) },
	options: { simplify: false, includeInput: 'input', ...(own.options as IDataObject) },
});

function perNumber(numbers: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
	return counts;
}

/** Runs rows with faults waiting at the server; what came of it and whom the server dialled. */
async function runWith(
	faults: readonly Fault[],
	rows: string[],
	own: IDataObject = {},
	settings: NodeSettings = retrying,
): Promise<{ result: Result; dialled: string[]; sent: number }> {
	const { outbound } = await provision(livekit);
	const before = livekit.server.dials().length;
	livekit.server.faults.push(...faults.map((fault) => ({ ...fault })));
	const result = await livekit.run(
		place(outbound, own),
		rows.map((number) => ({ number })),
		settings,
	);
	livekit.server.faults.length = 0;
	return {
		result,
		dialled: livekit.server
			.dials()
			.slice(before)
			.map(({ number }) => number),
		sent: livekit.bodies(method).length,
	};
}

/** Case, faults of the server, requests of three tries at most, dials, outcome. */
const table: ReadonlyArray<readonly [string, Fault[], number, number, string]> = [
	['a connection cut before the answer', [{ kind: 'drop-before', method }], 1, 0, 'unknown'],
	['a connection cut after the dial', [{ kind: 'drop-after', method }], 1, 1, 'unknown'],
	[
		'a gateway that gave up waiting (504)',
		[{ kind: 'status', status: 504, contentType: 'text/html', body: '<h1>Timeout</h1>', method }],
		1,
		0,
		'unknown',
	],
	[
		'a 500 after the INVITE',
		[twirp(500, 'internal', 'twirp error unknown: something broke')],
		1,
		0,
		'unknown',
	],
	[
		'a 503 of no clear meaning',
		[twirp(503, 'unavailable', 'twirp error unknown: connection reset')],
		1,
		0,
		'unknown',
	],
	[
		'a deadline of the server',
		[twirp(408, 'deadline_exceeded', 'twirp error unknown: request timed out')],
		1,
		0,
		'unknown',
	],
	[
		'an answer that is cut off',
		[{ kind: 'body', body: '{"sip_call_id":"SC', method }],
		1,
		0,
		'unknown',
	],
	[
		'an answer of another program',
		[{ kind: 'body', body: '{"ok":true}', method }],
		1,
		0,
		'unknown',
	],
	[
		'no SIP service, at the first try',
		[twirp(503, 'unavailable', 'twirp error unknown: no response from servers')],
		2,
		1,
		'answered',
	],
	[
		'no SIP service that takes calls, at the first try',
		[twirp(503, 'unavailable', 'twirp error unknown: no servers available (received 2 responses)')],
		2,
		1,
		'answered',
	],
	[
		'a redirect, at the first try',
		[{ kind: 'status', status: 307, body: '', method }],
		2,
		1,
		'answered',
	],
];

describe('a fault and Retry On Fail: never a second dial', () => {
	it.each(table)('%s', async (_name, faults, requests, dials, outcome) => {
		for (const settings of [retrying, { ...retrying, routedOnly: true }]) {
			livekit.server.reset();
			const { result, dialled, sent } = await runWith(faults, ['+14155550101'], {}, settings);
			expect({
				sent,
				dialled: dialled.length,
				outcomes: result.json.map((item) => item.outcome),
			}).toEqual({ sent: requests, dialled: dials, outcomes: [outcome] });
		}
	});

	it.each(table.slice(0, 2))(
		'%s, in the middle of others: no result is lost',
		async (_name, faults, _requests, _dials, outcome) => {
			const { result, dialled } = await runWith(
				[{ kind: 'delay', delayMs: 1, method }, ...faults],
				['+14155550101', '+14155550102', '+14155550103'],
				{ limits: { maxSimultaneous: 1 } },
			);
			expect(result.json.map((item) => item.outcome)).toEqual(['answered', outcome, 'answered']);
			expect([...perNumber(dialled).values()].every((count) => count === 1)).toBe(true);
		},
	);
});

const faultOf = fc.constantFrom<Fault>(
	{ kind: 'drop-before', method },
	{ kind: 'drop-after', method },
	{ kind: 'delay', delayMs: 2, method },
	{ kind: 'body', body: '{}', method },
	{ kind: 'status', status: 502, contentType: 'text/html', body: 'Bad Gateway', method },
	twirp(503, 'unavailable', 'twirp error unknown: no response from servers'),
	twirp(429, 'resource_exhausted', 'too many'),
	twirp(401, 'unauthenticated', 'permissions denied'),
);
const numberOf = fc.constantFrom(
	'+14155550101',
	'+14155550102',
	'+14155550103',
	'+15555550486',
	'+15555550603',
	'+15555550404',
	'nonsense',
	'112',
	'',
);
const settingsOf = fc.record({
	retryOnFail: fc.boolean(),
	maxTries: fc.integer({ min: 2, max: 4 }),
	waitBetweenTries: fc.constant(1),
	onError: fc.constantFrom('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
});

it('whatever fails, in whatever order: at most one dial per contact, and a result for each row or an error before any call', async () => {
	// A carrier that asks to slow down makes a run wait for seconds, so that there are few of them.
	const property = fc.asyncProperty(
		fc.array(faultOf, { maxLength: 5 }),
		fc.array(numberOf, { minLength: 1, maxLength: 6 }),
		settingsOf,
		fc.constantFrom('return', 'fail'),
		async (faults, rows, settings, onUnanswered) => {
			livekit.server.reset();
			const quick = faults.filter(({ status }) => status !== 429);
			const { result, dialled } = await runWith(
				quick,
				rows,
				{ options: { onUnanswered }, limits: { maxSimultaneous: 2 } },
				settings as NodeSettings,
			);
			for (const [number, count] of perNumber(dialled))
				expect([number, count]).toEqual([number, 1]);
			const results = [...result.items, ...result.errors];
			// An error alone, as n8n has it, says that no phone has rung.
			if (results.some(({ json }) => typeof json.error === 'string')) expect(dialled).toEqual([]);
			if (!result.error) {
				expect(results).toHaveLength(rows.length);
				expect(
					new Set(results.map(({ pairedItem }) => (pairedItem as { item: number }).item)).size,
				).toBe(rows.length);
			} else if (onUnanswered === 'return') expect(dialled).toEqual([]);
		},
	);
	await fc.assert(property, { numRuns: 60, interruptAfterTimeLimit: 20_000 });
});
