import { listObjects } from '../../../livekit/objects/list';
import { entriesOf } from '../../../livekit/codec/answer';
import { storedObjects } from '../../../livekit/schema/rpc';
import type { JsonObject } from '../../../livekit/json';
import { type Reply, readResponse } from '../../../livekit/codec/response';

const { inboundTrunk } = storedObjects;
const all = Array.from({ length: 2500 }, (_, index) => ({
	sip_trunk_id: `ST_${String(index).padStart(5, '0')}`,
	name: index % 2 ? 'odd' : 'even',
}));

interface Page {
	readonly after: string;
	readonly limit: number;
}

function pageOf(body: JsonObject): Page {
	const page = body.page as JsonObject;
	return { after: String(page.after_id ?? ''), limit: Number(page.limit) };
}

/** Asks a list in memory and counts the requests. */
function asking(answer: (page: Page, count: number) => JsonObject) {
	const asked: JsonObject[] = [];
	const ask = async (body: JsonObject): Promise<Reply> => {
		asked.push(body);
		const value = answer(pageOf(body), asked.length);
		return await Promise.resolve(readResponse(inboundTrunk.rpcs.list, { value }));
	};
	return { ask, asked };
}

const honest = ({ after, limit }: Page) => ({
	items: all.filter((item) => item.sip_trunk_id > after).slice(0, limit),
});
const ignoresLimit = ({ after }: Page) => ({
	items: all.filter((item) => item.sip_trunk_id > after),
});
const ignoresPages = () => ({ items: all });
const camel = (page: Page) => ({
	items: honest(page).items.map(({ sip_trunk_id, name }) => ({ sipTrunkId: sip_trunk_id, name })),
});

async function list(
	answer: (page: Page, count: number) => JsonObject,
	wanted?: number,
	matches?: (value: JsonObject) => boolean,
) {
	const { ask, asked } = asking(answer);
	return {
		listed: await listObjects(ask, inboundTrunk, { numbers: ['+1'] }, wanted, matches),
		asked,
	};
}

describe('all pages', () => {
	it.each([
		['of a server that pages', honest, 4],
		['of a server that ignores limit', ignoresLimit, 2],
		['of a server that ignores paging altogether', ignoresPages, 2],
		['in camelCase', camel, 4],
	])('%s', async (_title, server, requests) => {
		const { listed, asked } = await list(server);
		expect('value' in listed && listed.value.map((item) => item.sip_trunk_id)).toEqual(
			all.map((item) => item.sip_trunk_id),
		);
		expect(asked).toHaveLength(requests);
		for (const body of asked)
			expect(body).toMatchObject({ numbers: ['+1'], page: { limit: 1000 } });
		expect(asked[0].page).toEqual({ limit: 1000 });
	});
});

describe('listing', () => {
	it('stops when enough has been found', async () => {
		const { listed, asked } = await list(honest, 700, (item) => item.name === 'odd');
		expect('value' in listed && listed.value.length).toBe(700);
		expect(asked).toHaveLength(2);
	});

	it('drops null entries, entries without an id, and doubles', async () => {
		const { listed } = await list(
			({ after }): JsonObject =>
				after
					? {}
					: {
							items: [
								null,
								{ sip_trunk_id: '' },
								{},
								{ sip_trunk_id: 'ST_1' },
								{ sip_trunk_id: 'ST_1' },
							],
						},
		);
		expect('value' in listed && listed.value.map((item) => item.sip_trunk_id)).toEqual(['ST_1']);
	});

	it('of an endless server ends with a refusal', async () => {
		const { listed, asked } = await list((_page, count) => ({
			items: [{ sip_trunk_id: `ST_${count}` }],
		}));
		expect(listed).toEqual({
			refusal: expect.objectContaining({
				code: 'foreign',
				message: 'the list of inbound trunks does not end',
			}),
		});
		expect(asked.length).toBe(1000);
	});

	it('gives a refusal in the middle, never half a list', async () => {
		const ask = async (body: JsonObject): Promise<Reply> =>
			await Promise.resolve(
				pageOf(body).after
					? { refusal: { status: 503, code: 'unavailable', message: 'x', meta: {} } }
					: { value: honest(pageOf(body)) },
			);
		expect(await listObjects(ask, inboundTrunk)).toEqual({
			refusal: { status: 503, code: 'unavailable', message: 'x', meta: {} },
		});
	});
});

describe('entriesOf', () => {
	it.each([
		[{}, []],
		[{ items: null }, []],
		[{ items: [] }, []],
		[{ items: [{ name: 'a' }, null], next: 'x' }, [{ name: 'a' }, null]],
		[{ items: [{ sipTrunkId: 'ST_1', newer: 1 }] }, [{ sipTrunkId: 'ST_1', newer: 1 }]],
	])('%j holds %j', (value, wanted) =>
		expect(entriesOf({ value }, 'items', inboundTrunk.info)).toEqual({ value: wanted }),
	);

	it('finds the list in camelCase', () => {
		expect(
			entriesOf(
				{ value: { agentDispatches: [{ id: 'AD_1' }] } },
				'agent_dispatches',
				'AgentDispatch',
			),
		).toEqual({ value: [{ id: 'AD_1' }] });
	});

	it.each<JsonObject>([
		{ status: 'ok' },
		{ items: {} },
		{ items: 'none' },
		{ rooms: [] },
		{ items: 0 },
		{ items: ['x'] },
		{ items: [{ other: 1 }] },
		{ items: [[]] },
	])('%j is a foreign answer, no empty list', (value) => {
		expect(entriesOf({ value }, 'items', inboundTrunk.info)).toEqual({
			refusal: expect.objectContaining({ code: 'foreign' }),
		});
	});
});
