// What a person does with the panel of a node: reads labels, fills fields, picks from lists, executes, reads the output.

const option = (page) => page.locator('[role=option]:visible');
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** The line of an option that is its name; a description may stand below. */
const named = (text) => new RegExp(`^\\s*${escaped(text)}\\s*$`, 'm');

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

	/** The names that a list of options offers, in its order. Leaves the list open. */
	async optionsOf(name) {
		await this.field(name).click();
		await option(this.page).first().waitFor();
		return (await option(this.page).allInnerTexts()).map((text) => text.trim().split('\n')[0]);
	}

	async choose(name, text) {
		await this.optionsOf(name);
		await option(this.page).filter({ hasText: named(text) }).click();
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
		await this.form.getByTestId(`fixed-collection-${name}`).getByTestId('fixed-collection-add').click();
	}

	/** Adds all fields of a collection, in its order. Returns their labels. */
	async addAll(label) {
		const add = this.#collection(label).getByTestId('collection-parameter-add');
		const entries = this.page.locator('[data-test-id=collection-parameter-option]:visible');
		const labels = [];
		do {
			await add.click();
			await entries.first().waitFor();
			const left = (await entries.allInnerTexts()).map((text) => text.trim());
			labels.push(left[0]);
			await entries.first().click();
			// The last entry takes the list away with it.
			if (left.length === 1) return labels;
			await entries.first().waitFor({ state: 'hidden' });
		} while (labels.length < 50);
		throw new Error(`${label} does not end: ${labels.join(', ')}`);
	}

	#collection(label) {
		const title = this.page.getByTestId('input-label').getByText(label, { exact: true });
		return this.form.locator('.multi-parameter').filter({ has: title });
	}

	/** All labels, from top to bottom. */
	async labels() {
		const texts = await this.form.locator('[data-test-id=input-label]:visible label').allInnerTexts();
		return texts.map((text) => text.trim().split('\n')[0]);
	}

	/** Texts of the form that do not fit into their places. */
	async cutOff() {
		return await this.form.evaluate((form) =>
			[...form.querySelectorAll('label *, input')]
				.filter((element) => getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth && element.clientWidth > 0)
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
		const deadline = Date.now() + 30_000;
		while (Date.now() < deadline) {
			const row = await this.#firstRow();
			if (row && expected(row)) return row;
			await this.page.waitForTimeout(100);
		}
		throw new Error(`The output shows:\n${await this.output.innerText()}`);
	}

	async #firstRow() {
		const table = this.output.getByRole('radio', { name: 'Table' });
		if ((await table.count()) > 0 && (await table.getAttribute('aria-checked')) !== 'true') await table.click();
		return await this.output.evaluate((output) => {
			const cells = [...(output.querySelector('tbody tr')?.querySelectorAll('td') ?? [])].map(({ innerText }) => innerText.trim());
			const columns = [...output.querySelectorAll('thead th')].map(({ innerText }) => innerText.trim());
			return cells.length > 0 ? Object.fromEntries(columns.map((column, index) => [column, cells[index]])) : undefined;
		});
	}
}
