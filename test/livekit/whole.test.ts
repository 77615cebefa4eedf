import type { JsonObject } from '../../livekit/json';
import { type Rpc, storedObjects } from '../../livekit/rpc';
import type { Answer } from '../../livekit/twirp';
import { listWhole } from '../../livekit/whole';

const object = storedObjects.dispatchRule;
const missing: Answer = { refusal: { status: 404, code: 'not_found', message: 'requested sip trunk does not exist', meta: {} } };

/** A server that pages by id; `disturb` stands for a page of its own. */
function serverWith(count: number, pageSize: number, disturb?: { request: number; answer: Answer }) {
	const ids = Array.from({ length: count }, (_, index) => `SDR_${String(index).padStart(5, '0')}`);
	const requests: Array<[string, JsonObject]> = [];
	const send = async (rpc: Rpc, body: JsonObject): Promise<Answer> => {
		requests.push([rpc.name, body]);
		if (disturb?.request === requests.length) return disturb.answer;
		if (rpc.name === 'GetSIPInboundTrunk') return missing;
		const after = String(Reflect.get(Object(body.page), 'after_id') ?? '');
		const items = ids.filter((id) => id > after).slice(0, pageSize).map((id) => ({ sip_dispatch_rule_id: id, name: id }));
		return { value: { items } };
	};
	return { ids, requests, send };
}

describe('listWhole', () => {
	it.each([[1, 1000], [2, 1000], [3, 2], [10, 3], [1000, 1000], [2001, 1000], [5, Infinity], [5, 1]])('reads %d objects in pages of %d, each once', async (count, pageSize) => {
		const { ids, send } = serverWith(count, pageSize);
		const listed = await listWhole(send, object);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(ids);
	});

	it.each([2, 3, 4])('refuses a list that breaks off with an empty page %d', async (request) => {
		const { send } = serverWith(10, 4, { request, answer: { value: {} } });
		expect(await listWhole(send, object)).toMatchObject({ refusal: { code: 'foreign', message: expect.stringContaining('broke off') } });
	});

	it('keeps up with an object that is created before the last one while the list is read', async () => {
		let reads = 0;
		const send = async (): Promise<Answer> => ({ value: { items: (++reads === 1 ? ['SDR_5'] : ['SDR_3', 'SDR_5']).map((id) => ({ sip_dispatch_rule_id: id })) } });
		const listed = await listWhole(send, object);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(['SDR_5', 'SDR_3']);
	});

	it('reads on past an object without an id at the end of a page', async () => {
		const { ids, send } = serverWith(3000, 1000);
		const holed = async (rpc: Rpc, body: JsonObject): Promise<Answer> => {
			const answer = await send(rpc, body);
			const items = 'value' in answer && Array.isArray(answer.value.items) ? answer.value.items : [];
			return items.length < 1000 ? answer : { value: { items: [...items.slice(0, 998), { sip_dispatch_rule_id: '', name: '' }, items[998]] } };
		};
		const listed = await listWhole(holed, object);
		expect('value' in listed && listed.value.map(({ id }) => id)).toEqual(ids);
	});

	it('doubts the end of a list after a page of one object', async () => {
		const { send } = serverWith(5, 1, { request: 3, answer: { value: {} } });
		const proxied = async (rpc: Rpc, body: JsonObject): Promise<Answer> => (rpc.name === 'GetSIPInboundTrunk' ? { value: {} } : await send(rpc, body));
		expect(await listWhole(proxied, object)).toHaveProperty('refusal');
	});

	it('hands on the refusal of any page', async () => {
		const refusal = { status: 503, code: 'unavailable', message: 'later', meta: {} };
		const { send } = serverWith(10, 4, { request: 2, answer: { refusal } });
		expect(await listWhole(send, object)).toEqual({ refusal });
	});

	it('believes an empty list of a server that knows LiveKit\'s other methods, old ones too', async () => {
		const { send, requests } = serverWith(0, 1000);
		expect(await listWhole(send, object)).toEqual({ value: [] });
		expect(requests.map(([name]) => name)).toEqual(['ListSIPDispatchRule', 'GetSIPInboundTrunk']);
		const badRoute: Answer = { refusal: { status: 404, code: 'bad_route', message: 'no handler', meta: {} } };
		expect(await listWhole(serverWith(0, 1000, { request: 2, answer: badRoute }).send, object)).toEqual({ value: [] });
	});

	it.each<[string, Answer]>([
		['{}', { value: {} }],
		['a trunk', { value: { trunk: { sip_trunk_id: 'ST_none' } } }],
		['a foreign page', { refusal: { status: 404, code: 'foreign', message: 'not here', meta: {} } }],
		['a missing grant', { refusal: { status: 403, code: 'permission_denied', message: 'permissions denied', meta: {} } }],
	])('does not believe an empty list where a trunk that does not exist is answered with %s', async (_name, answer) => {
		expect(await listWhole(serverWith(0, 1000, { request: 2, answer }).send, object)).toHaveProperty('refusal');
	});
});
