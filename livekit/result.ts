/**
 * A value, or the reason why there is none. The reason is called `fault` unless another name says it better, as `refusal`
 * does for what a server said; `'fault' in result` tells the two apart.
 */
export type Result<T, Name extends string = 'fault', Reason = string> =
	| { readonly value: T }
	| { readonly [name in Name]: Reason };
