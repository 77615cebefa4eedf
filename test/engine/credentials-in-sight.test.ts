import { useAsTool } from '../support/agent';
import { credentialOf, runNode } from '../support/harness';
import { useLiveKit } from '../support/livekit';

// Which of n8n's ways to run this node let an expression see the credential. One that sees it gives the API secret to
// whoever may use the credential in a workflow. It is n8n's doing (docs/n8n-report-credentials.md). A test that turns red
// says that n8n has changed, and that SECURITY.md and the documents have to follow.
const livekit = useLiveKit();

/** What an expression that n8n evaluates twice, once with the credential in sight, can carry over to the second time. */
const carriesOver = '={{ $credentials ? ($json.seen = $credentials.apiSecret) : $json.seen }}';
const plain = '={{ $credentials.apiSecret }}';
const unknownNode = '={{ $($credentials.apiSecret).first().json.x }}';

const create = (name: string) => ({
	resource: 'inboundTrunk',
	operation: 'create',
	name,
	numbers: '+15105550100',
	options: {},
});
const credential = () => credentialOf(livekit.server);
const received = () => livekit.server.requests.map(({ body }) => JSON.stringify(body)).join('\n');

describe.each([
	['in a workflow, as with AI Agents from version 3 on, which run the tool as a node', {}],
	['in a workflow that goes on after a failed row', { onError: 'continueRegularOutput' as const }],
])('%s', (_name, settings) => {
	it.each([carriesOver, plain, unknownNode])('%s gives nothing', async (expression) => {
		const result = await runNode(credential(), create(expression), [{}], settings);
		expect(received()).not.toContain(credential().apiSecret);
		expect(result.stored).not.toContain(credential().apiSecret);
	});
});

it("n8n's older path of AI tools (AI Agent before version 3) shows expressions the credential", async () => {
	await useAsTool(credential(), create(carriesOver), [{}]);
	expect(received()).toContain(credential().apiSecret);
});

it("so does n8n's own routing of any declarative node", async () => {
	await runNode(credential(), create(carriesOver), [{}], { routedOnly: true });
	expect(received()).toContain(credential().apiSecret);
});

it('and writes what an expression calls a node into what it stores', async () => {
	const { stored } = await runNode(credential(), create(unknownNode), [{}], { routedOnly: true });
	expect(stored).toContain(credential().apiSecret);
});

it('even there, a parameter that names the credential is sent without it', async () => {
	await useAsTool(credential(), create(plain), [{}]);
	expect(livekit.methods()).toContain('CreateSIPInboundTrunk');
	expect(received()).not.toContain(credential().apiSecret);
});
