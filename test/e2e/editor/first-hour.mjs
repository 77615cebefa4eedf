// What the first hour takes: a German list called with call-list.json as it is, and one call from an empty canvas. The clicks and
// values are counted, and may not become more.
import { readFile } from 'node:fs/promises';
import { call } from '../../../local/n8n/sip.mjs';
import { sheetLibrary } from '../call-examples/form.mjs';
import { example } from '../campaign/template.mjs';
import { same } from '../checks.mjs';
import { Panel } from './panel.mjs';
import { Person } from './person.mjs';

const trunk = {
	name: 'n8n quickstart outbound',
	address: 'sip.example.com',
	numbers: ['+12025550101'],
};
/** As German Excel saves a list: a mark, semicolons, numbers as people write them. */
const list = [
	'Kundennummer;Name;Telefon;Firma',
	'301234567;Jürgen Müller;0151 12345678;Groß & Söhne, Köln',
	'301234568;Änne Weiß;(030) 9018-0486;',
	'301234569;Max Mustermann;+49 89 1234 0404;"Bäcker; Konditor"',
	'',
].join('\r\n');
const file = { name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${list}`) };
const callee = '+4915112345678';

/** Says what it took, and fails if that is more than the goal. */
function within(label, person, goal) {
	const { clicks, values, seconds } = person;
	console.log(`  ${label}: ${clicks} clicks, ${values} values, ${seconds} s`);
	if (clicks > goal.clicks || values > goal.values)
		throw new Error(`The goal is ${goal.clicks} clicks and ${goal.values} values.`);
}

/** Stores an example under an ID of its own: another part may have stored it too. Returns the ID. */
export async function storeExample(n8n, workflow) {
	const { id } = await n8n.rest.request('POST', '/workflows', { ...workflow, id: undefined });
	return id;
}

/** Calls the list as a person does: the rows of the sheet that comes back. */
export async function callList(person, { page, version }, whatToDo) {
	await page.goto('/home/workflows');
	await person.click(
		page.getByTestId('workflow-card-name').filter({ hasText: '3 - Call a list' }).first(),
	);
	const form = await person.opens(page, page.getByTestId('execute-workflow-button'));
	await person.upload(form, form.locator('input[type=file]'), file);
	await person.select(form.locator('select'), 'DE Germany');
	if (whatToDo) await person.click(form.getByText(whatToDo, { exact: true }));
	const [download] = await Promise.all([
		form.waitForEvent('download'),
		person.click(form.getByRole('button', { name: 'Start' })),
	]);
	const sheets = await sheetLibrary(version);
	same(download.suggestedFilename(), 'results.xlsx');
	const { Sheets } = sheets.read(await readFile(await download.path()));
	await form.close();
	return sheets.utils.sheet_to_json(Sheets.Results, { defval: '' });
}

async function callOnce(person, { page }, number) {
	await page.goto('/workflow/new');
	const item = (name) => page.getByTestId('node-creator-item-name').filter({ hasText: name });
	await person.click(page.getByTestId('canvas-plus-button').first());
	await page.getByTestId('node-creator-search-bar').waitFor();
	await person.type(page, 'phone call');
	await person.click(item(/^LiveKit SIP$/));
	await person.click(page.getByText(/^Actions \(\d+\)$/));
	await person.click(item(/^Make a call$/));
	const panel = new Panel(page);
	await panel.ready('trunk');
	await person.click(panel.field('trunk').getByTestId('rlc-input-container'));
	await person.click(
		page.locator('[data-test-id=rlc-item]:visible').filter({ hasText: trunk.name }),
	);
	await person.click(panel.field('callTo').locator('input'));
	await person.type(page, number);
	person.clicks += 1;
	return await panel.execute((row) => 'outcome' in row);
}

export async function checkFirstHour(checks, stage) {
	const { n8n, livekit, credentials, version } = stage;
	const label = `n8n ${version}`;
	Object.assign(livekit.options, { agents: 'any', hangUpAfterMs: 1000 });
	await call(livekit, 'CreateSIPOutboundTrunk', { trunk });
	await storeExample(n8n, await example('call-list.json', credentials));
	const dialled = () => livekit.dials().map(({ number }) => number);

	await checks.run(`${label}: a German list is called, and gives a sheet`, async () => {
		const before = dialled().length;
		const person = new Person();
		const rows = await callList(person, stage, 'Call everybody');
		same(
			rows.map(({ Name, outcome }) => [Name, outcome]),
			[
				['Jürgen Müller', 'answered'],
				['Änne Weiß', 'busy'],
				['Max Mustermann', 'invalid_number'],
			],
		);
		same(dialled().length, before + 3);
		within(`${label}, the list`, person, { clicks: 8, values: 4 });
	});
	await checks.run(`${label}: the same list is checked first, and nobody is called`, async () => {
		const before = dialled().length;
		const person = new Person();
		const rows = await callList(person, stage);
		same(
			rows.map(({ outcome }) => outcome),
			['skipped', 'skipped', 'skipped'],
		);
		same(dialled().length, before);
		within(`${label}, the check`, person, { clicks: 7, values: 4 });
	});
	await checks.run(`${label}: one call is made from an empty canvas`, async () => {
		const person = new Person();
		const { outcome, called_number } = await callOnce(person, stage, callee);
		same([outcome, called_number], ['answered', callee]);
		within(`${label}, one call`, person, { clicks: 8, values: 3 });
	});
}
