import { lastLines, run } from './progress.mjs';

/**
 * The environment for an npm that works in another folder: `npm start` hands its own settings down
 * as variables, and this repository's `ignore-scripts` or prefix must not reach the other install.
 */
function cleanEnvironment(extra) {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^npm_(package|lifecycle|config_(local_prefix|ignore_scripts|prefix)$)/.test(name),
	);
	return { ...Object.fromEntries(inherited), ...extra };
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
		env: cleanEnvironment(env),
		shell: process.platform === 'win32',
	});
	if (code !== 0)
		throw new Error(`npm ${args.join(' ')} ended with code ${code}:\n${lastLines(output)}`);
	return output;
}
