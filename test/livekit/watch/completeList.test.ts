import { entriesOf } from '../../../livekit/codec/answer';
import type { JsonObject } from '../../../livekit/json';
import { type Rpc, storedObjects } from '../../../livekit/schema/rpc';
import { type Answer, readAnswer } from '../../../livekit/http/twirp';
import { readCompleteList } from '../../../livekit/watch/completeList';

const object = storedObjects.dispatchRule;
const answering = (body: unknown, status = 200): Answer => readAnswer({ status, body });
const missing = answering({ code: 'not_found', msg: 'requested sip trunk does not exist' }, 404);

/** A server that pages by id; `disturb` stands for a page of its own. */
function serverWith(
	count: number,
	pageSize: number,
	disturb?: { request: number; answer: Answer },
) {
	const ids = Array.from({ length: count }, (_, index) => `SDR_${String(index).padStart(5, '0')}`);
	const requests: Array<[string, JsonObject]> = [];
	const send = async (rpc: Rpc, body: JsonObject): Promise<Answer> => {
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

describe('readCompleteList', () => {
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
		const listed = await readCompleteList(send, object, false);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(ids);
	});

	it.each([2, 3, 4])('refuses a list that breaks off with an empty page %d', async (request) => {
		const { send } = serverWith(10, 4, { request, answer: answering({}) });
		expect(await readCompleteList(send, object, false)).toMatchObject({
			refusal: { code: 'foreign', message: expect.stringContaining('broke off') },
		});
	});

	it('keeps up with an object that is created before the last one while the list is read', async () => {
		let reads = 0;
		const send = async (): Promise<Answer> =>
			answering({
				items: (++reads === 1 ? ['SDR_5'] : ['SDR_3', 'SDR_5']).map((id) => ({
					sip_dispatch_rule_id: id,
				})),
			});
		const listed = await readCompleteList(send, object, false);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(['SDR_5', 'SDR_3']);
	});

	it.each<[string, (items: JsonObject[]) => unknown[]]>([
		['null at the end', (items) => [...items, null]],
		['null at the beginning', (items) => [null, ...items]],
		['{}', (items) => [...items, {}]],
		['nothing but null', () => [null, null]],
		['nothing but {}', () => [{}]],
		['an object without an id', (items) => [...items, { name: 'n' }]],
		['an empty id', (items) => [...items, { sip_dispatch_rule_id: '', name: 'n' }]],
		['an empty id in camelCase', (items) => [...items, { sipDispatchRuleId: '' }]],
		['an id that is no text', (items) => [...items, { sip_dispatch_rule_id: 5 }]],
		['an id that is null', (items) => [...items, { sip_dispatch_rule_id: null }]],
	])('refuses a list with %s, on each page', async (_name, change) => {
		for (const spoiled of [1, 2, 3]) {
			const { send } = serverWith(3000, 1000);
			let pages = 0;
			const odd = async (rpc: Rpc, body: JsonObject): Promise<Answer> => {
				const entries = entriesOf(await send(rpc, body), 'items', object.info);
				const items = 'value' in entries ? entries.value.filter((item) => item !== null) : [];
				return answering({ items: ++pages === spoiled ? change(items) : items });
			};
			expect(await readCompleteList(odd, object, true)).toEqual({
				refusal: expect.objectContaining({
					code: 'foreign',
					message: 'the list of dispatch rules holds an entry without an ID',
				}),
			});
		}
	});

	it.each(['{}', '{"items":[]}', '{"items":null}'])(
		'reads %s again where there were objects, and takes what comes then',
		async (body) => {
			const { ids, send, requests } = serverWith(5, 1000, {
				request: 1,
				answer: answering(JSON.parse(body)),
			});
			const listed = await readCompleteList(send, object, true);
			expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(ids);
			expect(requests.map(([name]) => name).slice(0, 3)).toEqual([
				'ListSIPDispatchRule',
				'GetSIPInboundTrunk',
				'ListSIPDispatchRule',
			]);
		},
	);

	it('believes an empty list that comes twice, and at once where there was nothing', async () => {
		const twice = serverWith(0, 1000);
		expect(await readCompleteList(twice.send, object, true)).toEqual({ value: [] });
		expect(twice.requests.filter(([name]) => name === 'ListSIPDispatchRule')).toHaveLength(2);
		const once = serverWith(0, 1000);
		expect(await readCompleteList(once.send, object, false)).toEqual({ value: [] });
		expect(once.requests.filter(([name]) => name === 'ListSIPDispatchRule')).toHaveLength(1);
	});

	it('hands on the refusal of the second reading', async () => {
		const { send } = serverWith(0, 1000, {
			request: 3,
			answer: answering({ code: 'unavailable', msg: 'later' }, 503),
		});
		expect(await readCompleteList(send, object, true)).toMatchObject({
			refusal: { code: 'unavailable' },
		});
	});

	it('doubts the end of a list after a page of one object', async () => {
		const { send } = serverWith(5, 1, { request: 3, answer: answering({}) });
		const proxied = async (rpc: Rpc, body: JsonObject): Promise<Answer> =>
			rpc.name === 'GetSIPInboundTrunk' ? answering({}) : await send(rpc, body);
		expect(await readCompleteList(proxied, object, false)).toHaveProperty('refusal');
	});

	it('hands on the refusal of any page', async () => {
		const refusal = { status: 503, code: 'unavailable', message: 'later', meta: {} };
		const { send } = serverWith(10, 4, {
			request: 2,
			answer: answering({ code: 'unavailable', msg: 'later' }, 503),
		});
		expect(await readCompleteList(send, object, false)).toEqual({ refusal });
	});

	it("believes an empty list of a server that knows LiveKit's other methods, old ones too", async () => {
		const { send, requests } = serverWith(0, 1000);
		expect(await readCompleteList(send, object, false)).toEqual({ value: [] });
		expect(requests.map(([name]) => name)).toEqual(['ListSIPDispatchRule', 'GetSIPInboundTrunk']);
		const badRoute = answering({ code: 'bad_route', msg: 'no handler' }, 404);
		expect(
			await readCompleteList(
				serverWith(0, 1000, { request: 2, answer: badRoute }).send,
				object,
				false,
			),
		).toEqual({ value: [] });
	});

	it.each([
		['{}', answering({})],
		['a trunk', answering({ trunk: { sip_trunk_id: 'ST_none' } })],
		['a foreign page', answering('<html>not here</html>', 404)],
		['a missing grant', answering({ code: 'permission_denied', msg: 'permissions denied' }, 403)],
	])(
		'does not believe an empty list where a trunk that does not exist is answered with %s',
		async (_name, answer) => {
			expect(
				await readCompleteList(serverWith(0, 1000, { request: 2, answer }).send, object, false),
			).toHaveProperty('refusal');
		},
	);

	it('hands on that a request got no answer, at any page', async () => {
		const refusal = { status: 0, code: 'no_answer', message: 'timeout', meta: {} };
		const { send } = serverWith(10, 4);
		let left = 2;
		expect(
			await readCompleteList(
				async (rpc, body) => (left-- > 0 ? await send(rpc, body) : { refusal }),
				object,
				false,
			),
		).toEqual({ refusal });
	});

	it.each([
		['text', 'nobody'],
		['an object that is no rule', { rooms: [] }],
	])('refuses a list that holds %s beside a rule', async (_name, other) => {
		const send = async () =>
			await Promise.resolve(answering({ items: [{ sip_dispatch_rule_id: 'SDR_1' }, other] }));
		expect(await readCompleteList(send, object, false)).toMatchObject({
			refusal: { code: 'foreign' },
		});
	});

	it('reads ids in the spelling of SDKs too', async () => {
		const raw = { sipDispatchRuleId: 'SDR_1' };
		const send = async () => await Promise.resolve(answering({ items: [raw], next: '' }));
		expect(await readCompleteList(send, object, false)).toEqual({ value: [{ id: 'SDR_1', raw }] });
	});
});
