import type { INodeProperties } from 'n8n-workflow';

/** Picker of the object to change, which n8n must not insist on where the JSON can name the object. */
export function pickerOrJson({ required, ...locator }: INodeProperties): INodeProperties[] {
	return [
		{ ...locator, required, displayOptions: { show: { inputMode: ['form'] } } },
		{
			...locator,
			description: `${String(locator.description)}. Leave it empty where the JSON holds the ID.`,
			displayOptions: { show: { inputMode: ['json'] } },
		},
	];
}
