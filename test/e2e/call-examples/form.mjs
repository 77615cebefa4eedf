import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureN8n } from '../../../local/n8n/install.mjs';
import { until } from '../until.mjs';

/** The library that n8n itself reads and writes sheets with. @param {string} version of n8n */
export async function sheetLibrary(version) {
	const { folder } = await ensureN8n(version);
	const ofNodes = createRequire(join(folder, 'node_modules', 'n8n-nodes-base', 'package.json'));
	return ofNodes(version.startsWith('1.') ? 'xlsx' : '@e965/xlsx');
}

/**
 * Fills a form of n8n in and sends it as its page does, then waits as the page does for the form's ending.
 *
 * @param {string} form address of the form
 * @param {(string | File)[]} values of its fields, in their order
 * @returns {Promise<string>} address of the last page, which shows how it ended
 */
export async function submit(form, values) {
	const body = new FormData();
	values.forEach((value, index) => body.append(`field-${index}`, value));
	const answer = await fetch(form, { method: 'POST', body });
	const text = await answer.text();
	if (!answer.ok) throw new Error(`The form answered ${answer.status}: ${text.slice(0, 500)}`);
	const { formWaitingUrl } = JSON.parse(text);
	const asked = new URL(formWaitingUrl);
	asked.pathname += '/n8n-execution-status';
	await until('the form has its last page', async () => {
		const status = (await (await fetch(asked)).text()).trim();
		if (['error', 'crashed', 'canceled'].includes(status))
			throw new Error(`The execution behind the form ended with ${status}.`);
		return status === 'form-waiting';
	});
	return formWaitingUrl;
}

/**
 * The file that the last page of a form saves, as the script of that page reads it. Then resumes the execution, as the page does.
 *
 * @param {string} page
 * @returns {Promise<{fileName: string, bytes: Buffer}>}
 */
export async function download(page) {
	const html = await (await fetch(page)).text();
	const [, coded] = /decodeURIComponent\("([^"]*)"\)/.exec(html) ?? [];
	if (!coded) throw new Error(`The page saves no file: ${html.slice(-1500)}`);
	const [{ fileName, data }] = [JSON.parse(decodeURIComponent(coded))].flat();
	await fetch(page, { method: 'POST' });
	return { fileName, bytes: Buffer.from(data.data ?? data, 'latin1') };
}
