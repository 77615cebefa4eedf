import { cpSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as NCore from 'n8n-core';
import type * as NWorkflow from 'n8n-workflow';

type Core = typeof NCore;
type Loader = InstanceType<Core['PackageDirectoryLoader']>;

/** Majors of n8n whose engine the tests can run. */
export type Major = 1 | 2;

/** n8n's engine of one major, loaded by Node itself. */
interface LoadedCore {
	readonly major: Major;
	readonly core: Core;
	readonly workflow: typeof NWorkflow;
	readonly instance: object;
	/** The engine's services, by class. */
	readonly container: { get<T>(type: abstract new (...parameters: never[]) => T): T };
	/** A module as the engine sees it: a package it uses, or with `./` a file beside its `index.js`. */
	readonly inside: (name: string) => unknown;
	/** Where n8n's logger writes, on its most talkative level. */
	readonly logFile: string;
	/** What n8n and the package print goes through these; jest hands copies of them to tests. */
	readonly streams: readonly NodeJS.WriteStream[];
}

/** n8n's engine with the built package in it. */
export interface Engine extends LoadedCore {
	readonly loader: Loader;
}

const repository = join(__dirname, '..', '..');
const bundle = join(repository, 'dist', 'nodes', 'LiveKitSip', 'LiveKitSip.node.js');
/** Folders whose node_modules hold the engines. */
const coreFolders: Record<Major, string> = {
	1: join(repository, 'test', 'engine', 'core-1x'),
	2: repository,
};

/** Log file of the engines in this process, if one is loaded already. */
let logOfProcess: string | undefined;
const cores = new Map<Major, LoadedCore>();
const packages = new Map<Major, { readonly built: number; readonly loader: Loader }>();

/** A new folder, which goes with the process. */
function makeFolder(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), name));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Tells n8n-core where to keep its settings and its log, away from the developer's own; gives the log file. */
function prepareEnvironment(): string {
	const userFolder = makeFolder('n8n-engine-');
	const logFile = join(userFolder, 'n8n.log');
	Object.assign(process.env, {
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: 'engine-tests',
		N8N_LOG_LEVEL: 'debug',
		N8N_LOG_OUTPUT: 'file',
		N8N_LOG_FILE_LOCATION: logFile,
	});
	return logFile;
}

/** n8n 1.x looks for idle SSH clients once a minute, which would keep the process alive. Nothing here opens any. */
function endSshClients(inside: LoadedCore['inside'], container: LoadedCore['container']): void {
	const { SSHClientsManager } = inside('./execution-engine/ssh-clients-manager') as {
		SSHClientsManager: new () => { onShutdown(): void };
	};
	container.get(SSHClientsManager).onShutdown();
}

function loadCore(major: Major): LoadedCore {
	const logFile = (logOfProcess ??= prepareEnvironment());
	const load = createRequire(join(coreFolders[major], 'package.json'));
	const inside = createRequire(load.resolve('n8n-core'));
	load('reflect-metadata');
	const core = load('n8n-core') as Core;
	// npm may have put more than one copy of it there; the engine's own counts.
	const { Container } = inside('@n8n/di') as { Container: LoadedCore['container'] };
	endSshClients(inside, Container);
	return {
		major,
		core,
		workflow: load('n8n-workflow') as typeof NWorkflow,
		instance: Container.get(core.InstanceSettings),
		container: Container,
		inside,
		logFile,
		streams: [process.stdout, process.stderr],
	};
}

/** The built package where it finds the engine's own n8n-workflow, as it does inside n8n. */
function packageFolder(major: Major): string {
	if (major === 2) return repository;
	const folder = makeFolder('n8n-engine-package-');
	for (const name of ['dist', 'package.json'])
		cpSync(join(repository, name), join(folder, name), { recursive: true });
	symlinkSync(join(coreFolders[major], 'node_modules'), join(folder, 'node_modules'), 'junction');
	return folder;
}

async function loadPackage(major: Major, core: Core): Promise<Loader> {
	const folder = packageFolder(major);
	const { cache } = createRequire(join(folder, 'package.json'));
	const earlier = Object.keys(cache).filter((file) => file.startsWith(join(folder, 'dist')));
	for (const file of earlier) Reflect.deleteProperty(cache, file);
	const loader = new core.PackageDirectoryLoader(folder);
	await loader.loadAll();
	return loader;
}

/**
 * The engine with the built package in it. A process loads each engine once, and the package again when it was built
 * anew in the meantime, as it is under `jest --watch`.
 *
 * @throws when the package is not built
 */
export async function loadEngine(major: Major): Promise<Engine> {
	const built = statSync(bundle).mtimeMs;
	const parts = cores.get(major) ?? loadCore(major);
	cores.set(major, parts);
	let found = packages.get(major);
	if (found?.built !== built) {
		found = { built, loader: await loadPackage(major, parts.core) };
		packages.set(major, found);
	}
	return { ...parts, loader: found.loader };
}
