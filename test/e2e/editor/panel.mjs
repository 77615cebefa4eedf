// What a person does with the panel of a node: reads labels, fills fields, picks from lists, executes, reads the output.
import { until } from '../until.mjs';

const option = (page) => page.locator('[role=option]:visible');

export class Panel {
	/** @param {import('playwright-core').Page} page with the panel of a node open, or about to open */
	constructor(page) {
		this.page = page;
		this.form = page.getByTestId('node-parameters');
		this.output = page.getByTestId('output-panel');
	}

	/** Waits until a parameter of the node is there: n8n draws the form in steps. */
	async ready(parameter) {
		await this.field(parameter).first().waitFor();
	}

	/** The input of a parameter, by its name in the workflow's JSON. */
	field(name) {
		return this.form.getByTestId(`parameter-input-${name}`);
	}

	async fill(name, value) {
		await this.field(name).locator('input, textarea').fill(value);
	}

	/** What the input of a parameter holds. */
	async valueOf(name) {
		return await this.field(name).locator('input, textarea').first().inputValue();
	}

	async toggle(name) {
		await this.field(name).locator('.el-switch').click();
	}

	/** The names that a list of options offers, in its order. The list stays open. */
	async optionsOf(name) {
		if ((await option(this.page).count()) === 0) await this.field(name).click();
		await option(this.page).first().waitFor();
		return (await option(this.page).allInnerTexts()).map((text) => text.trim().split('\n')[0]);
	}

	async choose(name, text) {
		await this.optionsOf(name);
		await option(this.page)
			.filter({ has: this.page.getByText(text, { exact: true }) })
			.click();
	}

	/** Closes a list from which several options can be chosen: Escape would close the whole panel. */
	async closeList(name) {
		await this.field(name).click({ position: { x: 3, y: 3 } });
		await option(this.page).first().waitFor({ state: 'hidden' });
	}

	/** Picks an entry of a list that comes from LiveKit. Returns all entries. */
	async pick(name, text) {
		await this.field(name).getByTestId('rlc-input-container').click();
		const entries = this.page.locator('[data-test-id=rlc-item]:visible');
		await entries.first().waitFor();
		const shown = await entries.allInnerTexts();
		await entries.filter({ hasText: text }).click();
		return shown;
	}

	/** Adds an entry to a list of rows. */
	async addRow(name) {
		await this.form
			.getByTestId(`fixed-collection-${name}`)
			.getByTestId('fixed-collection-add')
			.click();
	}

	/**
	 * Adds fields of a collection.
	 *
	 * @param {string} collection its label
	 * @param {string[]} fields labels
	 * @returns {Promise<string[]>} the labels of all fields that it offers, in its order
	 */
	async addFields(collection, fields) {
		const add = this.#collection(collection).getByTestId('collection-parameter-add');
		const entries = this.page.locator('[data-test-id=collection-parameter-option]:visible');
		let offered;
		for (const field of fields) {
			await add.click();
			await entries.first().waitFor();
			offered ??= await entries.allInnerTexts();
			await entries.filter({ has: this.page.getByText(field, { exact: true }) }).click();
			await entries.first().waitFor({ state: 'hidden' });
		}
		return offered.map((text) => text.trim());
	}

	#collection(label) {
		const title = this.page.getByTestId('input-label').getByText(label, { exact: true });
		return this.form.locator('.multi-parameter').filter({ has: title });
	}

	/** All labels, from top to bottom. */
	async labels() {
		const texts = await this.form
			.locator('[data-test-id=input-label]:visible label')
			.allInnerTexts();
		return texts.map((text) => text.trim().split('\n')[0]);
	}

	/** Texts of the form that do not fit into their places. */
	async cutOff() {
		return await this.form.evaluate((form) =>
			[...form.querySelectorAll('label *, input')]
				// Inline elements have no width of their own.
				.filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
				.map((element) => element.value ?? element.textContent),
		);
	}

	/**
	 * Executes the node.
	 *
	 * @param {(row: Record<string, string>) => boolean} expected tells the new output from that of an earlier run
	 * @returns {Promise<Record<string, string>>} the first row of the output's table, by column
	 * @throws with what the output shows instead
	 */
	async execute(expected) {
		await this.page.getByTestId('node-execute-button').click();
		const executed = async () => {
			const row = await this.#firstRow();
			return row && expected(row) && row;
		};
		try {
			return await until('the node has the output', executed);
		} catch (cause) {
			throw new Error(`The output shows:\n${await this.output.innerText()}`, { cause });
		}
	}

	async #firstRow() {
		const table = this.output.getByRole('radio', { name: 'Table' });
		if ((await table.count()) > 0 && (await table.getAttribute('aria-checked')) !== 'true')
			await table.click();
		return await this.output.evaluate((output) => {
			const cells = [...(output.querySelector('tbody tr')?.querySelectorAll('td') ?? [])].map(
				({ innerText }) => innerText.trim(),
			);
			const columns = [...output.querySelectorAll('thead th')].map(({ innerText }) =>
				innerText.trim(),
			);
			return cells.length > 0
				? Object.fromEntries(columns.map((column, index) => [column, cells[index]]))
				: undefined;
		});
	}
}
