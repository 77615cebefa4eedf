import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import { liveKitApiTest } from '../shared/credentialTest';
import { searchInboundTrunks } from '../shared/listSearch';
import { poll } from './poll';
import { triggerProperties } from './properties';

/** Starts workflows when trunks or dispatch rules of LiveKit change. */
export class LiveKitSipTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LiveKit SIP Trigger',
		name: 'liveKitSipTrigger',
		icon: {
			light: 'file:../../icons/livekit-sip.svg',
			dark: 'file:../../icons/livekit-sip.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Starts the workflow when dispatch rules or trunks of LiveKit SIP are created, updated or deleted, not when somebody calls',
		defaults: { name: 'LiveKit SIP Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'liveKitApi', required: true, testedBy: 'liveKitApiTest' }],
		properties: triggerProperties,
	};

	methods = { listSearch: { searchInboundTrunks }, credentialTest: { liveKitApiTest } };

	poll = poll;
}
