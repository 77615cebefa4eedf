import type { JsonObject } from '../../../livekit/json';
import { type Rpc, storedObjects } from '../../../livekit/schema/rpc';
import type { Memory } from '../../../livekit/watch/page';
import type { HttpAnswer } from '../../../livekit/http/twirp';
import { listWhole } from '../../../livekit/watch/completeList';

const object = storedObjects.dispatchRule;
const written = (text: string, status = 200): HttpAnswer => ({ status, body: Buffer.from(text) });
const answering = (body: object, status = 200) => written(JSON.stringify(body), status);
const missing = answering({ code: 'not_found', msg: 'requested sip trunk does not exist' }, 404);
const nothingKnown: Memory = { print: (bytes) => bytes.toString(), idOf: () => undefined };

/** A server that pages by id; `disturb` stands for a page of its own. */
function serverWith(
	count: number,
	pageSize: number,
	disturb?: { request: number; answer: HttpAnswer },
) {
	const ids = Array.from({ length: count }, (_, index) => `SDR_${String(index).padStart(5, '0')}`);
	const requests: Array<[string, JsonObject]> = [];
	const send = async (rpc: Rpc, body: JsonObject): Promise<HttpAnswer> => {
		requests.push([rpc.name, body]);
		if (disturb?.request === requests.length) return disturb.answer;
		if (rpc.name === 'GetSIPInboundTrunk') return missing;
		const after = String(Reflect.get(Object(body.page), 'after_id') ?? '');
		const items = ids
			.filter((id) => id > after)
			.slice(0, pageSize)
			.map((id) => ({ sip_dispatch_rule_id: id, name: id }));
		return answering({ items });
	};
	return { ids, requests, send };
}

describe('listWhole', () => {
	it.each([
		[1, 1000],
		[2, 1000],
		[3, 2],
		[10, 3],
		[1000, 1000],
		[2001, 1000],
		[5, Infinity],
		[5, 1],
	])('reads %d objects in pages of %d, each once', async (count, pageSize) => {
		const { ids, send } = serverWith(count, pageSize);
		const listed = await listWhole(send, object, nothingKnown);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(ids);
	});

	it.each([2, 3, 4])('refuses a list that breaks off with an empty page %d', async (request) => {
		const { send } = serverWith(10, 4, { request, answer: answering({}) });
		expect(await listWhole(send, object, nothingKnown)).toMatchObject({
			refusal: { code: 'foreign', message: expect.stringContaining('broke off') },
		});
	});

	it('keeps up with an object that is created before the last one while the list is read', async () => {
		let reads = 0;
		const send = async (): Promise<HttpAnswer> =>
			answering({
				items: (++reads === 1 ? ['SDR_5'] : ['SDR_3', 'SDR_5']).map((id) => ({
					sip_dispatch_rule_id: id,
				})),
			});
		const listed = await listWhole(send, object, nothingKnown);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(['SDR_5', 'SDR_3']);
	});

	it('reads on past an object without an id at the end of a page', async () => {
		const { ids, send } = serverWith(3000, 1000);
		const holed = async (rpc: Rpc, body: JsonObject): Promise<HttpAnswer> => {
			const answer = await send(rpc, body);
			const { items } = JSON.parse(String(answer.body)) as { items: object[] };
			return items.length < 1000
				? answer
				: answering({
						items: [...items.slice(0, 998), { sip_dispatch_rule_id: '', name: '' }, items[998]],
					});
		};
		const listed = await listWhole(holed, object, nothingKnown);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(ids);
	});

	it('doubts the end of a list after a page of one object', async () => {
		const { send } = serverWith(5, 1, { request: 3, answer: answering({}) });
		const proxied = async (rpc: Rpc, body: JsonObject): Promise<HttpAnswer> =>
			rpc.name === 'GetSIPInboundTrunk' ? answering({}) : await send(rpc, body);
		expect(await listWhole(proxied, object, nothingKnown)).toHaveProperty('refusal');
	});

	it('hands on the refusal of any page', async () => {
		const refusal = { status: 503, code: 'unavailable', message: 'later', meta: {} };
		const { send } = serverWith(10, 4, {
			request: 2,
			answer: answering({ code: 'unavailable', msg: 'later' }, 503),
		});
		expect(await listWhole(send, object, nothingKnown)).toEqual({ refusal });
	});

	it("believes an empty list of a server that knows LiveKit's other methods, old ones too", async () => {
		const { send, requests } = serverWith(0, 1000);
		expect(await listWhole(send, object, nothingKnown)).toEqual({ value: [] });
		expect(requests.map(([name]) => name)).toEqual(['ListSIPDispatchRule', 'GetSIPInboundTrunk']);
		const badRoute = answering({ code: 'bad_route', msg: 'no handler' }, 404);
		expect(
			await listWhole(
				serverWith(0, 1000, { request: 2, answer: badRoute }).send,
				object,
				nothingKnown,
			),
		).toEqual({ value: [] });
	});

	it.each([
		['{}', answering({})],
		['a trunk', answering({ trunk: { sip_trunk_id: 'ST_none' } })],
		['a foreign page', written('<html>not here</html>', 404)],
		['a missing grant', answering({ code: 'permission_denied', msg: 'permissions denied' }, 403)],
	])(
		'does not believe an empty list where a trunk that does not exist is answered with %s',
		async (_name, answer) => {
			expect(
				await listWhole(serverWith(0, 1000, { request: 2, answer }).send, object, nothingKnown),
			).toHaveProperty('refusal');
		},
	);

	it('hands on that a request got no answer, at any page', async () => {
		const refusal = { status: 0, code: 'no_answer', message: 'timeout', meta: {} };
		const { send } = serverWith(10, 4);
		let left = 2;
		expect(
			await listWhole(
				async (rpc, body) => (left-- > 0 ? await send(rpc, body) : { refusal }),
				object,
				nothingKnown,
			),
		).toEqual({ refusal });
	});
});

describe('what is known', () => {
	const memory = (known: readonly string[]): Memory => ({
		print: (bytes) => bytes.toString(),
		idOf: (print) =>
			known.find((id) => print === JSON.stringify({ sip_dispatch_rule_id: id, name: id })),
	});

	it.each([
		[10, 1000],
		[10, 3],
		[10, 1],
	])(
		'of %d objects in pages of %d is not read, in its place in the list',
		async (count, pageSize) => {
			const { ids, send } = serverWith(count, pageSize);
			const listed = await listWhole(
				send,
				object,
				memory(ids.filter((_id, index) => index % 3 !== 1)),
			);
			const expected = ids.map((id, index) => ({
				id,
				whole: JSON.stringify({ sip_dispatch_rule_id: id, name: id }),
				raw: index % 3 === 1 ? { sip_dispatch_rule_id: id, name: id } : undefined,
			}));
			expect(listed).toEqual({ value: expected });
		},
	);

	it('in an answer of another layout is not handed on as changed', async () => {
		const entry = { sip_dispatch_rule_id: 'SDR_1', name: 'SDR_1' };
		const send = async () => await Promise.resolve(answering({ items: [null, entry], next: '' }));
		expect(await listWhole(send, object, memory(['SDR_1']))).toEqual({
			value: [{ id: 'SDR_1', whole: JSON.stringify(entry), raw: undefined }],
		});
	});

	it.each([
		['something that is no JSON', '{"name": nobody}'],
		['something that is no rule', '{"rooms":[]}'],
	])('beside %s makes no list', async (_name, other) => {
		const body = `{"items":[{"sip_dispatch_rule_id":"SDR_1","name":"SDR_1"},${other}]}`;
		const send = async () => await Promise.resolve(written(body));
		expect(await listWhole(send, object, memory(['SDR_1']))).toMatchObject({
			refusal: { code: 'foreign' },
		});
	});

	it('is read in any character set that LiveKit writes', async () => {
		const name = 'Zürich 東京 😀 \\ "';
		const send = async () =>
			await Promise.resolve(answering({ items: [{ sip_dispatch_rule_id: 'SDR_1', name }] }));
		const listed = await listWhole(send, object, nothingKnown);
		expect('value' in listed && listed.value[0].raw).toEqual({
			sip_dispatch_rule_id: 'SDR_1',
			name,
		});
	});
});
