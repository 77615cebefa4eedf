/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
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
	maxWorkers: 2,
	testTimeout: 20_000,
};
