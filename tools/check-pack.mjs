// What is published holds what runs, and nothing else.
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { report, withPack } from './pack.mjs';

// The numbering plans of libphonenumber are more than half of it: two nodes hold them, as n8n loads each node's file alone.
const LARGEST_BYTES = 420 * 1024;
const ALLOWED = [
	/^(package\.json|README\.md|LICENSE\.md|CHANGELOG\.md)$/,
	/^dist\/THIRD_PARTY_LICENSES\.txt$/,
	/^dist\/icons\/[\w.-]+\.svg$/,
	/^dist\/credentials\/\w+\.credentials\.js$/,
	/^dist\/nodes\/\w+\/\w+\.node\.(js|json)$/,
	/^dist\/nodes\/\w+\/__schema__\/v[\d.]+\/\w+\/\w+\.json$/,
];
const NEEDED = ['package.json', 'README.md', 'LICENSE.md', 'dist/THIRD_PARTY_LICENSES.txt'];

const listed = (paths) => (paths.length > 0 ? paths.join('\n') : undefined);
const exists = (path) =>
	access(path).then(
		() => true,
		() => false,
	);

async function absent(folder, paths) {
	const found = await Promise.all(paths.map((path) => exists(join(folder, path))));
	return listed(paths.filter((_, index) => !found[index]));
}

/** As n8n's loader does it: `new (require(path).Class)()`, where the class has the name of the file. */
function loadFault(folder, path) {
	const [className] = path.split('/').at(-1).split('.');
	try {
		const { [className]: Class } = createRequire(join(folder, path))(join(folder, path));
		return new Class().description || new Class().properties
			? undefined
			: `${path}: neither node nor credential`;
	} catch (cause) {
		return `${path}: ${cause.message}`;
	}
}

async function iconsOf(folder, files) {
	const sources = await Promise.all(files.map(({ path }) => readFile(join(folder, path), 'utf8')));
	const icons = sources.flatMap((source) =>
		[...source.matchAll(/file:[./]+icons\/([\w.-]+)/g)].map(([, icon]) => icon),
	);
	return await absent(
		folder,
		[...new Set(icons)].map((icon) => `dist/icons/${icon}`),
	);
}

async function checksOf({ folder, size, files }) {
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const entries = [...manifest.n8n.credentials, ...manifest.n8n.nodes];
	const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
	const code = files.filter(({ path }) => path.endsWith('.js'));
	return [
		{
			name: `${files.length} files, each of a kind that runs`,
			fault: listed(
				files.map(({ path }) => path).filter((path) => !ALLOWED.some((kind) => kind.test(path))),
			),
		},
		{
			name: `${(size / 1024).toFixed(1)} KB packed, less than ${LARGEST_BYTES / 1024}`,
			fault: size < LARGEST_BYTES ? undefined : `${size} bytes`,
		},
		{ name: 'documents', fault: await absent(folder, NEEDED) },
		{
			name: "entries of the package's n8n key",
			fault: await absent(folder, [manifest.main, ...entries]),
		},
		{
			name: 'entries load, with n8n-workflow alone',
			fault: listed(entries.map((path) => loadFault(folder, path)).filter(Boolean)),
		},
		{
			name: 'codex of each node',
			fault: await absent(
				folder,
				manifest.n8n.nodes.map((path) => `${path}on`),
			),
		},
		{ name: 'icons', fault: await iconsOf(folder, code) },
		{ name: 'no dependencies', fault: listed(dependencies) },
	];
}

report(await withPack(checksOf));
