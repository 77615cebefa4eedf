import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';

import { type Engine, loadEngine, type Major } from './engine';

declare global {
	/** n8n's engine, if jest runs the test in this environment. */
	var n8nEngine: Engine | undefined;
}

/**
 * Remembers the timers that are set from now on. What it gives lets the process end before they fire: a cancelled
 * execution leaves its sleep behind, since n8n 1.x cannot end one.
 */
function watchTimers(): () => void {
	const { setTimeout } = globalThis;
	const timers: NodeJS.Timeout[] = [];
	globalThis.setTimeout = new Proxy(setTimeout, {
		apply(target, self, given: Parameters<typeof setTimeout>) {
			const timer = Reflect.apply(target, self, given);
			timers.push(timer);
			return timer;
		},
	});
	return () => {
		globalThis.setTimeout = setTimeout;
		for (const timer of timers) timer.unref();
	};
}

/**
 * Where jest runs the engine tests: Node itself loads n8n's engine, once per process, and each test file gets it as
 * `globalThis.n8nEngine`. Inside of jest's own module registry each file would load it again, which takes seconds.
 * `testEnvironmentOptions.n8nMajor` says which n8n it is of.
 */
export default class EngineEnvironment extends TestEnvironment {
	private readonly major: Major;
	private letGoOfTimers: (() => void) | undefined;

	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		this.major = config.projectConfig.testEnvironmentOptions.n8nMajor as Major;
	}

	override async setup(): Promise<void> {
		await super.setup();
		this.letGoOfTimers = watchTimers();
		this.global.n8nEngine = await loadEngine(this.major);
	}

	override async teardown(): Promise<void> {
		await super.teardown();
		this.letGoOfTimers?.();
	}
}
