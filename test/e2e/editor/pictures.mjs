// The pictures of docs/: forms filled as in the README, and the campaign on the canvas.
import { join } from 'node:path';
import { repoRoot } from '../../../local/n8n/paths.mjs';
import { call } from '../../../local/n8n/sip.mjs';
import { listen } from './call-trigger.mjs';
import { importExample } from './import.mjs';

const margin = 12;
const canvasMargin = 24;

const listed = (trunk) => ({
	__rl: true,
	mode: 'list',
	value: trunk.sip_trunk_id,
	cachedResultName: `${trunk.name} (${trunk.numbers[0]})`,
});

function rule(inbound) {
	return {
		resource: 'dispatchRule',
		operation: 'create',
		name: 'Support calls to agent',
		ruleType: 'individual',
		roomPrefix: 'call-',
		trunkIds: { rows: [{ trunk: listed(inbound) }] },
		agents: { rows: [{ agent_name: 'inbound-agent', metadata: '{"language": "en"}' }] },
	};
}

function place(outbound) {
	return {
		resource: 'call',
		operation: 'place',
		trunk: listed(outbound),
		callTo: '={{ $json.phone }}',
		waitFor: 'end',
		agentName: 'appointment-agent',
		agentOptions: { agentMetadata: '={{ JSON.stringify({ name: $json.name }) }}' },
		limits: { maxCalls: 100 },
		guards: { allowedDestinations: '+1' },
		callingHours: 'only',
		hours: {
			rows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '20:00' }],
		},
		timeZone: 'ofNumber',
		options: { contactKey: '={{ $json.id }}' },
	};
}

function trigger(inbound) {
	return {
		watch: ['dispatchRule', 'inboundTrunk'],
		filters: { nameContains: 'support', trunk: listed(inbound) },
		options: { ignoredFields: 'metadata' },
	};
}

const pathOf = (name) => join(repoRoot, 'docs', name);

/**
 * Takes a picture of a form.
 *
 * @param {import('./panel.mjs').Panel} panel
 * @param {string} last its last parameter: n8n draws a form in steps
 * @param {string} name of the file
 */
async function pictureForm(panel, last, name) {
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

async function pictureCanvas(page, name) {
	const boxes = await page
		.locator('.vue-flow__node')
		.evaluateAll((nodes) =>
			nodes
				.map((node) => node.getBoundingClientRect())
				.map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
		);
	const x = Math.min(...boxes.map(({ left }) => left)) - canvasMargin;
	const y = Math.min(...boxes.map(({ top }) => top)) - canvasMargin;
	const width = Math.max(...boxes.map(({ right }) => right)) + canvasMargin - x;
	const height = Math.max(...boxes.map(({ bottom }) => bottom)) + canvasMargin - y;
	await page.screenshot({ path: pathOf(name), clip: { x, y, width, height } });
}

async function pictureRule({ page, livekit, open }) {
	const {
		items: [inbound],
	} = await call(livekit, 'ListSIPInboundTrunk', {});
	const form = await open(page, 'Create Support Rule', 'liveKitSip', rule(inbound));
	await pictureForm(form, 'simplify', 'dispatch-rule.png');
}

async function picturePlace({ page, livekit, open }) {
	const { items } = await call(livekit, 'ListSIPOutboundTrunk', {});
	const outbound = items.find(({ name }) => name === 'Example Carrier');
	const form = await open(page, 'Call', 'liveKitSip', place(outbound));
	await pictureForm(form, 'contactKey', 'place-form.png');
}

async function pictureTrigger({ page, livekit, open }) {
	const {
		items: [inbound],
	} = await call(livekit, 'ListSIPInboundTrunk', {});
	const form = await open(page, 'Rule Changes', 'liveKitSipTrigger', trigger(inbound));
	await pictureForm(form, 'ignoredFields', 'trigger.png');
}

/** The form and the item of a call that has just ended. */
async function pictureCallTrigger(stage) {
	const { page } = stage;
	const { panel } = await listen(stage);
	await panel.output.getByRole('radio', { name: 'Schema' }).click();
	await panel.output.getByText('ended_as').waitFor();
	// What n8n tells in a corner goes by itself.
	await page.locator('.el-notification').first().waitFor({ state: 'detached' });
	const form = await panel.form.boundingBox();
	const output = await panel.output.boundingBox();
	await page.screenshot({
		path: pathOf('call-trigger.png'),
		clip: {
			x: form.x,
			y: output.y,
			width: output.x + output.width - form.x,
			height: output.height,
		},
	});
}

async function pictureCampaign({ page }) {
	await importExample(page, 'campaign.json');
	// The nodes are selected after an import.
	await page.locator('.vue-flow__pane').click({ position: { x: 300, y: 100 } });
	await page.waitForLoadState('networkidle');
	await pictureCanvas(page, 'campaign.png');
}

const forms = { width: 1400, height: 2600 };

/** Each picture by the part of the editor that it shows, with the size of the window. */
const pictures = {
	'dispatch rule': [pictureRule, forms],
	call: [picturePlace, forms],
	trigger: [pictureTrigger, forms],
	'call trigger': [pictureCallTrigger, { width: 1400, height: 1150 }],
	campaign: [pictureCampaign, { width: 2900, height: 1300 }],
};

/**
 * Writes dispatch-rule.png, place-form.png, trigger.png, call-trigger.png and campaign.png.
 *
 * @param {(name: string) => boolean} isWanted
 */
export async function takePictures(stage, isWanted) {
	for (const [name, [take, size]] of Object.entries(pictures)) {
		if (!isWanted(name)) continue;
		await stage.page.setViewportSize(size);
		await take(stage);
	}
}
