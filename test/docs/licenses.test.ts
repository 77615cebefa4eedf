import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface Licenses {
	bundledPackages(metafile: Pick<Metafile, 'outputs'>): string[];
	licensesOf(metafile: Pick<Metafile, 'outputs'>, root: string): Promise<string>;
}

const { bundledPackages, licensesOf } = jest.requireActual<Licenses>('../../tools/licenses.cjs');
const repository = join(__dirname, '..', '..');

/** What esbuild says of a bundle, as far as it is looked at: bytes of each source. */
const bundleOf = (bytes: Record<string, number>): Pick<Metafile, 'outputs'> => {
	const inputs = Object.fromEntries(
		Object.entries(bytes).map(([path, bytesInOutput]) => [path, { bytesInOutput }]),
	);
	return { outputs: { 'dist/a.js': { bytes: 1, inputs, imports: [], exports: [] } } };
};

test('the packages are those of which the bundle holds code', () => {
	const bundle = bundleOf({
		'livekit/http/token.ts': 5,
		'node_modules/jose/dist/a.js': 1,
		'node_modules/jose/dist/b.js': 1,
		'node_modules/@scope/name/index.js': 1,
		'node_modules/outer/node_modules/inner/index.js': 1,
		'node_modules/shaken-off/index.js': 0,
	});
	expect(bundledPackages(bundle)).toEqual([
		'node_modules/@scope/name',
		'node_modules/jose',
		'node_modules/outer/node_modules/inner',
	]);
});

test('each package stands with its version and with all of its licence files', async () => {
	const text = await licensesOf(
		bundleOf({
			'node_modules/jose/dist/a.js': 1,
			'node_modules/libphonenumber-js/min/index.js': 1,
		}),
		repository,
	);
	expect(text).toMatch(/^jose \d+\.\d+\.\d+ \(MIT\)$/m);
	expect(text).toContain('Filip Skokan');
	expect(text).toMatch(/^libphonenumber-js \d+\.\d+\.\d+ \(MIT\)$/m);
	expect(text).toContain('catamphetamine');
	expect(text).toContain('Apache License');
});

test('the map of time zones stands with its licence where it is bundled', async () => {
	const licensesWith = async (path: string) =>
		await licensesOf(bundleOf({ [path]: 1, 'livekit/json.ts': 1 }), repository);
	const text = await licensesWith('livekit/callees/prefixZones.ts');
	expect(text).toContain(
		"Map of phone numbers to time zones of Google's libphonenumber (Apache-2.0)",
	);
	expect(text).toMatch(
		/Copyright \(C\) The Libphonenumber Authors[^]*Apache License[^]*END OF TERMS/,
	);
	expect(await licensesWith('livekit/callees/zones.ts')).not.toContain('libphonenumber');
});

test('a bundled package without a licence file is refused', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'livekit-sip-licenses-'));
	try {
		const bare = join(folder, 'node_modules', 'bare');
		mkdirSync(bare, { recursive: true });
		writeFileSync(join(bare, 'package.json'), JSON.stringify({ name: 'bare', version: '1.0.0' }));
		await expect(licensesOf(bundleOf({ 'node_modules/bare/index.js': 1 }), folder)).rejects.toThrow(
			'bare 1.0.0 is bundled, but has no licence file',
		);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
