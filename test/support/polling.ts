import type { PollContext } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData, Workflow } from 'n8n-workflow';

import type { Damage, Json } from './damage';
import { type Credential, engine, major } from './harness';
import { hostData, triggerWorkflow } from './triggerWorkflow';

/**
 * How n8n keeps the state between polls.
 *
 * `memory`: 1.x, and 2.x by default. The workflow stays in memory; its state goes to the database when events are emitted
 * and at activation. `scheduler`: every poll gets a workflow fresh from the database, so what a poll without events
 * stored is lost. `cursors`: every poll gets a copy of the stored state, which is committed with the execution, or alone.
 */
export type Storage = 'memory' | 'scheduler' | 'cursors';

/** The ways that the engine under test has. */
export const storages: readonly Storage[] =
	major === 1 ? ['memory'] : ['memory', 'scheduler', 'cursors'];

/** Where an n8n dies during a poll with events. */
export type Crash = 'before anything' | 'after the state' | 'after the execution';

type Row = Record<string, unknown>;
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** One workflow with the trigger in an n8n: its database, and what runs in memory. */
export class Polling {
	/** Items of each execution row, oldest first. */
	readonly executions: IDataObject[][] = [];
	/** Messages of failed polls. */
	readonly refusals: string[] = [];
	private staticData: Row = {};
	private cursor: Row | undefined;
	private running: Workflow | undefined;

	constructor(
		public credential: Credential,
		public parameters: IDataObject,
		readonly storage: Storage,
	) {}

	/** All events of all executions. */
	get events(): IDataObject[] {
		return this.executions.flat();
	}

	/** Characters of the stored state. */
	get stateSize(): number {
		return JSON.stringify(this.cursor ?? this.staticData).length;
	}

	/** A copy of the database's state, to go back to. */
	backup(): () => void {
		const [staticData, cursor] = [copy(this.staticData), this.cursor && copy(this.cursor)];
		return () => {
			[this.staticData, this.cursor, this.running] = [staticData, cursor, undefined];
		};
	}

	/** Changes what is stored, as a faulty disk, an editor or another version of the package does; n8n starts again. */
	damage(change: Damage): void {
		const kept = this.cursor ?? (this.staticData['node:Trigger'] as Row);
		kept.snapshot = change(kept.snapshot as Json);
		this.running = undefined;
	}

	/** Activates the workflow, also again after a stop, which polls at once. */
	async activate(): Promise<IDataObject[]> {
		this.running = await this.load();
		const events = await this.tick(this.running, true);
		this.save(this.running);
		return events;
	}

	/** A scheduled poll. Returns its events; a failed one throws what n8n would show. */
	async poll(crash?: Crash): Promise<IDataObject[]> {
		const workflow =
			this.storage === 'memory' ? (this.running ??= await this.load()) : await this.load();
		const events = await this.tick(workflow, false, crash);
		if (crash) this.running = undefined;
		return events;
	}

	/** The editor's "Fetch Test Event". */
	async fetchTestEvent(): Promise<IDataObject[]> {
		const { core } = await engine();
		const workflow = await this.load();
		const node = workflow.getNode('Trigger')!;
		const context = new core.PollContext(
			workflow,
			node,
			(await hostData(this.credential)) as never,
			'manual',
			'manual',
		);
		return jsonOf(await this.run(context));
	}

	private async load(): Promise<Workflow> {
		const about = { name: 'Trigger', parameters: this.parameters };
		const { workflow } = await triggerWorkflow('liveKitSipTrigger', about, copy(this.staticData));
		return workflow;
	}

	private async run(context: PollContext): Promise<INodeExecutionData[][] | null> {
		const { workflow, loader } = await engine();
		const { poll } = workflow.NodeHelpers.getVersionedNodeType(
			loader.getNode('liveKitSipTrigger').type,
		);
		return await poll!.call(context as never);
	}

	private save(workflow: Workflow): void {
		if (Reflect.get(workflow.staticData, '__dataChanged') !== true) return;
		this.staticData = copy(workflow.staticData as Row);
		Reflect.set(workflow.staticData, '__dataChanged', false);
	}

	private async tick(
		workflow: Workflow,
		activation: boolean,
		crash?: Crash,
	): Promise<IDataObject[]> {
		const { core } = await engine();
		const node = workflow.getNode('Trigger')!;
		const data = (await hostData(this.credential)) as never;
		const failures: Error[] = [];
		const before = this.executions.length;
		let staged: Row = {};
		const emit = (items: INodeExecutionData[][]) => {
			if (crash === 'before anything') return;
			const together = this.storage === 'cursors';
			if (together || crash !== 'after the execution') this.keep(workflow, staged);
			if (together || crash !== 'after the state') this.executions.push(jsonOf(items));
		};
		const commit = async () => {
			if (this.storage === 'cursors' && !crash) this.cursor = copy(staged);
		};
		const stage = async (poll: () => Promise<void>) => {
			staged = copy((this.cursor ??= copy(workflow.getStaticData('node', node) as Row)));
			await poll();
		};
		const parts: unknown[] = [
			workflow,
			node,
			data,
			'trigger',
			activation ? 'activate' : 'update',
			emit,
			(error: Error) => failures.push(error),
		];
		if (this.storage === 'cursors') parts.push(commit, stage, () => staged);
		const context: PollContext = Reflect.construct(core.PollContext, parts);
		await this.executor(workflow, node, context, activation);
		if (failures.length > 0) {
			this.refusals.push(failures[0].message);
			throw failures[0];
		}
		return this.executions.slice(before).flat();
	}

	private keep(workflow: Workflow, staged: Row): void {
		if (this.storage === 'cursors') this.cursor = copy(staged);
		else this.save(workflow);
	}

	// 2.x: n8n's own executor. 1.x has these lines inside ActiveWorkflows, with the cron job around them.
	private async executor(
		workflow: Workflow,
		node: INode,
		context: PollContext,
		activation: boolean,
	): Promise<void> {
		const { core, container } = await engine();
		if (major === 2) {
			await container
				.get(core.PollTriggerExecutor)
				.create(workflow, node, context as never, () => true)(activation);
			return;
		}
		try {
			const items = await this.run(context);
			if (items !== null) context.__emit(items);
		} catch (error) {
			if (activation || !(error instanceof Error)) throw error;
			context.__emitError(error);
		}
	}
}

function jsonOf(items: INodeExecutionData[][] | null): IDataObject[] {
	return copy((items ?? []).flat().map(({ json }) => json));
}
