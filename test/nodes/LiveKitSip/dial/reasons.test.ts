import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type JsonObject, isObject } from '../../../../livekit/json';
import { fateOf } from '../../../../livekit/outcome/call';
import { reasons } from '../../../../livekit/outcome/reasons';
import { type LocalLiveKit, startLocalLiveKit } from '../../../../local/livekit/server';
import { placeCall } from '../../../../nodes/LiveKitSip/dial/placeCall';
import { cancellation } from '../../../../nodes/LiveKitSip/rows/cancellation';
import { type Row, readSettings } from '../../../../nodes/LiveKitSip/rows/row';
import {
	afterAnswer,
	byPhrase,
	bySipStatus,
	said,
	withoutSip,
} from '../../../livekit/outcome/examples';
import { answered } from '../../../support/client';
import { rowFor, sendTo } from '../../../support/row';

let livekit: LocalLiveKit;
let trunk: string;
beforeAll(async () => {
	livekit = await startLocalLiveKit({ answerAfterMs: 5 });
	({ sip_trunk_id: trunk } = await answered<{ sip_trunk_id: string }>(
		livekit,
		'SIP/CreateSIPOutboundTrunk',
		{ trunk: { address: 'sip.example.com', numbers: ['+15105550101'] } },
	));
});
afterAll(async () => await livekit.close());

function valueAt(parameters: INodeParameters, path: string): unknown {
	const [name, field] = path.split('.');
	const value: unknown = parameters[name];
	if (field === undefined) return value;
	return isObject(value) ? value[field] : undefined;
}

/** Places calls, one after the other in one run of the node; gives the items that stand for the rows. */
async function place(
	parameters: INodeParameters,
	calls: JsonObject[],
	cancel = cancellation(undefined),
): Promise<IDataObject[]> {
	const { shared, ...common } = rowFor(async (rpc, body) => await sendTo(livekit, rpc, body));
	const { options } = parameters;
	const whole: INodeParameters = {
		...parameters,
		options: { simplify: false, ...(isObject(options) ? options : {}) } as INodeParameters,
	};
	const read: Row['read'] = (name, fallback) => valueAt(whole, name) ?? fallback;
	const items: IDataObject[] = [];
	for (const [itemIndex, call] of calls.entries()) {
		const row: Row = {
			...common,
			node: { ...common.node, parameters },
			itemIndex,
			settings: readSettings(read),
			shared: { ...shared, cancel },
			read,
		};
		const placed = await placeCall(row, { sip_trunk_id: trunk, ...call });
		items.push(...('value' in placed ? placed.value : (placed.instead ?? [])));
	}
	return items;
}

const to = (...numbers: string[]) => numbers.map((number) => ({ sip_call_to: number }));
const one = to('+14155550101');
const fromElsewhere = [{ ...one[0], sip_number: '+19995550100' }];
const always = {
	callingHours: 'only',
	hours: { rows: [{ days: 'sun-sat', from: '00:00', until: '24:00' }] },
	timeZone: 'byName',
	timeZoneName: 'UTC',
	excludedDates: '',
};
const quick = { callsPerSecond: 0 };
const again = (triesSoFar: unknown, own: INodeParameters = {}): INodeParameters => ({
	...unpaced,
	callAgain: 'byOutcome',
	againRules: { rows: [{ outcomes: ['busy'], after: 15, atMost: 3 }] },
	callsPerDay: 1,
	triesSoFar: triesSoFar as string,
	callsToday: 1,
	lastCalledAt: new Date().toISOString(),
	...own,
});
const unpaced = { limits: quick };

function excludedDays(count: number): string {
	const dayMs = 86_400_000;
	const days = Array.from({ length: count }, (_, day) => new Date(Date.now() + (day - 1) * dayMs));
	return days.map((day) => day.toISOString().slice(0, 10)).join(', ');
}

async function runningTwice(key: string, waitFor: string): Promise<IDataObject[]> {
	livekit.options.answerAfterMs = waitFor === 'nothing' ? 60_000 : 5;
	const guarded = {
		...unpaced,
		waitFor,
		guards: { preventSecondCall: true },
		options: { contactKey: key },
	};
	return [...(await place(guarded, one)), ...(await place(guarded, one))];
}

async function withoutTrunks(): Promise<IDataObject[]> {
	livekit.faults.push({
		kind: 'status',
		status: 503,
		contentType: 'application/json',
		body: '{"code":"unavailable","msg":"not now"}',
		method: 'GetSIPOutboundTrunk',
	});
	return await place(unpaced, fromElsewhere);
}

/** Items of rows that the node itself decides about. */
async function decidedByTheNode(): Promise<IDataObject[]> {
	const items = [
		await place({ dryRun: true }, one),
		await place({ guards: { doNotCall: '+14155550101' } }, one),
		await place({ guards: { allowedDestinations: '+44' } }, one),
		await place({}, to('112')),
		await place(unpaced, to('+14155550101', '+14155550101')),
		await place(
			unpaced,
			to('+14155550101', '+14155550102').map((call) => ({ ...call, room_name: 'r' })),
		),
		await place({}, fromElsewhere),
		await place({}, [{ ...fromElsewhere[0], sip_trunk_id: 'ST_missing' }]),
		await withoutTrunks(),
		await place({ ...always, timeZoneName: '' }, one),
		await place({ ...always, excludedDates: excludedDays(3) }, one),
		await place({ ...always, excludedDates: excludedDays(500) }, one),
		await place(again('many'), one),
		await place(again(3), one),
		await place(again(1), one),
		await place(
			{ limits: { callsPerSecond: 0.01, giveUpAfter: 0 } },
			to('+14155550101', '+14155550102'),
		),
		await place({ limits: { ...quick, maxCalls: 1 } }, to('+14155550101', '+14155550102')),
		await place({ limits: { ...quick, circuitBreaker: 1 } }, to('+15555550503', '+14155550102')),
		await place({ ...unpaced, agentName: 'nobody', agentOptions: { agentWait: 0 } }, one),
		await place({}, one, cancellation(AbortSignal.abort())),
		await place({}, to('sip:x', '+14155550101 / +14155550102', '+1', '12025550000000')),
		await place({ country: 'DE' }, to('491511234567')),
		await place({}, [{ ...one[0], dtmf: 'xyz' }]),
		await runningTwice('answered', 'answer'),
		await runningTwice('dialing', 'nothing'),
	];
	return items.flat();
}

const retryables = { true: [true], false: [false], depends: [false, true] };

/** `outcome reason` to the values of `retryable`, sorted by name. */
function sorted(found: Iterable<readonly [string, boolean[]]>): Array<[string, boolean[]]> {
	return [...found]
		.map(([name, values]): [string, boolean[]] => [name, [...values].sort()])
		.sort(([one], [other]) => (one < other ? -1 : 1));
}

it('every reason of the table comes out of a refusal or of the node, and no other', async () => {
	const refusals = [
		...Object.keys(bySipStatus).map((code) => said(Number(code), '')),
		...byPhrase.map(([code, phrase]) => said(code, phrase)),
		...[...withoutSip, ...afterAnswer].map(([, refusal]) => refusal),
	];
	const given = [...refusals.map(fateOf), ...(await decidedByTheNode())];
	const found = new Map<string, Set<boolean>>();
	for (const { outcome, reason, retryable } of given) {
		if (reason === null) continue;
		const name = `${String(outcome)} ${String(reason)}`;
		found.set(name, (found.get(name) ?? new Set()).add(retryable === true));
	}
	const table = Object.entries(reasons).flatMap(([outcome, ofOutcome]) =>
		Object.entries(ofOutcome).map(([reason, { retryable }]): [string, boolean[]] => [
			`${outcome} ${reason}`,
			retryables[`${retryable}`],
		]),
	);
	expect(sorted([...found].map(([name, values]) => [name, [...values]] as const))).toEqual(
		sorted(table),
	);
});
