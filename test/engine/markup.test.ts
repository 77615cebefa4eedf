import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../local/livekit/server';
import { operationCases, provision } from '../support/cases';
import { credentialOf, engine, searchList } from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';
import { Polling } from '../support/polling';
import type { Ids } from '../support/values';

const livekit = useLiveKit();

const markup = '<a href="https://evil.example" style="position:fixed;inset:0">click</a>';
const hostile = `${markup}\x1b[31m\u202e\u009b\u2028\r\n\`code\``;

/** All that n8n's editor draws of an error, or hands on: HTML for message and description, text for the rest. */
function drawn(error: unknown): string[] {
	const texts: string[] = [];
	const collect = (value: unknown, levels = 6): void => {
		if (typeof value === 'string') texts.push(value);
		if (typeof value !== 'object' || value === null || levels === 0) return;
		// A stack names functions as "<anonymous>", and is shown as text.
		for (const key of Object.getOwnPropertyNames(value))
			if (key !== 'stack') collect(Reflect.get(value, key), levels - 1);
	};
	collect(error);
	return texts;
}

function expectPlain(error: unknown): void {
	expect(error).toHaveProperty('message');
	for (const text of drawn(error)) {
		expect(text).not.toMatch(/[<>`]/);
		expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
	}
}

/** What an AI model or the next node reads of a row, apart from what LiveKit keeps in its own fields. */
function expectPlainWords({ message = '', error = '', warnings = [] }: IDataObject): void {
	for (const text of [message, error, ...(warnings as string[])].map(String))
		expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
}

const twirp = (status: number, code: string, msg: string, meta: object = {}): Fault => ({
	kind: 'status',
	status,
	body: JSON.stringify({ code, msg, meta }),
});

/** Answers that are said in words, with hostile text wherever a server can put it. */
const answers: ReadonlyArray<readonly [string, Fault]> = [
	['a refusal', twirp(400, 'invalid_argument', hostile, { [hostile]: hostile })],
	['a refusal with an odd code', twirp(418, hostile, hostile)],
	['no message', twirp(500, hostile, '')],
	[
		'a conflict',
		twirp(400, 'invalid_argument', `Conflicting inbound SIP Trunks: "<new>", ${hostile}`),
	],
	[
		'a rule conflict',
		twirp(400, 'invalid_argument', `Dispatch rule for the same trunk ${hostile}`),
	],
	['a missing room', twirp(404, 'not_found', `requested room does not exist ${hostile}`)],
	['a missing permission', twirp(403, 'permission_denied', hostile)],
	['an unknown operation', twirp(404, 'bad_route', hostile)],
	['too many requests', twirp(429, 'resource_exhausted', hostile)],
	[
		'a SIP status',
		twirp(412, 'failed_precondition', hostile, { sip_status_code: '486', sip_status: hostile }),
	],
	['a SIP status in words', twirp(503, 'unavailable', `sip status: 603: ${hostile}`)],
	[
		'a refused key',
		{ kind: 'status', status: 401, contentType: 'text/plain', body: `invalid API key: ${hostile}` },
	],
	['a wrong region', { kind: 'status', status: 451, contentType: 'text/plain', body: hostile }],
	[
		'a web page',
		{ kind: 'body', contentType: 'text/html', body: `<html>${hostile} < b > c</html>` },
	],
	[
		'a broken web page',
		{ kind: 'status', status: 502, contentType: 'text/html', body: `< ${hostile} <b` },
	],
	['a redirect', { kind: 'status', status: 302, contentType: 'text/html', body: hostile }],
	[
		'JSON that broke off',
		{ kind: 'body', body: `{"items":[{"name":"${markup.replaceAll('"', '')}` },
	],
	[
		'a list of odd entries',
		{ kind: 'body', body: JSON.stringify({ items: [hostile], rooms: [hostile] }) },
	],
];

const parametersOf = (
	{ resource, operation, form }: (typeof operationCases)[number],
	ids: Ids,
) => ({
	resource,
	operation,
	...form(ids),
	limits: { callsPerSecond: 0 },
});

describe.each(operationCases)('$resource: $operation', (operation) => {
	it.each(answers)('says %s as text', async (_name, fault) => {
		const ids = await provision(livekit);
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			livekit.server.faults.push({ ...fault, times: 50 });
			const { error, json } = await livekit.run(parametersOf(operation, ids), [{}], { onError });
			livekit.server.faults.length = 0;
			if (error) expectPlain(error);
			json.forEach(expectPlainWords);
			if (onError === 'stopWorkflow') expect(error ?? json[0]).toBeDefined();
			else expect(error).toBeUndefined();
		}
	});

	it('says what is wrong with a cell as text', async () => {
		const ids = await provision(livekit);
		const form = parametersOf(operation, ids);
		const changed = [...changes(form, hostile)];
		for (const parameters of changed) {
			const { error, json } = await livekit.run({ ...form, ...parameters });
			if (error) expectPlain(error);
			json.forEach(expectPlainWords);
		}
	});
});

/** The parameters with one value after the other replaced, at any depth. */
function* changes(value: unknown, text: string): Generator<IDataObject> {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		if (['resource', 'operation', 'mode', '__rl'].includes(key)) continue;
		const copy = (replaced: unknown) =>
			(Array.isArray(value)
				? Object.assign([...(value as unknown[])], { [key]: replaced })
				: { ...value, [key]: replaced }) as IDataObject;
		if (typeof inner !== 'object') yield copy(text);
		else for (const change of changes(inner, text)) yield copy(change);
	}
}

it('JSON that is none is said as text', async () => {
	for (const json of [hostile, `{"trunk": ${hostile}`, `{"<b>": 1, "trunk": {"<i>\x1b": "x"}}`]) {
		const { error } = await livekit.run({
			resource: 'inboundTrunk',
			operation: 'create',
			inputMode: 'json',
			jsonBody: json,
		});
		expectPlain(error);
	}
});

it('names of trunks in the way are said as text', async () => {
	await livekit.call('SIP/CreateSIPInboundTrunk', {
		trunk: { name: hostile, numbers: ['+15105550100'] },
	});
	const { sip_trunk_id: other } = await livekit.call('SIP/CreateSIPInboundTrunk', {
		trunk: { name: 'other', numbers: ['+15105550109'] },
	});
	for (const parameters of [
		{ operation: 'create', numbers: '+15105550100' },
		{ operation: 'replace', trunkId: picked(other), numbers: '+15105550100' },
		{
			operation: 'update',
			trunkId: picked(other),
			updateFields: { numbers: { change: { mode: 'add', entries: '+15105550100' } } },
		},
	]) {
		const { error } = await livekit.run({ resource: 'inboundTrunk', ...parameters });
		expectPlain(error);
	}
});

it.each(answers)('a picker says %s as text', async (_name, fault) => {
	const { loader } = await engine();
	const type = loader.getNode('liveKitSip').type;
	const methods = Object.keys(('methods' in type && type.methods?.listSearch) || {});
	expect(methods.length).toBeGreaterThanOrEqual(5);
	for (const method of methods) {
		livekit.server.faults.push({ ...fault, times: 50 });
		const asked = searchList(credentialOf(livekit.server), method, { room: 'r' });
		// A list of rooms of another shape is an answer.
		const error: unknown = await asked.then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		livekit.server.faults.length = 0;
		if (error) expectPlain(error);
		else expect(_name).toBe('a list of odd entries');
	}
});

const rules = { watch: ['dispatchRule', 'inboundTrunk'], events: ['created'] };

it.each(answers)('the trigger says %s as text', async (_name, fault) => {
	const polling = new Polling(credentialOf(livekit.server), rules, 'memory');
	await polling.activate();
	livekit.server.faults.push({ ...fault, times: 50 });
	const error: unknown = await polling.poll().then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expectPlain(error);
});

it.each([
	['an ignored field', { options: { ignoredFields: hostile } }],
	['a server', { url: `ftp://${hostile}` }],
	['nothing to show', { filters: { nameContains: hostile } }],
])(
	'the trigger says what is wrong with %s as text',
	async (_name, { url, ...parameters }: IDataObject) => {
		const credential = credentialOf(livekit.server);
		const polling = new Polling(
			url ? { ...credential, url: String(url) } : credential,
			{ ...rules, ...parameters },
			'memory',
		);
		await expect(
			polling.fetchTestEvent().catch((thrown: unknown) => expectPlain(thrown)),
		).resolves.toBeUndefined();
	},
);

it('calls that nobody answered are summed up as text', async () => {
	const { outbound } = await provision(livekit);
	livekit.server.faults.push({
		...twirp(412, 'failed_precondition', hostile, { sip_status_code: '486', sip_status: hostile }),
		method: 'CreateSIPParticipant',
		times: 9,
	});
	const { error } = await livekit.run({
		resource: 'call',
		operation: 'place',
		trunk: picked(outbound),
		callTo: '+14155550100',
		limits: { callsPerSecond: 0 },
		options: { onUnanswered: 'fail' },
	});
	expectPlain(error);
	expect(error?.description).toContain('‹a href=');
});
