import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { liveKitApiTest } from '../shared/credentialTest';
import { searchDispatchRules } from '../shared/listSearch';
import { subtitleOfChoices } from '../shared/subtitle';
import { callEvents, callTriggerProperties } from './properties';
import { receive } from './receive';
import { searchTrunks } from './searchTrunks';
import { readEvents, readSettings } from './settings';

/** Starts workflows when phone calls of LiveKit start and end. */
export class LiveKitCallTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LiveKit Call Trigger',
		name: 'liveKitCallTrigger',
		icon: {
			light: 'file:../../icons/livekit-sip.svg',
			dark: 'file:../../icons/livekit-sip.dark.svg',
		},
		group: ['trigger'],
		// At every request to a node of version 1, n8n evaluates an expression of its own and reads what may be too long
		// (webhook-helpers.js, parseRequestBody).
		version: 2,
		subtitle: subtitleOfChoices(callEvents),
		description:
			'Starts the workflow when a phone call of LiveKit starts or ends, an agent does not come, or a recording is ready',
		eventTriggerDescription: 'Make a call, or wait for one',
		defaults: { name: 'LiveKit Call Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'liveKitApi', required: true, testedBy: 'liveKitApiTest' }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: callTriggerProperties,
	};

	methods = {
		listSearch: { searchDispatchRules, searchTrunks },
		credentialTest: { liveKitApiTest },
	};

	// LiveKit has no method to register a webhook: people paste the URL. What can be checked at the activation is the form.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				readEvents(this);
				readSettings(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	webhook = receive;
}
