// npm run protocol:update [-- v1.54.0]: LiveKit's newest schema, from its Go module. Needs Go and the network.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { goEnvironment } from '../local/child.mjs';
import { npmEnvironment } from '../local/n8n/npm.mjs';
import { root } from './pack.mjs';

const run = promisify(execFile);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const BUF = '@bufbuild/buf@1.75.0';
const TARGET = join(root, 'local', 'livekit-protocol.binpb');
// The services that the credential knows, and the webhooks. Buf adds what these import.
const FILES = [
	'agent_dispatch',
	'connector',
	'egress',
	'ingress',
	'phone_number',
	'room',
	'sip',
	'webhook',
];

async function downloadModule(version) {
	// Outside of any Go module, so that none is changed.
	const { stdout } = await run(
		'go',
		['mod', 'download', '-json', `github.com/livekit/protocol@${version}`],
		{ cwd: tmpdir(), env: goEnvironment() },
	);
	return JSON.parse(stdout);
}

async function describe(protobufs) {
	const folder = await mkdtemp(join(tmpdir(), 'livekit-protocol-'));
	try {
		const output = join(folder, 'set.binpb');
		const paths = FILES.flatMap((name) => ['--path', join(protobufs, `livekit_${name}.proto`)]);
		const build = [
			'buf',
			'build',
			protobufs,
			'--as-file-descriptor-set',
			'--exclude-source-info',
			...paths,
			'-o',
			output,
		];
		await run(npm, ['exec', '--yes', '--ignore-scripts', `--package=${BUF}`, '--', ...build], {
			cwd: folder,
			env: npmEnvironment({}, false),
		});
		return await readFile(output);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Names of all fields, enum values and methods in a descriptor set. */
function namesIn(bytes) {
	const names = new Set();
	for (const type of createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes))) {
		for (const field of type.fields ?? []) names.add(`${type.typeName}.${field.name}`);
		for (const value of type.values ?? []) names.add(`${type.typeName}.${value.name}`);
		for (const method of type.methods ?? []) names.add(`${type.typeName}/${method.name}`);
	}
	return names;
}

const [version = 'latest'] = process.argv.slice(2);
const { Version: found, Dir: folder } = await downloadModule(version);
const before = await readFile(TARGET);
const after = await describe(join(folder, 'protobufs'));
const [known, now] = [namesIn(before), namesIn(after)];
const added = [...now].filter((name) => !known.has(name));
const removed = [...known].filter((name) => !now.has(name));
await writeFile(TARGET, after);
console.log(
	`local/livekit-protocol.binpb is LiveKit protocol ${found} now, ${before.equals(after) ? 'the same as before' : `${after.length} bytes`}.`,
);
for (const name of added) console.log(`  new   ${name}`);
for (const name of removed) console.log(`  gone  ${name}`);
if (added.length + removed.length > 0) {
	console.log('\nThe contract tests say now what is missing in livekit/schema: npm test');
}
