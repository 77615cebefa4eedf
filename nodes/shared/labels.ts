/** Labels of the form, by the names that the texts of `livekit/` put in braces where a field is to be named. */
const labels: Readonly<Record<string, string>> = {};

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
