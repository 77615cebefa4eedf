import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';
import { liveKitApiTest } from '../shared/credentialTest';
import * as listSearch from '../shared/listSearch';
import { nodeProperties } from './properties';
import { customOperations, routeRow } from './operations';
import { subtitle } from './subtitle';

export class LiveKitSip implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LiveKit SIP',
		name: 'liveKitSip',
		icon: {
			light: 'file:../../icons/livekit-sip.svg',
			dark: 'file:../../icons/livekit-sip.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle,
		description:
			'Make, transfer and end phone calls with LiveKit SIP, and set up its trunks and dispatch rules',
		defaults: { name: 'LiveKit SIP' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'liveKitApi', required: true, testedBy: 'liveKitApiTest' }],
		// The one expression that this description owns: n8n takes the host from here as the node's own.
		requestDefaults: {
			baseURL: '={{ $credentials.url.trim().replace(/^ws/i, "http").replace(/\\/+$/, "") }}',
		},
		requestOperations: { pagination: routeRow },
		properties: nodeProperties,
	};

	methods = { listSearch, credentialTest: { liveKitApiTest } };

	customOperations = customOperations;
}
