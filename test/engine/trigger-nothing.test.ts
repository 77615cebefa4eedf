import type { IDataObject } from 'n8n-workflow';

import { picked } from '../support/livekit';
import { everyChange, useRules } from '../support/watching';

const { livekit, create, watching } = useRules();

it.each<[string, IDataObject]>([
	['Agent', { filters: { agent: '={{ undefined }}' } }],
	['Name Contains', { filters: { nameContains: '={{ "" }}' } }],
	['Name Contains', { filters: { nameContains: '' } }],
	['Room Name or Prefix', { filters: { room: '={{ null }}' } }],
	['Trunk', { filters: { trunk: picked('={{ undefined }}') } }],
	['Trunk', { filters: { trunk: picked('') } }],
	['Watch', { watch: '={{ undefined }}' }],
	['Trigger On', { events: '={{ [] }}' }],
	['Emit Existing on Activation', { options: { emitExisting: '={{ undefined }}' } }],
	['Ignore Fields', { options: { ignoredFields: '={{ " " }}' } }],
	['Ignore SSL Issues (Insecure)', { options: { allowUnauthorizedCerts: '={{ null }}' } }],
])('the trigger reads nothing while %s has nothing: %j', async (label, own) => {
	await create('a');
	livekit.forget();
	await expect(watching('memory', { ...everyChange, ...own })).rejects.toThrow(
		new RegExp(`^${label.replace(/[()]/g, '.')} is empty[:.]`),
	);
	expect(livekit.methods()).toEqual([]);
});
