// A headless Chromium that reaches this machine only, signed in to n8n's editor.
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, selectors } from 'playwright-core';
import { childEnvironment } from '../../../local/child.mjs';
import { owner } from './stage.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	// What the editor would fetch from n8n's own servers does not leave this machine.
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** A busy machine with two cores takes its time to draw. */
export const patienceMs = 120_000;

/**
 * The Chromium of this machine: `CHROMIUM_BIN`, or one on the PATH.
 *
 * @returns {Promise<string | undefined>} absolute path, undefined when there is none
 */
export async function findChromium() {
	const onPath = (process.env.PATH ?? '')
		.split(delimiter)
		.flatMap((folder) => names.map((name) => join(folder, name)));
	for (const file of [process.env.CHROMIUM_BIN, ...onPath].filter(Boolean)) {
		const found = await access(file, constants.X_OK).then(
			() => true,
			() => false,
		);
		if (found) return file;
	}
	return undefined;
}

/**
 * Opens the editor and signs in.
 *
 * @param {{executable: string, url: string, ending: (() => Promise<void>)[]}} options url: of n8n; ending: gets what has to be
 *   closed at the end
 * @returns {Promise<import('playwright-core').Page>}
 */
export async function openEditor({ executable, url, ending }) {
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({
		executablePath: executable,
		args: flags,
		env: childEnvironment(),
	});
	ending.push(async () => await browser.close());
	const page = await browser.newPage({ baseURL: url, viewport: { width: 1400, height: 1300 } });
	page.setDefaultTimeout(patienceMs);
	await page.goto('/signin');
	await page.locator('input[name=emailOrLdapLoginId]').fill(owner.email);
	await page.locator('input[type=password]').fill(owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((address) => !address.pathname.includes('signin'));
	return page;
}
