import { execFileSync } from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inNode, repository } from './node';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'livekit-sip-private-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (...path: string[]) => (statSync(join(folder, ...path)).mode & 0o777).toString(8);
const home = () => join(folder, 'cache', 'home');
const call = (module: string, name: string, ...given: unknown[]) =>
	inNode({ [module]: name }, `${name}(${given.map((value) => JSON.stringify(value)).join(', ')})`);

/** A home as earlier versions left it: open to everybody, and a link in it that leads out. */
function makeWideHome() {
	mkdirSync(join(home(), '.n8n'), { recursive: true });
	writeFileSync(join(home(), '.n8n', 'database.sqlite'), 'x', { mode: 0o644 });
	writeFileSync(join(home(), 'start.json'), '{"owner":{"password":"x"}}', { mode: 0o644 });
	writeFileSync(join(home(), 'tool'), 'x', { mode: 0o755 });
	writeFileSync(join(folder, 'outside'), 'x', { mode: 0o644 });
	symlinkSync(join(folder, 'outside'), join(home(), 'link'));
}

test('the home of npm start is for its owner alone, and so is what it keeps there', () => {
	expect(call('local/n8n/home.mjs', 'readState', home())).toMatchObject({
		value: { imported: {} },
	});
	expect([modeOf('cache', 'home'), modeOf('cache', 'home', 'start.json')]).toEqual(['700', '600']);
});

test('a home that was open to others is closed, with all that is in it', () => {
	makeWideHome();
	expect(call('local/n8n/home.mjs', 'readState', home())).toMatchObject({
		value: { owner: { password: 'x' } },
	});
	expect(
		['', '.n8n', '.n8n/database.sqlite', 'start.json', 'tool'].map((path) =>
			modeOf('cache', 'home', path),
		),
	).toEqual(['700', '700', '600', '600', '700']);
	expect(modeOf('outside')).toBe('644');
});

test('what n8n writes is for its owner alone', () => {
	const file = join(folder, 'database');
	const umask = join(repository, 'local', 'n8n', 'umask.cjs');
	const write = `require('node:fs').writeFileSync(${JSON.stringify(file)}, 'x')`;
	execFileSync(process.execPath, ['--require', umask, '--eval', write]);
	expect(modeOf('database')).toBe('600');
});

test('a folder that the user names is not taken if it holds other things', () => {
	writeFileSync(join(folder, 'letter.txt'), 'x');
	const check = (path: string) => call('local/n8n/home.mjs', 'checkHome', path);
	expect(check(folder)).toEqual({
		thrown: `${folder} holds other things. Name a folder that is new or empty: --home DIR`,
	});
	expect(check(home())).toEqual({});
	call('local/n8n/home.mjs', 'readState', home());
	expect(check(home())).toEqual({});
});

test('npm start -- --home DIR --reset removes nothing that is not its own', () => {
	writeFileSync(join(folder, 'letter.txt'), 'x');
	const begin = [join(repository, 'local', 'start.mjs'), '--exit', '--reset', '--home', folder];
	expect(() => execFileSync(process.execPath, begin, { encoding: 'utf8', stdio: 'pipe' })).toThrow(
		'holds other things',
	);
	expect(readdirSync(folder)).toEqual(['letter.txt']);
});

(process.getuid?.() === 0 ? test : test.skip)('a folder of another user is refused', () => {
	mkdirSync(home(), { recursive: true });
	execFileSync('chown', ['65534', home()]);
	expect(call('local/n8n/private.mjs', 'privateFolder', home())).toEqual({
		thrown: `${home()} belongs to another user. Name a folder of your own.`,
	});
});
