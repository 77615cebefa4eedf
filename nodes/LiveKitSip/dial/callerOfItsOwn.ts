import { normalizedNumber } from '../../../livekit/callees/normalized';
import { mayBeOnTheLine } from '../../../livekit/outcome/rang';
import { type Call, type Placed, asPlaced } from './call';
import { showOwnNumber } from './callerId';
import { lateVerdict } from './ring';
import type { CallItem } from './item';
import { freeCaller, freeIfOver, leaveCaller, nextFreed, takeCaller } from './liveCallers';
import { noPlace } from './noPlace';
import { type Plan, callerCount, planCall } from './plan';

const pollMs = 1000;
const longestLookMs = 2000;

function keyOf({ row, plan }: Call): string {
	return `${row.account} ${normalizedNumber(String(plan.body.sip_number))}`;
}

/** The same call with each of the other caller IDs, in turn. One that the row must not show is left out. */
async function others(call: Call): Promise<Call[]> {
	const { row, input } = call;
	const found: Call[] = [];
	for (let further = 1; further < callerCount(input); further++) {
		const planned = planCall(row, input, further);
		if ('failure' in planned || planned.value.verdict) continue;
		const shown = await showOwnNumber({ ...call, plan: planned.value });
		if ('value' in shown && 'plan' in shown.value) found.push({ ...call, plan: shown.value.plan });
	}
	return found;
}

/** The call with a caller ID that no other call is using. Undefined if none became free in time. */
async function withFreeCaller(call: Call): Promise<Call | undefined> {
	const { row, patience } = call;
	const { cancel } = row.shared;
	if (takeCaller(keyOf(call))) return call;
	const all = [call, ...(await others(call))];
	while (!cancel.happened()) {
		const freed = nextFreed();
		// Asked at the same time, so that a slow answer about one holds up neither the others nor who gives up waiting.
		const looks = Promise.all(all.map(async (one) => await freeIfOver(keyOf(one), row)));
		await Promise.race([looks, cancel.orAfter(longestLookMs)]);
		const found = all.find((one) => takeCaller(keyOf(one)));
		if (found) return found;
		if (patience.isOver()) return undefined;
		await patience.orUntil(Promise.race([freed, cancel.orAfter(pollMs)]));
	}
	return undefined;
}

const graceSeconds = 60;

/** How long a call can go on from now: LiveKit counts its length from the answer, and it may still ring. */
function longestSeconds({ body }: Plan): number {
	const [ring, talk] = [body.ringing_timeout, body.max_call_duration].map((duration) =>
		Number.parseFloat(String(duration)),
	);
	return ring + talk + graceSeconds;
}

/** Frees the caller ID, or leaves it to the call that goes on. */
function giveBack(key: string, { plan }: Call, item: CallItem | undefined): void {
	const isOver =
		item !== undefined &&
		(!mayBeOnTheLine(item.outcome) ||
			item.reason === 'already_running' ||
			typeof item.ended_at === 'string');
	if (isOver) return freeCaller(key);
	const { room_name: room, participant_identity: identity } = item ?? plan.facts;
	const call = {
		room: String(room),
		identity: String(identity),
		participantId: item?.participant_id ?? '',
	};
	leaveCaller(key, call, longestSeconds(plan));
}

/**
 * Runs work for a call that shows a caller ID which no other live call of this process shows, and waits until there is one.
 * After the work the caller ID stays in use as long as the call goes on, also if nobody waits for its end.
 */
export async function withCallerOfItsOwn(
	call: Call,
	work: (call: Call) => Promise<Placed>,
): Promise<Placed> {
	if (!call.settings.oneCallEach) return await work(call);
	const own = await withFreeCaller(call);
	if (!own) return asPlaced(call.plan.facts, lateVerdict(call)) ?? noPlace(call, 'free caller ID');
	const key = keyOf(own);
	let item: CallItem | undefined;
	try {
		const placed = await work(own);
		({ item } = placed);
		return placed;
	} finally {
		giveBack(key, own, item);
	}
}
