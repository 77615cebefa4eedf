import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Folder of the repository. */
export const repository = join(__dirname, '..', '..');

/** How a program of one expression ended: its value, or the message that it threw. */
export type Ending = { readonly value: unknown } | { readonly thrown: string };

/**
 * Runs an expression in a Node of its own, which imports ES modules of the repository as they are.
 *
 * @param imports names by path, such as `{ 'local/child.mjs': 'run' }`
 * @param expression may await
 * @param environment of that Node, the PATH apart nothing else
 */
export function inNode(
	imports: Readonly<Record<string, string>>,
	expression: string,
	environment: Readonly<Record<string, string>> = {},
): Ending {
	const lines = Object.entries(imports).map(
		([path, names]) => `import { ${names} } from ${JSON.stringify(join(repository, path))};`,
	);
	const script = `${lines.join('\n')}
	const ending = await (async () => ({ value: await (${expression}) }))().catch(({ message }) => ({ thrown: message }));
	process.stdout.write(JSON.stringify(ending));`;
	const { stdout, stderr } = spawnSync(
		process.execPath,
		['--input-type=module', '--eval', script],
		{ encoding: 'utf8', env: { PATH: process.env.PATH, ...environment } },
	);
	if (stdout === '') throw new Error(stderr);
	return JSON.parse(stdout) as Ending;
}
