import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repoRoot } from './paths.mjs';

/** The credential that the example workflows name. */
export const credentialId = 'liveKitQuickstart';
/** `id` in examples/quickstart.json. */
export const quickstartId = 'liveKitQuickstart';
/** `id` in examples/first-call.json, which the start command opens. */
export const firstCallId = 'liveKitFirstCall';

const now = "STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')";

const hashOf = (value) =>
	createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

/** The credential for a server, as `n8n export:credentials --decrypted` would write it. */
function credentialFor({ url, key, secret }) {
	return {
		id: credentialId,
		name: 'LiveKit Quickstart',
		type: 'liveKitApi',
		data: { url, apiKey: key, apiSecret: secret },
	};
}

/** The workflows of examples/, by file name. */
export async function readExamples() {
	const folder = join(repoRoot, 'examples');
	const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
	return await Promise.all(
		names.map(async (name) => [name, JSON.parse(await readFile(join(folder, name), 'utf8'))]),
	);
}

async function importWith(n8n, command, content) {
	const file = join(n8n.userFolder, `${command.replace(':', '-')}.json`);
	try {
		await writeFile(file, JSON.stringify(content), { mode: 0o600 });
		const output = await n8n.cli([command, `--input=${file}`]);
		// n8n's import commands write what went wrong into their log and end with code 0.
		if (!/Successfully imported/.test(output)) throw new Error(`n8n ${command}:\n${output}`);
	} finally {
		await rm(file, { force: true });
	}
}

/**
 * Imports the credential and the example workflows into an n8n that is not running, as far as they are
 * new or changed since `imported`: edits made in the editor survive until the example itself changes.
 *
 * @param {import('./instance.mjs').N8nInstance} n8n
 * @param {{url: string, key: string, secret: string}} server
 * @param {Record<string, string>} imported hashes of what is there, by name
 * @returns {Promise<Record<string, string>>} the hashes afterwards
 */
export async function importContents(n8n, server, imported) {
	const credential = credentialFor(server);
	const credentialHash = hashOf(credential);
	if (imported.credential !== credentialHash)
		await importWith(n8n, 'import:credentials', [credential]);
	const examples = await readExamples();
	const changed = examples.filter(([name, workflow]) => imported[name] !== hashOf(workflow));
	if (changed.length > 0) {
		await importWith(
			n8n,
			'import:workflow',
			changed.map(([, workflow]) => workflow),
		);
	}
	return {
		credential: credentialHash,
		...Object.fromEntries(examples.map(([name, workflow]) => [name, hashOf(workflow)])),
	};
}

/**
 * Enters an unpacked package into the list of installed community packages, as n8n does after an
 * installation (installed-packages.repository.js, saveInstalledPackageWithNodes), so that its settings
 * page shows it. The database has to exist: after an import, for example.
 *
 * @param {import('./instance.mjs').N8nInstance} n8n one that is not running
 * @param {string} name of the package
 */
export async function listAsInstalled(n8n, name) {
	const manifestFile = join(n8n.userFolder, '.n8n', 'nodes', 'node_modules', name, 'package.json');
	const { version, author, n8n: entries } = JSON.parse(await readFile(manifestFile, 'utf8'));
	const require = createRequire(join(repoRoot, 'package.json'));
	const descriptions = entries.nodes.map((file) => {
		const [NodeType] = Object.values(require(join(repoRoot, file)));
		return new NodeType().description;
	});
	await n8n.query([
		['DELETE FROM installed_nodes WHERE package = ?', [name]],
		['DELETE FROM installed_packages WHERE packageName = ?', [name]],
		[
			`INSERT INTO installed_packages (packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt)
			VALUES (?, ?, ?, ?, ${now}, ${now})`,
			[name, version, author?.name ?? null, author?.email ?? null],
		],
		...descriptions.map((description) => [
			'INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)',
			[
				description.displayName,
				`${name}.${description.name}`,
				[description.version].flat().at(-1),
				name,
			],
		]),
	]);
}
