/** Labels of the form, by the names that the texts of `livekit/` put in braces where a field is to be named. */
export const labels: Readonly<Record<string, string>> = {
	address: 'Address',
	allowed_addresses: 'Allowed Addresses',
	allowed_numbers: 'Allowed Caller Numbers',
	dispatch_id: 'Dispatch ID',
	getAll: 'Get Many',
	numbers: 'Your Phone Numbers',
	room: 'Room',
	sip_number: 'Caller ID',
	transport: 'Transport',
};

/** A text of `livekit/` in which names in braces are replaced by labels of the form, such as `{numbers}`. */
export function withLabels(text: string): string {
	return text.replace(/\{(\w+)\}/g, (braced, name: string) =>
		Object.hasOwn(labels, name) ? labels[name] : braced,
	);
}

/** What is wrong with a parameter that fills no field of the request, by its label. */
export interface LabelFault {
	readonly label: string;
	/** The rest of a sentence that begins with the label. */
	readonly message: string;
}
