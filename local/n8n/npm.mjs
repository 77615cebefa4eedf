import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment, run } from '../child.mjs';
import { lastLines } from './progress.mjs';

/**
 * What npm itself may inherit: its settings. But not what `npm start` hands down of this repository, whose `ignore-scripts`
 * or prefix must not reach the other install.
 */
const isSetting = (name) =>
	/^npm_config_/i.test(name) && !/^npm_config_(local_prefix|ignore_scripts|prefix)$/.test(name);
/** The names by which people write the registry's token into their `.npmrc`, and such a token in a setting. */
const isToken = (name) =>
	/^(NPM_TOKEN|NODE_AUTH_TOKEN)$/.test(name) || /^npm_config_.*(auth|password|otp)/i.test(name);
/** What a compiler may inherit. */
const isForCompiler = (name) =>
	/^(PYTHON|CC|CXX|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|MAKEFLAGS|VC\w+|VS\w+)$/.test(name);

/**
 * The environment for an npm that works in another folder.
 *
 * @param {boolean} scripts whether it runs scripts of packages, which then see all of it: no registry's token is in it
 */
export function npmEnvironment(own, scripts, from = process.env) {
	const inherits = scripts
		? (name) => (isSetting(name) && !isToken(name)) || isForCompiler(name)
		: (name) => isSetting(name) || isToken(name);
	return childEnvironment(own, inherits, from);
}

/**
 * Runs npm in a folder.
 *
 * @param {string[]} args
 * @param {{cwd: string, env?: Record<string, string>}} options
 * @returns {Promise<string>} what npm printed
 * @throws when npm ends with another code than 0, with the end of what it printed
 */
export async function npm(args, { cwd, env = {} }) {
	const { code, output } = await run('npm', args, {
		cwd,
		env: npmEnvironment(env, !args.includes('--ignore-scripts')),
		shell: process.platform === 'win32',
	});
	if (code !== 0)
		throw new Error(`npm ${args.join(' ')} ended with code ${code}:\n${lastLines(output)}`);
	return output;
}

/**
 * Installs one package of exactly these bytes into an empty folder, none of its scripts run. npm compares what it got with
 * the checksum before it unpacks.
 *
 * @param {string} folder absolute path
 * @param {{name: string, version: string, integrity: string}} wanted integrity: `sha512-...`, as the registry tells it
 * @throws when the registry, or npm's cache, has other bytes under that name and version
 */
export async function installPinned(folder, { name, version, integrity }) {
	const root = { dependencies: { [name]: version } };
	const lock = {
		lockfileVersion: 3,
		requires: true,
		packages: { '': root, [`node_modules/${name}`]: { version, integrity } },
	};
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...root }));
	await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
	await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: folder,
	});
}
