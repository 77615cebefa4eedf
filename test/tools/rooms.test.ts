import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const repository = join(__dirname, '..', '..');

/** Rules that a tree of files breaks, as `npm run lint` would say. */
function brokenRules(files: Readonly<Record<string, string>>): string[] {
	const folder = mkdtempSync(join(tmpdir(), 'rooms-'));
	try {
		for (const [path, content] of Object.entries({ ...files, 'tsconfig.json': '{}' })) {
			mkdirSync(dirname(join(folder, path)), { recursive: true });
			writeFileSync(join(folder, path), content);
		}
		const depcruise = join(
			repository,
			'node_modules',
			'dependency-cruiser',
			'bin',
			'dependency-cruise.mjs',
		);
		const config = join(repository, '.dependency-cruiser.cjs');
		const args = [depcruise, '--config', config, '--output-type', 'json', 'livekit', 'nodes'];
		const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
		const { summary } = JSON.parse(stdout) as {
			summary: { violations: Array<{ from: string; to: string; rule: { name: string } }> };
		};
		return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`).sort();
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

it('the check of rooms finds what it forbids, also in imports of types', () => {
	const file = 'export interface A { a: 1 }\n';
	expect(
		brokenRules({
			'livekit/json.ts': "import type { A } from './schema/rpc';\nexport type B = A;\n",
			'livekit/schema/rpc.ts': file,
			'livekit/cellar/wine.ts': `import '../schema/rpc';\n${file}`,
			'nodes/LiveKitSip/rows/row.ts':
				"import type { A } from '../dial/call';\nexport type B = A;\n",
			'nodes/LiveKitSip/dial/call.ts': `import '../rows/failure';\n${file}`,
			'nodes/LiveKitSip/rows/failure.ts': `import './items';\n${file}`,
			'nodes/LiveKitSip/rows/items.ts': `import type { A } from './failure';\nexport type B = A;\n`,
			'nodes/LiveKitSipTrigger/poll.ts': `import '../LiveKitSip/rows/items';\n${file}`,
			'nodes/shared/send.ts': `import '../../test/helper';\nimport '../../livekit/schema/rpc';\n${file}`,
			'nodes/shared/server.ts': `import '../LiveKitSipTrigger/past';\n${file}`,
			'nodes/LiveKitSipTrigger/past.ts': file,
			'nodes/LiveKitSip/attic/box.ts': `import '../rows/items';\n${file}`,
			'test/helper.ts': file,
		}),
	).toEqual([
		'every-file-has-a-room: livekit/cellar/wine.ts -> livekit/schema/rpc.ts',
		'every-file-has-a-room: nodes/LiveKitSip/attic/box.ts -> nodes/LiveKitSip/rows/items.ts',
		'no-circle: nodes/LiveKitSip/rows/failure.ts -> nodes/LiveKitSip/rows/items.ts',
		'nodes-apart: nodes/LiveKitSipTrigger/poll.ts -> nodes/LiveKitSip/rows/items.ts',
		'not-downwards-from-livekit/plain|json|result: livekit/json.ts -> livekit/schema/rpc.ts',
		'not-downwards-from-nodes/LiveKitSip/rows/: nodes/LiveKitSip/rows/row.ts -> nodes/LiveKitSip/dial/call.ts',
		'shared-apart: nodes/shared/server.ts -> nodes/LiveKitSipTrigger/past.ts',
		'ship-only-what-ships: nodes/shared/send.ts -> test/helper.ts',
	]);
});
