import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import { liveKitApiTest } from '../shared/credentialTest';
import { searchInboundTrunks } from '../shared/listSearch';
import { subtitleOfChoices } from '../shared/subtitle';
import { poll } from './poll';
import { triggerOn, triggerProperties } from './properties';

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
		subtitle: subtitleOfChoices(triggerOn),
		// n8n shows this one for the node LiveKit SIP too: its list has one entry for both.
		description:
			'Make, transfer and end phone calls with LiveKit SIP, set up its trunks and dispatch rules, and start workflows when those change',
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
