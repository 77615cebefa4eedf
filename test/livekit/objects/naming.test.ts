import { deletionWarning, rulesNaming } from '../../../livekit/objects/naming';

const rule = (id: string, name: string, trunkIds: unknown) => ({
	sip_dispatch_rule_id: id,
	name,
	trunk_ids: trunkIds as string[],
});

it('finds the rules that name a trunk, not those for all trunks', () => {
	const rules = [
		rule('SDR_1', 'Reception', ['ST_a']),
		rule('SDR_2', '', ['ST_b', 'ST_a', 'ST_b', '']),
		rule('SDR_3', 'All', []),
		rule('SDR_4', 'Odd', undefined),
		rule('SDR_5', 'Other', ['ST_b']),
	];
	expect(rulesNaming('ST_a', rules)).toEqual([
		{ shown: 'Reception (SDR_1)', others: [] },
		{ shown: 'SDR_2', others: ['ST_b'] },
	]);
});

it('shows names on one line and not for ever', () => {
	const [{ shown }] = rulesNaming('ST_a', [
		rule('SDR_1', `a\nb\u202e${'c'.repeat(500)}`, ['ST_a']),
	]);
	expect(shown).toMatch(/^a bc+\.\.\. \(SDR_1\)$/);
	expect(shown.length).toBeLessThan(120);
});

it('says what is left of a rule', () => {
	const named = { shown: 'R (SDR_1)', others: ['ST_b', 'ST_c'] };
	expect(deletionWarning({ ...named, others: [] }, () => false)).toContain('names this trunk only');
	expect(deletionWarning(named, () => false)).toContain('also names ST_b, ST_c and goes on');
	expect(deletionWarning(named, (id) => id === 'ST_b')).toContain('also names ST_c and goes on');
	expect(deletionWarning(named, () => true)).toContain('takes no calls any more');
});
