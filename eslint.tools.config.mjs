// For what is not shipped. What is shipped goes by n8n's own template, eslint.config.mjs, which has to stay as it is.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

// The same typescript-eslint as n8n's template, so that one version judges the whole repository.
const fromNodeCli = createRequire(fileURLToPath(import.meta.resolve('@n8n/node-cli/eslint')));
const js = fromNodeCli('@eslint/js');
const tseslint = fromNodeCli('typescript-eslint');

const nodeGlobals = [
	'AbortController',
	'AbortSignal',
	'Buffer',
	'Response',
	'TextDecoder',
	'TextEncoder',
	'URL',
	'URLSearchParams',
	'clearInterval',
	'clearTimeout',
	'console',
	'crypto',
	'FormData',
	'fetch',
	'performance',
	'process',
	'queueMicrotask',
	'setImmediate',
	'setInterval',
	'setTimeout',
	'structuredClone',
];
const commonJsGlobals = ['__dirname', '__filename', 'exports', 'module', 'require'];
const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default tseslint.config(
	{ ignores: ['dist/', 'node_modules/', 'coverage/', '.engine/', '.e2e/'] },
	js.configs.recommended,
	...tseslint.configs.recommended,
	...tseslint.configs.stylistic,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
		languageOptions: { globals: readonly(nodeGlobals) },
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			'@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-non-null-assertion': 'off',
			eqeqeq: 'error',
			'no-var': 'error',
			'prefer-const': 'error',
		},
	},
	{
		files: ['local/**', 'test/e2e/**'],
		ignores: ['local/child.mjs'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ name: 'node:child_process', message: 'Import local/child.mjs: children see no secrets.' },
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: "SpreadElement > MemberExpression[object.name='process'][property.name='env']",
					message: 'Use childEnvironment of local/child.mjs: children see no secrets.',
				},
			],
		},
	},
	{
		files: ['test/**/*.test.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ name: 'fast-check', message: 'Import test/support/fastCheck.ts, which has the seed.' },
			],
		},
	},
	{
		files: ['**/*.js', '**/*.cjs'],
		languageOptions: { sourceType: 'commonjs', globals: readonly(commonJsGlobals) },
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
);
