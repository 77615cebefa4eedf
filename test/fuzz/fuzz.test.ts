import { smallSizes } from './hostile';
import { runTarget, targets } from './runTarget';

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
const inputs = 1000;
const shares = targets.reduce((sum, { share }) => sum + share, 0);

afterAll(() =>
	console.info(
		`fast-check seed of test/livekit/fuzz: ${seed} (FC_SEED repeats it; npm run fuzz runs 100 times as many)`,
	),
);

describe('hostile input and answers: no crash, no hang, nothing dropped in silence, no prototype touched, no secret shown', () => {
	it.each(targets)('$name', async (target) => {
		const outcome = await runTarget(target, {
			seed,
			inputs: Math.ceil((inputs * target.share) / shares),
			sizes: smallSizes,
			mostMs: 5000,
		});
		expect(outcome.failure).toBeUndefined();
		expect(outcome.inputs).toBeGreaterThan(0);
	});
});
