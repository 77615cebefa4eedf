/**
 * A value, or the reason why there is none. The reason is called `fault` unless another name says it better, as `refusal`
 * does if it comes from a server. Check `'fault' in result` to tell the two apart.
 */
export type Result<T, Name extends string = 'fault', Reason = string> =
	| { readonly value: T }
	| { readonly [name in Name]: Reason };
