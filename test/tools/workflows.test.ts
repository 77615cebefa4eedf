import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { repository } from './node';

interface Step {
	readonly uses?: string;
	readonly run?: string;
	readonly with?: Readonly<Record<string, unknown>>;
	readonly env?: Readonly<Record<string, string>>;
}
interface Job {
	readonly uses?: string;
	readonly needs?: string;
	readonly environment?: string;
	readonly permissions?: Readonly<Record<string, string>>;
	readonly steps?: readonly Step[];
	readonly secrets?: unknown;
}
interface Workflow {
	readonly on: Readonly<Record<string, unknown>>;
	readonly permissions?: Readonly<Record<string, string>>;
	readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(repository, '.github', 'workflows');
const names = readdirSync(folder);
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const workflows = names.map((name) => ({ ...(parse(textOf(name)) as Workflow), name }));
const jobs = workflows.flatMap(({ name, permissions, jobs: ofOne }) =>
	Object.entries(ofOne).map(([job, content]) => ({
		id: `${name} ${job}`,
		permissions: content.permissions ?? permissions,
		steps: content.steps ?? [],
		content,
	})),
);
const publishing = jobs.find(({ id }) => id === 'publish.yml publish')!;
const steps = jobs.flatMap(({ id, steps: ofOne }) => ofOne.map((step) => ({ id, ...step })));

test('there are workflows, and all files are workflows', () => {
	expect(names).toEqual(expect.arrayContaining(['ci.yml', 'publish.yml']));
	expect(names.filter((name) => !/\.ya?ml$/.test(name))).toEqual([]);
});

test('each action is pinned to a commit, with its version beside it, and to the same one everywhere', () => {
	const lines = names.flatMap((name) => textOf(name).match(/^.*\buses:.*$/gm) ?? []);
	const used = [...jobs.map(({ content }) => content.uses), ...steps.map(({ uses }) => uses)];
	expect(lines).toHaveLength(used.filter(Boolean).length);
	const foreign = lines.filter((line) => !/uses: \.\//.test(line)).map((line) => line.trim());
	const pinned = /^(?:- )?uses: ([\w-]+\/[\w./-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$/;
	expect(foreign.filter((line) => !pinned.test(line))).toEqual([]);
	const actions = foreign.map((line) => pinned.exec(line)!);
	const commits = new Set(actions.map(([, action, commit]) => `${action}@${commit}`));
	expect(commits.size).toBe(new Set(actions.map(([, action]) => action)).size);
});

test('no checkout leaves its token behind', () => {
	const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
	expect(checkouts.length).toBeGreaterThan(0);
	for (const { with: settings } of checkouts)
		expect(settings).toMatchObject({ 'persist-credentials': false });
});

test('one job alone may prove who it is, and none may write anything else', () => {
	const granted = jobs.flatMap(({ id, permissions }) =>
		// Without permissions a job has those of the repository's settings.
		Object.entries(permissions ?? { everything: 'write' })
			.filter(([name, right]) => `${name}: ${right}` !== 'contents: read')
			.map(([name, right]) => `${id} ${name}: ${right}`),
	);
	expect(granted).toEqual(['publish.yml publish id-token: write']);
});

test('nobody from outside starts a workflow that has rights', () => {
	const triggers = workflows.flatMap(({ name, on }) =>
		Object.keys(on).map((key) => `${name} ${key}`),
	);
	expect(triggers.sort()).toEqual([
		'ci.yml pull_request',
		'ci.yml push',
		'ci.yml workflow_call',
		'publish.yml push',
	]);
});

test('the job that publishes runs no code of the repository or of its packages, and asks a person', () => {
	expect(publishing.content.environment).toBe('npm');
	expect(publishing.steps.map(({ uses }) => uses?.split('@')[0])).toEqual([
		'actions/setup-node',
		'actions/download-artifact',
		undefined,
	]);
	const commands = publishing.steps.flatMap(
		({ run }) => run?.match(/\b(npm|npx|node|yarn|pnpm)\b[^|;)\n]*/g) ?? [],
	);
	expect(commands.map((command) => command.trim())).toEqual([
		'npm config get registry',
		'npm publish ./packed/*.tgz --ignore-scripts --access public',
	]);
	// A cache is written by other jobs.
	expect(publishing.steps[0].with).toEqual({ 'node-version': 24, 'package-manager-cache': false });
});

test('what is published is what the job before it has packed', () => {
	const build = jobs.find(({ id }) => id === `publish.yml ${publishing.content.needs}`)!;
	const artifacts = (job: typeof build, action: string) =>
		job.steps.filter(({ uses }) => uses?.includes(`/${action}@`)).map((step) => step.with?.name);
	expect(artifacts(build, 'upload-artifact')).toEqual(artifacts(publishing, 'download-artifact'));
	expect(build.content.needs).toBe('check');
});

test('no job but that one sees a secret', () => {
	const withSecrets = jobs.filter(
		({ content }) => JSON.stringify(content).includes('secrets.') || content.secrets !== undefined,
	);
	expect(withSecrets.map(({ id }) => id)).toEqual(['publish.yml publish']);
});

test('what others can name (a branch, a title) does not become part of a script', () => {
	expect(
		steps.filter(({ run }) => run?.includes('${{')).map(({ id, run }) => `${id}: ${run}`),
	).toEqual([]);
});

test('no install runs scripts of packages', () => {
	const installs = steps.filter(({ run }) => /\bnpm (ci|i|install)\b/.test(run ?? ''));
	expect(installs.length).toBeGreaterThan(0);
	for (const { run } of installs) expect(run).toContain('--ignore-scripts');
});
