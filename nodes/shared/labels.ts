/** Labels of the form, by the names that the texts of `livekit/` put in braces where a field is to be named. */
export const labels: Readonly<Record<string, string>> = {
	address: 'Address',
	allow_host_names: 'Allow Host Names',
	allow_unusual: 'Unlock Unusual Numbers',
	allow_user_names: 'Unlock SIP User Names',
	allowed_addresses: 'Allowed Addresses',
	allowed_numbers: 'Allowed Caller Numbers',
	carrier_here: 'Carrier',
	carrier_options: 'Carrier Options',
	clear: 'Clear',
	create: 'Create',
	default_country: 'Country of the Numbers',
	dispatch_id: 'Dispatch',
	from: 'From',
	getAll: 'Get Many',
	guards: 'Who May Be Called',
	inbound_numbers: 'Only These Callers',
	include_secrets: 'Include Secrets',
	internal_extensions: 'Internal Extensions',
	numbers: 'Your Phone Numbers',
	only_listed_codecs: 'Only Listed Codecs',
	room: 'Room',
	rule_numbers: 'For Called Numbers',
	rule_type: 'Rule Type',
	set: 'Set',
	sip_from_header: 'From Header',
	sip_number: 'Caller ID',
	sip_request_uri: 'Request URI',
	to_user_override: 'To User',
	transfer_to: 'Transfer To',
	transport: 'Transport',
	until: 'Until',
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
