// examples/call-list.json in a browser's place: the form, its upload, the sheet that comes back.
import { File } from 'node:buffer';
import { same } from '../checks.mjs';
import { until } from '../until.mjs';
import { download, sheetLibrary, submit } from './form.mjs';

const id = 'liveKitCallList';
const germany = 'DE Germany';
const [check, call] = ['Only check (call nobody)', 'Call everybody'];

/** As German Excel saves "CSV UTF-8": a mark, semicolons, numbers as people write them, one of them twice, one missing. */
const german = [
	'Kundennummer;Name;Telefon;Firma',
	'301234567;Jürgen Müller;0151 12345678;Groß & Söhne, Köln',
	'301234568;Änne Weiß;(030) 9018-0486;',
	'301234569;Max Mustermann;+49 89 1234 0404;"Bäcker; Konditor"',
	'301234570;Noch einmal Jürgen;0049 151 12345678;',
	'301234571;Ohne Nummer;;',
	';;;',
	'',
].join('\r\n');
const twoRows = [
	['Name', 'Mobil', 'Nummer'],
	['Jörg', '0151 12345678', '7'],
	['Zoë', '', '301234567'],
];
const commas = twoRows.map((row) => row.join(',')).join('\n');
const csv = (content) => new File([content], 'liste.csv', { type: 'text/csv' });

/** The same list as programs save it. */
function spellings(sheets) {
	const excel = { SheetNames: ['Liste'], Sheets: { Liste: sheets.utils.aoa_to_sheet(twoRows) } };
	return {
		'CSV with commas in UTF-8 without a mark': csv(commas),
		'CSV with semicolons from a German Windows': csv(
			Buffer.from(commas.replaceAll(',', ';'), 'latin1'),
		),
		Excel: new File([sheets.write(excel, { type: 'buffer', bookType: 'xlsx' })], 'liste.xlsx'),
	};
}

/**
 * @param {import('../checks.mjs').Checks} checks
 * @param {{label: string, version: string, rest: object, livekit: object}} world its n8n has the examples and the quickstart's trunk
 */
export async function checkCallList(checks, { label, version, rest, livekit }) {
	const sheets = await sheetLibrary(version);
	const form = `${rest.url}/form/call-list`;
	const dialled = () => livekit.dials().map(({ number }) => number);
	const run = async ([file, country, whatToDo]) => {
		// The page sends what is chosen among buttons as a list.
		const values = [file, country, JSON.stringify([whatToDo])];
		const { fileName, bytes } = await download(await submit(form, values));
		same(fileName, 'results.xlsx');
		const { Sheets } = sheets.read(bytes);
		return sheets.utils.sheet_to_json(Sheets.Results, { defval: '' });
	};

	await checks.run(`${label}: the form of call-list.json asks for a list`, async () => {
		const { versionId } = await rest.request('GET', `/workflows/${id}`);
		await rest.request('POST', `/workflows/${id}/activate`, { versionId });
		await until('the form is there', async () => (await fetch(form)).ok);
		const page = await (await fetch(form)).text();
		for (const words of ['Call a list', 'type="file"', germany, check])
			same([words, page.includes(words)], [words, true]);
	});
	await checks.run(`${label}: a German list is checked, and nobody is called`, async () => {
		const before = dialled();
		const rows = await run([csv(`\ufeff${german}`), germany, check]);
		same(
			rows.map(({ Name, called_number, outcome }) => [Name, called_number, outcome]),
			[
				['Jürgen Müller', '+4915112345678', 'skipped'],
				['Änne Weiß', '+493090180486', 'skipped'],
				['Max Mustermann', '+498912340404', 'skipped'],
				['Noch einmal Jürgen', '+4915112345678', 'skipped'],
				['Ohne Nummer', '', 'invalid_number'],
			],
		);

		same(rows[0].message, 'Dry Run: this number would be called');
		same(rows[4].message.includes('Number to Call'), true);
		same(dialled(), before);
	});
	await checks.run(`${label}: it is called, and the sheet says what became of each`, async () => {
		const before = dialled();
		const rows = await run([csv(`\ufeff${german}`), germany, call]);
		same(
			rows.map(({ Name, outcome, agent, Firma }) => [Name, outcome, agent, Firma]),
			[
				['Jürgen Müller', 'answered', 'call-agent', 'Groß & Söhne, Köln'],
				['Änne Weiß', 'busy', 'call-agent', ''],
				['Max Mustermann', 'invalid_number', 'call-agent', 'Bäcker; Konditor'],
				['Noch einmal Jürgen', 'skipped', '', ''],
				['Ohne Nummer', 'invalid_number', '', ''],
			],
		);
		same(dialled().slice(before.length).sort(), [
			'+4915112345678',
			'+493090180486',
			'+498912340404',
		]);
		same(typeof rows[0].talk_seconds, 'number');
	});
	for (const [spelling, file] of Object.entries(spellings(sheets)))
		await checks.run(`${label}: the list may be ${spelling}`, async () => {
			const rows = await run([file, germany, check]);
			same(
				rows.map(({ Name, called_number }) => [Name, called_number]),
				[
					['Jörg', '+4915112345678'],
					['Zoë', ''],
				],
			);
		});
	await checks.run(`${label}: a column of phones is known by what people call it`, async () => {
		const called = async (text) =>
			(await run([csv(text), germany, check])).map(({ called_number }) => called_number);
		same(
			[
				await called('Tel.-Nr.;Name\n0151 12345678;Jörg\n'),
				await called('Nummer;Name\n+49 151 12345678;Jörg\n301234567;Zoë\n'),
			],
			[['+4915112345678'], ['+4915112345678', '']],
		);
	});
	await checks.run(`${label}: a list without a column of numbers calls nobody`, async () => {
		const before = dialled();
		const rows = await run([csv('Kunde;Kundennummer\nA;0151 12345678\n'), germany, call]);
		same(
			rows.map(({ outcome, called_number }) => [outcome, called_number]),
			[['invalid_number', '']],
		);
		same(dialled(), before);
	});
}
