import { seed } from '../support/fastCheck';
import { smallSizes } from './hostile';
import { runTarget, targets } from './runTarget';

const inputs = 1000;
const shares = targets.reduce((sum, { share }) => sum + share, 0);

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
