// What a person does, counted: each press of the mouse, and each value that is typed or chosen as a file.
import { patienceMs } from './browser.mjs';

export class Person {
	clicks = 0;
	values = 0;
	#begun = performance.now();

	/** Seconds since the person began. */
	get seconds() {
		return Math.round((performance.now() - this.#begun) / 1000);
	}

	async click(place) {
		await place.click();
		this.clicks += 1;
	}

	/** Types where the cursor is. */
	async type(page, value) {
		await page.keyboard.insertText(value);
		this.values += 1;
	}

	/** One option of a list of the browser: the list is opened, and the option clicked. */
	async select(list, option) {
		await list.selectOption(option);
		this.clicks += 2;
	}

	/** A file of this computer: the button of the page is clicked, and the file in the window that opens. */
	async upload(page, button, file) {
		const [chooser] = await Promise.all([page.waitForEvent('filechooser'), this.click(button)]);
		await chooser.setFiles(file);
		this.clicks += 1;
		this.values += 1;
	}

	/** Clicks what opens a window of its own. Returns its page. */
	async opens(page, place) {
		const [opened] = await Promise.all([
			page.context().waitForEvent('page', { timeout: patienceMs }),
			this.click(place),
		]);
		opened.setDefaultTimeout(patienceMs);
		return opened;
	}
}
