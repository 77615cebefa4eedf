// Deliveries as a real LiveKit makes them.
import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repoRoot } from '../../../local/n8n/paths.mjs';

/** Key and secret of the real LiveKits of the tests. */
export const signer = {
	apiKey: 'devkey',
	apiSecret: 'secret-of-at-least-32-characters-long',
};

/**
 * The part of a livekit-server's configuration that sends its webhooks to these URLs.
 *
 * @param {string[]} urls
 * @param {string} [patience] how long an event may wait for its turn, LiveKit's 30 seconds by default: on a busy machine
 *   n8n may take longer for those before it
 */
export function webhookConfig(urls, patience = '10m') {
	const list = urls.map((url) => `"${url}"`).join(', ');
	return `webhook: {api_key: ${signer.apiKey}, urls: [${list}], resource_url_notifier: {max_age: ${patience}}}`;
}

/** The bodies that a real LiveKit sent, in the order in which they came. */
export async function recordedBodies() {
	const lines = await readFile(join(repoRoot, 'test', 'support', 'webhooks.jsonl'), 'utf8');
	return lines
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line).raw);
}

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as LiveKit makes it for a body. */
export function tokenFor(body, { apiKey, apiSecret } = signer) {
	const seconds = Math.floor(Date.now() / 1000);
	const sha256 = createHash('sha256').update(body).digest('base64');
	const claims = { iss: apiKey, nbf: seconds, exp: seconds + 300, sha256 };
	const text = `${part({ alg: 'HS256' })}.${part(claims)}`;
	return `${text}.${createHmac('sha256', apiSecret).update(text).digest('base64url')}`;
}

/** Delivers a body once. */
export async function post(url, body, authorization = tokenFor(body)) {
	const headers = { 'content-type': 'application/webhook+json', authorization };
	const response = await fetch(url, { method: 'POST', headers, body });
	return { status: response.status, text: await response.text() };
}
