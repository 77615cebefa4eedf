import { readAgainRules } from '../../../livekit/again/rules';

const block = { outcomes: ['busy'], after: 15, atMost: 3 };
const read = (blocks: unknown, callsPerDay: unknown = 3) => readAgainRules({ blocks, callsPerDay });

function pathOf(result: ReturnType<typeof read>): string {
	return 'fault' in result ? result.fault.path : 'none';
}

it('reads minutes, tries and outcomes as forms, tables and expressions write them', () => {
	const result = read(
		[
			{ outcomes: 'busy, No Answer', after: '15 min', atMost: '3' },
			{ outcomes: ['voicemail'], after: '240 minutes', atMost: 2.0 },
			{ outcomes: ['unknown'], after: ' 60.0 ', atMost: '4.0' },
		],
		'5',
	);
	if ('fault' in result) throw new Error(result.fault.message);
	expect(Object.fromEntries(result.value.byOutcome)).toEqual({
		busy: { afterMinutes: 15, atMost: 3 },
		no_answer: { afterMinutes: 15, atMost: 3 },
		voicemail: { afterMinutes: 240, atMost: 2 },
		unknown: { afterMinutes: 60, atMost: 4 },
	});
	expect(result.value.perDay).toBe(5);
});

const unreadable = [undefined, null, '', ' ', 'three', '2 h', '15 or 20', -1, 0, 1.5, Number.NaN];

it.each([...unreadable, Infinity, 1e9, true, [3], { n: 3 }, '1e2', '0x10'])(
	'takes %p for no limit at all: it is refused',
	(given) => {
		expect(pathOf(read([{ ...block, after: given }]))).toBe('blocks[0].after');
		expect(pathOf(read([{ ...block, atMost: given }]))).toBe('blocks[0].atMost');
		expect(pathOf(read([block], given === undefined ? null : given))).toBe('callsPerDay');
	},
);

it.each([
	['no blocks', undefined, 'blocks'],
	['an empty list', [], 'blocks'],
	['a text', 'busy', 'blocks'],
	['a block that is none', [block, 'busy'], 'blocks[1]'],
	['no outcome', [{ ...block, outcomes: [] }], 'blocks[0].outcomes'],
	['an outcome that is not found', [{ ...block, outcomes: undefined }], 'blocks[0].outcomes'],
	['a word that is none', [{ ...block, outcomes: ['busy', 'ringing'] }], 'blocks[0].outcomes'],
	[
		'an outcome that has no next call',
		[{ ...block, outcomes: ['answered'] }],
		'blocks[0].outcomes',
	],
	['an outcome twice', [block, { ...block, after: 30 }], 'blocks[1].outcomes'],
	['an outcome twice in one block', [{ ...block, outcomes: 'busy, busy' }], 'blocks[0].outcomes'],
])('refuses %s', (_name, blocks, path) => expect(pathOf(read(blocks))).toBe(path));
