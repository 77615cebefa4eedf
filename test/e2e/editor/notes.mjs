// The notes of all examples, as n8n draws them: none is cut off, and none is much higher than its text.
import { readExamples } from '../../../local/n8n/contents.mjs';
import { same } from '../checks.mjs';

/** What may be empty under the last line, in pixels of the canvas. */
const mostEmpty = 60;

const isNote = ({ type }) => type === 'n8n-nodes-base.stickyNote';

/** Whether nodes stand on a note: then it is a frame, as high as they need it. */
function isFrame({ position: [x, y], parameters: { width, height } }, nodes) {
	return nodes.some(
		(node) =>
			!isNote(node) &&
			node.position[0] >= x &&
			node.position[0] < x + width &&
			node.position[1] >= y &&
			node.position[1] < y + height,
	);
}

/** First line, cut-off pixels and empty pixels of each note that is drawn, at the zoom of 100 %. */
async function drawn(page) {
	return await page.getByTestId('sticky').evaluateAll((notes) =>
		notes.map((note) => {
			const box = note.getBoundingClientRect();
			const zoom = box.height / note.offsetHeight;
			const inside = [...note.querySelectorAll('p, h1, h2, h3, li')].map(
				(line) => line.getBoundingClientRect().bottom,
			);
			const overfull = [...note.querySelectorAll('*')].map(({ scrollHeight, clientHeight }) =>
				clientHeight > 0 ? scrollHeight - clientHeight : 0,
			);
			return {
				title: note.innerText.split('\n')[0],
				cut: Math.max(0, ...overfull),
				empty: Math.round((box.bottom - Math.max(...inside)) / zoom),
			};
		}),
	);
}

export async function checkNotes(checks, { page, n8n, credentials }) {
	for (const [file, workflow] of await readExamples()) {
		await checks.run(`the notes of examples/${file} are as high as their text`, async () => {
			const stored = { ...workflow, id: undefined, name: `Notes of ${file}` };
			for (const { credentials: named } of stored.nodes)
				if (named?.liveKitApi) Object.assign(named, credentials);
			const { id } = await n8n.rest.request('POST', '/workflows', stored);
			await page.goto(`/workflow/${id}`);
			await page.getByTestId('canvas-node').first().waitFor();
			const notes = workflow.nodes.filter(isNote);
			await page
				.getByTestId('sticky')
				.nth(notes.length - 1)
				.waitFor();
			const frames = notes
				.filter((note) => isFrame(note, workflow.nodes))
				.map(({ parameters }) => parameters.content.split('\n')[0].replace(/^#+ /, ''));
			const wrong = (await drawn(page)).filter(
				({ title, cut, empty }) => cut > 0 || (empty > mostEmpty && !frames.includes(title)),
			);
			same(wrong, []);
		});
	}
}
