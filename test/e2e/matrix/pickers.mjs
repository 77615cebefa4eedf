// What the editor asks n8n for: the types of nodes, credential tests, and the entries of each picker of the node and of its
// tool variant.
import { same } from '../checks.mjs';

const nodeName = 'n8n-nodes-livekit-sip.liveKitSip';

/** All pickers of a description, wherever they stand: the name of the parameter and of the search method. */
function pickersOf(properties) {
	return properties.flatMap((property) => {
		const own = (property.modes ?? []).filter(({ typeOptions }) => typeOptions?.searchListMethod);
		const nested = (property.options ?? []).flatMap((option) =>
			pickersOf(option.values ?? (option.type ? [option] : [])),
		);
		return [
			...own.map(({ typeOptions }) => ({
				parameter: property.name,
				method: typeOptions.searchListMethod,
			})),
			...nested,
		];
	});
}

/**
 * The node and its tool variant are offered, and each picker lists and searches what is on the server.
 *
 * @param {import('../checks.mjs').Checks} checks
 * @param {{label: string, rest: import('../../../local/n8n/rest.mjs').N8nRest, types: object[], credential: {id: string, name: string},
 *   expected: Record<string, {all: string[], filter: string, found: string[], parameters?: object}>}} world
 *   expected: per search method the values it has to list, without and with a filter
 */
export async function checkPickers(checks, { label, rest, types, credential, expected }) {
	for (const name of [nodeName, `${nodeName}Tool`]) {
		const type = types.find((candidate) => candidate.name === name);
		const title = `${label}: ${name.slice(name.indexOf('.') + 1)}`;
		await checks.run(`${title} is offered`, () => type !== undefined);
		const pickers = pickersOf(type?.properties ?? []);
		const methods = [...new Set(pickers.map(({ method }) => method))].sort();
		await checks.run(`${title} has the pickers that are tested`, () =>
			same(methods, Object.keys(expected).sort()),
		);
		for (const method of methods.filter((candidate) => expected[candidate])) {
			const { all, filter, found, parameters = {} } = expected[method];
			const { parameter } = pickers.find((picker) => picker.method === method);
			const list = async (text) => {
				const { results } = await rest.request(
					'POST',
					'/dynamic-node-parameters/resource-locator-results',
					{
						path: `parameters.${parameter}`,
						methodName: method,
						nodeTypeAndVersion: { name, version: 1 },
						currentNodeParameters: parameters,
						credentials: { liveKitApi: credential },
						...(text === undefined ? {} : { filter: text }),
					},
				);
				return results.map(({ value }) => value).sort();
			};
			await checks.run(`${title}: ${method} lists all`, async () =>
				same(await list(), [...all].sort()),
			);
			await checks.run(`${title}: ${method} searches`, async () =>
				same(await list(filter), [...found].sort()),
			);
		}
	}
}

/**
 * The credential test with the right data, a wrong secret, a wrong key, and no server.
 *
 * @param {import('../checks.mjs').Checks} checks
 * @param {{label: string, rest: object, credential: {id: string, name: string}, data: {url: string, apiKey: string, apiSecret: string}}} world
 */
export async function checkCredential(checks, { label, rest, credential, data }) {
	const test = async (changes) =>
		await rest.request('POST', '/credentials/test', {
			credentials: { ...credential, type: 'liveKitApi', data: { ...data, ...changes } },
		});
	await checks.run(`${label}: the credential test accepts the credential`, async () =>
		same(await test({}), { status: 'OK', message: 'Connection successful!' }),
	);
	const wrong = {
		'a wrong secret': [{ apiSecret: 'another-secret-of-at-least-32-characters' }, /secret/i],
		'a wrong key': [{ apiKey: 'no-such-key' }, /key/i],
		'a server that is not there': [{ url: 'http://127.0.0.1:9' }, /127\.0\.0\.1:9/],
	};
	for (const [what, [changes, words]] of Object.entries(wrong)) {
		await checks.run(
			`${label}: the credential test names ${what}, without the secret`,
			async () => {
				const { status, message } = await test(changes);
				same(status, 'Error');
				if (!words.test(message)) throw new Error(`It says: ${message}`);
				if (message.includes(data.apiSecret) || message.includes('another-secret'))
					throw new Error('It holds the secret.');
			},
		);
	}
}
