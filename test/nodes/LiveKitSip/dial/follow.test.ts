import type { JsonObject } from '../../../../livekit/json';
import { dial } from '../../../../nodes/LiveKitSip/dial/dial';
import { followCall } from '../../../../nodes/LiveKitSip/dial/follow';
import { noFacts } from '../../../../nodes/LiveKitSip/dial/item';
import { now } from '../../../../nodes/LiveKitSip/dial/moment';
import { EventLoop } from '../../../../nodes/LiveKitSip/rows/eventLoop';
import { rowFor } from '../../../support/row';

const hourMs = 3_600_000;

/** A person or a time server sets the clock of the machine back; the one that is never set runs on. */
const setBackAnHour = () => jest.setSystemTime(Date.now() - hourMs);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const call = (longest: number) => ({
	room: 'r',
	identity: 'callee',
	participantId: '',
	answeredAt: now(),
	longest,
});

/** A participant on the line, who leaves the room after so many milliseconds. */
function lineFor(milliseconds: number, attributes: JsonObject = {}) {
	const end = performance.now() + milliseconds;
	return rowFor(
		async () =>
			await Promise.resolve(
				performance.now() < end
					? { value: { sid: 'PA_1', attributes } }
					: { refusal: { status: 404, code: 'not_found', message: 'gone', meta: {} } },
			),
	);
}

describe('with the clock set back an hour during a call', () => {
	it('counts the seconds of the talk', async () => {
		const following = followCall(lineFor(20_000), call(60));
		await jest.advanceTimersByTimeAsync(10_000);
		setBackAnHour();
		await jest.advanceTimersByTimeAsync(20_000);
		expect((await following).talk_seconds).toBeCloseTo(20, -1);
		expect((await following).talk_seconds).toBeGreaterThanOrEqual(20);
	});

	it('counts them from where LiveKit says that the talk began', async () => {
		const answerTime = String(Date.now() - 3000);
		const following = followCall(lineFor(20_000, { 'lk.sip.answerTime': answerTime }), call(60));
		await jest.advanceTimersByTimeAsync(2000);
		setBackAnHour();
		await jest.advanceTimersByTimeAsync(30_000);
		const { talk_seconds: talk } = await following;
		expect(talk).toBeGreaterThanOrEqual(23);
		expect(talk).toBeLessThan(29);
	});

	it('waits no longer for its end than a minute after the call must have ended', async () => {
		let ended = false;
		const following = followCall(lineFor(Infinity), call(30)).then((end) => {
			ended = true;
			return end;
		});
		await jest.advanceTimersByTimeAsync(10_000);
		setBackAnHour();
		await jest.advanceTimersByTimeAsync(75_000);
		expect(ended).toBe(false);
		await jest.advanceTimersByTimeAsync(15_000);
		expect(ended).toBe(true);
		expect(await following).toMatchObject({ ended_at: null, talk_seconds: null });
	});

	it('counts the seconds of the ring', async () => {
		const row = rowFor(async () => {
			await jest.advanceTimersByTimeAsync(7000);
			setBackAnHour();
			return { value: { sip_call_id: 'SCL_1' } };
		});
		const { verdict } = await dial(row, {
			body: { ringing_timeout: '30s' },
			facts: noFacts,
			keys: '',
			waitFor: 'answer',
			origin: 'test',
		});
		expect(verdict.ring_seconds).toBe(7);
	});
});

it('gives way to the other work of n8n when the clock was set back', async () => {
	const loop = new EventLoop();
	let [others, seen] = [0, -1];
	setBackAnHour();
	await jest.advanceTimersByTimeAsync(21);
	setTimeout(() => others++, 0);
	const given = loop.giveWay().then(() => {
		seen = others;
	});
	await jest.advanceTimersByTimeAsync(5);
	await given;
	expect(seen).toBe(1);
});
