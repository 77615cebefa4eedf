/** @type {import('jest').Config} */
const shared = {
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: {
		'^.+\\.[jt]s$': [
			'@swc/jest',
			{
				swcrc: false,
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	// These packages ship ES modules only, and jest's require cannot load those.
	transformIgnorePatterns: [
		'/node_modules/(?!(jose|livekit-server-sdk|camelcase-keys|map-obj|quick-lru|camelcase)/)',
	],
};

/** The engine tests, on the engine of one major of n8n. */
const onEngineOf = (n8nMajor, ignored) => ({
	...shared,
	displayName: `engine-${n8nMajor}x`,
	testMatch: [
		'<rootDir>/test/engine/*.test.ts',
		...ignored.map((name) => `!**/test/engine/${name}.test.ts`),
	],
	testEnvironment: '<rootDir>/test/support/engineEnvironment.ts',
	testEnvironmentOptions: { n8nMajor },
	globalSetup: '<rootDir>/test/support/buildFirst.mjs',
});

/** What these look at is the package's alone, whichever engine runs it. */
const onNewestOnly = ['lists', 'schema', 'trigger-example', 'trigger-history'];

module.exports = {
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/**/*.test.ts', '!**/test/engine/**'],
			testEnvironment: 'node',
		},
		onEngineOf(2, []),
		onEngineOf(1, onNewestOnly),
	],
	maxWorkers: 2,
	// Node takes some 400 ms to give the memory of two engines back, and jest's 500 are not enough on a busy machine.
	workerGracefulExitTimeout: 10_000,
	// Says that a test hangs. On a busy machine all of them take longer.
	testTimeout: 60_000,
};
