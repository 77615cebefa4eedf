import { idFault, idFaults } from '../../../livekit/checks/ids';

it.each([
	['sip_trunk_id', 'ST_aBcD1234efGh'],
	['trunk_ids', 'ST_none'],
	['sip_dispatch_rule_id', 'SDR_aBcD1234efGh'],
	['dispatch_rule_ids', 'SDR_a-b_c'],
	// No ID of a trunk or a rule.
	['dispatch_id', 'anything'],
])('%s may be %s', (field, id) => {
	expect(idFault(field, id)).toBeUndefined();
});

it.each([
	['sip_trunk_id', 'SDR_aBcD1234efGh', 'which is the ID of a dispatch rule'],
	['sip_dispatch_rule_id', 'ST_aBcD1234efGh', 'which is the ID of a trunk'],
	['sip_trunk_id', 'st_aBcD1234efGh', 'begins with ST_'],
	['sip_trunk_id', ' ST_a', 'begins with ST_'],
	['sip_trunk_id', 'ST_a,ST_b', 'the ID of one trunk'],
	['sip_trunk_id', 'ST_', 'not "ST_"'],
	['sip_trunk_id', 'ST_a/../b', 'not "ST_a/../b"'],
	['trunk_ids', 'STAFF', 'not "STAFF"'],
	['sip_dispatch_rule_id', 'Reception', 'Choose the dispatch rule from the list'],
	['sip_trunk_id', 'x'.repeat(10_000), '...'],
])('%s may not be %s', (field, id, words) => {
	const fault = idFault(field, id);
	expect(fault).toContain(words);
	expect(String(fault).length).toBeLessThan(300);
});

it('names the entries of a list that are no IDs', () => {
	expect(idFaults('trunk_ids', ['ST_a', '', 'Main'], 'trunk_ids')).toEqual([
		{ path: 'trunk_ids[2]', message: expect.stringContaining('"Main"') },
	]);
	expect(idFaults('trunk_ids', undefined, 'trunk_ids')).toEqual([]);
});
