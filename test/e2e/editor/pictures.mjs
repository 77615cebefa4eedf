// The pictures of docs/: forms filled as in the documents, examples after a run.
import { call } from '../../../local/n8n/sip.mjs';
import { listen } from './call-trigger.mjs';
import { pathOf, pictureCanvas, pictureForm } from './camera.mjs';
import { importExample } from './import.mjs';
import { takeRuns } from './picture-runs.mjs';

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

/** Forms by the file that each one is in: its last parameter, and how it is opened. */
function formsOf({ page, open }, { inbound, outbound }) {
	const carrier = outbound.find(({ name }) => name === 'Example Carrier');
	return {
		'dispatch-rule.png': {
			last: 'simplify',
			show: () => open(page, 'Create Support Rule', 'liveKitSip', rule(inbound)),
		},
		'place-form.png': {
			last: 'contactKey',
			show: () => open(page, 'Call', 'liveKitSip', place(carrier)),
		},
		'trigger.png': {
			last: 'ignoredFields',
			show: () => open(page, 'Rule Changes', 'liveKitSipTrigger', trigger(inbound)),
		},
	};
}

/** The form and the item of a call that has just ended. */
async function pictureCallTrigger(stage, name) {
	const { page } = stage;
	await page.setViewportSize({ width: 1400, height: 1150 });
	const { panel } = await listen(stage);
	await panel.output.getByRole('radio', { name: 'Schema' }).click();
	await panel.output.getByText('ended_as').waitFor();
	// What n8n tells in a corner goes by itself.
	await page.locator('.el-notification').first().waitFor({ state: 'detached' });
	const form = await panel.form.boundingBox();
	const output = await panel.output.boundingBox();
	await page.screenshot({
		path: pathOf(name),
		clip: {
			x: form.x,
			y: output.y,
			width: output.x + output.width - form.x,
			height: output.height,
		},
	});
}

/** The call trigger after a test event, and the campaign. */
const others = {
	'call-trigger.png': pictureCallTrigger,
	'campaign.png': async ({ page }, name) => {
		await page.setViewportSize({ width: 2900, height: 1300 });
		await importExample(page, 'campaign.json');
		// The nodes are selected after an import.
		await page.locator('.vue-flow__pane').click({ position: { x: 300, y: 100 } });
		await page.waitForLoadState('networkidle');
		await pictureCanvas(page, name);
	},
};

/**
 * Writes the pictures of docs/.
 *
 * @param {object} stage with `page`
 * @param {string[]} words take only pictures whose name holds one of them; none takes all
 */
export async function takePictures(stage, words) {
	const isWanted = (name) => words.length === 0 || words.some((word) => name.includes(word));
	const { page, livekit } = stage;
	const {
		items: [inbound],
	} = await call(livekit, 'ListSIPInboundTrunk', {});
	const { items: outbound } = await call(livekit, 'ListSIPOutboundTrunk', {});
	await page.setViewportSize({ width: 1400, height: 2600 });
	for (const [name, { last, show }] of Object.entries(formsOf(stage, { inbound, outbound })))
		if (isWanted(name)) await pictureForm(await show(), last, name);
	for (const [name, take] of Object.entries(others)) if (isWanted(name)) await take(stage, name);
	await takeRuns(stage, isWanted);
}
