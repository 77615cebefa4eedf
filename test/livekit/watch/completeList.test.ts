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
		const listed = await readCompleteList(send, object);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(ids);
	});

	it.each([2, 3, 4])('refuses a list that breaks off with an empty page %d', async (request) => {
		const { send } = serverWith(10, 4, { request, answer: answering({}) });
		expect(await readCompleteList(send, object)).toMatchObject({
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
		const listed = await readCompleteList(send, object);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(['SDR_5', 'SDR_3']);
	});

	it('reads on past an object without an id at the end of a page', async () => {
		const { ids, send } = serverWith(3000, 1000);
		const holed = async (rpc: Rpc, body: JsonObject): Promise<Answer> => {
			const entries = entriesOf(await send(rpc, body), 'items', object.info);
			const items = 'value' in entries ? entries.value : [];
			const hole = { sip_dispatch_rule_id: '', name: '' };
			return answering({
				items: items.length < 1000 ? items : [...items.slice(0, 998), hole, items[998]],
			});
		};
		const listed = await readCompleteList(holed, object);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(ids);
	});

	it('doubts the end of a list after a page of one object', async () => {
		const { send } = serverWith(5, 1, { request: 3, answer: answering({}) });
		const proxied = async (rpc: Rpc, body: JsonObject): Promise<Answer> =>
			rpc.name === 'GetSIPInboundTrunk' ? answering({}) : await send(rpc, body);
		expect(await readCompleteList(proxied, object)).toHaveProperty('refusal');
	});

	it('hands on the refusal of any page', async () => {
		const refusal = { status: 503, code: 'unavailable', message: 'later', meta: {} };
		const { send } = serverWith(10, 4, {
			request: 2,
			answer: answering({ code: 'unavailable', msg: 'later' }, 503),
		});
		expect(await readCompleteList(send, object)).toEqual({ refusal });
	});

	it("believes an empty list of a server that knows LiveKit's other methods, old ones too", async () => {
		const { send, requests } = serverWith(0, 1000);
		expect(await readCompleteList(send, object)).toEqual({ value: [] });
		expect(requests.map(([name]) => name)).toEqual(['ListSIPDispatchRule', 'GetSIPInboundTrunk']);
		const badRoute = answering({ code: 'bad_route', msg: 'no handler' }, 404);
		expect(
			await readCompleteList(serverWith(0, 1000, { request: 2, answer: badRoute }).send, object),
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
				await readCompleteList(serverWith(0, 1000, { request: 2, answer }).send, object),
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
			),
		).toEqual({ refusal });
	});

	it.each([
		['text', 'nobody'],
		['an object that is no rule', { rooms: [] }],
	])('refuses a list that holds %s beside a rule', async (_name, other) => {
		const send = async () =>
			await Promise.resolve(answering({ items: [{ sip_dispatch_rule_id: 'SDR_1' }, other] }));
		expect(await readCompleteList(send, object)).toMatchObject({ refusal: { code: 'foreign' } });
	});

	it('reads ids in the spelling of SDKs too, and passes over null entries', async () => {
		const raw = { sipDispatchRuleId: 'SDR_1' };
		const send = async () => await Promise.resolve(answering({ items: [null, raw], next: '' }));
		expect(await readCompleteList(send, object)).toEqual({ value: [{ id: 'SDR_1', raw }] });
	});
});
