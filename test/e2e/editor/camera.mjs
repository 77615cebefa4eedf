// Takes the pictures of docs/: forms, a few nodes of a canvas after a run, the table of an output.
import { join } from 'node:path';
import { repoRoot } from '../../../local/n8n/paths.mjs';
import { patienceMs } from './browser.mjs';

const margin = 12;
const canvasMargin = 24;
/** n8n draws the names of nodes outside of their boxes. */
const nameWidth = 40;
const nameHeight = 60;

export const pathOf = (name) => join(repoRoot, 'docs', name);

/**
 * Takes a picture of a form.
 *
 * @param {import('./panel.mjs').Panel} panel
 * @param {string} last its last parameter: n8n draws a form in steps
 * @param {string} name of the file
 */
export async function pictureForm(panel, last, name) {
	await panel.ready(last);
	const { x, y, width } = await panel.form.boundingBox();
	const bottoms = await panel.form
		.locator('[data-test-id=parameter-item]:visible')
		.evaluateAll((items) => items.map((item) => item.getBoundingClientRect().bottom));
	await panel.page.screenshot({
		path: pathOf(name),
		clip: { x, y, width, height: Math.max(...bottoms) + margin - y },
	});
}

const boxesOf = async (nodes) =>
	await nodes.evaluateAll((elements) =>
		elements
			.map((element) => element.getBoundingClientRect())
			.map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
	);

/** A picture of a rectangle that holds these boxes. `sides`, `top`, `bottom`: pixels around them. */
async function pictureAround(page, boxes, name, { sides, top, bottom }) {
	const x = Math.min(...boxes.map(({ left }) => left)) - sides;
	const y = Math.min(...boxes.map((box) => box.top)) - top;
	const width = Math.max(...boxes.map(({ right }) => right)) + sides - x;
	const height = Math.max(...boxes.map((box) => box.bottom)) + bottom - y;
	await page.screenshot({ path: pathOf(name), clip: { x, y, width, height } });
}

/** The whole canvas, with its notes. */
export async function pictureCanvas(page, name) {
	const all = { sides: canvasMargin, top: canvasMargin, bottom: canvasMargin };
	await pictureAround(page, await boxesOf(page.locator('.vue-flow__node')), name, all);
}

/** Some nodes of the canvas, by name; all of them without names. Notes are left out. */
export async function pictureNodes(page, name, wanted) {
	await page.addStyleTag({ content: '[data-test-id=sticky] { visibility: hidden; }' });
	const nodes = page.getByTestId('canvas-node');
	const chosen = wanted
		? page.locator(
				wanted.map((node) => `[data-test-id=canvas-node][data-node-name="${node}"]`).join(),
			)
		: nodes;
	const around = { sides: nameWidth, top: canvasMargin, bottom: nameHeight };
	await pictureAround(page, await boxesOf(chosen), name, around);
}

/** The widest picture that GitHub shows in its own size. */
const shownWidth = 830;

/**
 * Opens a node of the canvas, or none where a panel is open already, and takes the first columns of its output.
 *
 * @param {number} [columns] so many, as far as they are whole on the screen
 */
export async function pictureTable(page, node, name, columns = 5) {
	if (node) await page.locator(`[data-test-id=canvas-node][data-node-name="${node}"]`).dblclick();
	const output = page.getByTestId('output-panel');
	const asTable = output.getByRole('radio', { name: 'Table' });
	await asTable.waitFor();
	if ((await asTable.getAttribute('aria-checked')) !== 'true') await asTable.click();
	const table = output.locator('table').first();
	await table.waitFor();
	const { x, y, height } = await table.boundingBox();
	const ends = await table
		.locator('thead th')
		.evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().right));
	const panel = await output.boundingBox();
	const edge = Math.min(x + shownWidth, panel.x + panel.width);
	const end = Math.max(...ends.slice(0, columns).filter((right) => right <= edge));
	await page.screenshot({ path: pathOf(name), clip: { x, y, width: end - x, height } });
}

/** A page of the same person on a screen that draws each point with four: sharp where GitHub makes a picture smaller. */
export async function sharpPage(page, viewport) {
	const context = await page
		.context()
		.browser()
		.newContext({
			baseURL: new URL(page.url()).origin,
			storageState: await page.context().storageState(),
			deviceScaleFactor: 2,
			viewport,
		});
	context.setDefaultTimeout(patienceMs);
	return await context.newPage();
}
