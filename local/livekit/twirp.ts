const HTTP_STATUS = {
	canceled: 408,
	unknown: 500,
	invalid_argument: 400,
	malformed: 400,
	deadline_exceeded: 408,
	not_found: 404,
	bad_route: 404,
	already_exists: 409,
	permission_denied: 403,
	unauthenticated: 401,
	resource_exhausted: 429,
	failed_precondition: 412,
	aborted: 409,
	out_of_range: 400,
	unimplemented: 501,
	internal: 500,
	unavailable: 503,
	data_loss: 500,
} as const;

export type TwirpCode = keyof typeof HTTP_STATUS;

/** An answer other than 200 in Twirp's JSON shape (`twitchtv/twirp errors.go`). */
export class TwirpError extends Error {
	constructor(
		readonly code: TwirpCode,
		message: string,
		readonly meta?: Record<string, string>,
	) {
		super(message);
	}

	get status(): number {
		return HTTP_STATUS[this.code];
	}

	get body(): string {
		const { code, message: msg, meta } = this;
		return JSON.stringify(meta ? { code, msg, meta } : { code, msg });
	}
}

/** An error that LiveKit passes on from its inner bus: the text then carries the prefix of `protocol/utils/xtwirp`. */
export function busError(
	code: TwirpCode,
	message: string,
	meta?: Record<string, string>,
): TwirpError {
	return new TwirpError(code, `twirp error unknown: ${message}`, meta);
}

/** Twirp's answer for a path, HTTP method or content type that it does not serve. */
export function badRoute(message: string, httpMethod: string, path: string): TwirpError {
	return new TwirpError('bad_route', message, { twirp_invalid_route: `${httpMethod} ${path}` });
}

/** A request that LiveKit's validation refuses. `inner` marks the ones that LiveKit itself throws as bus errors. */
export class Refusal extends Error {
	constructor(
		message: string,
		readonly inner = false,
	) {
		super(message);
	}
}

/** Runs the validation of a request: every refusal is 400 invalid_argument with a clean text. */
export function checkRequest(check: () => void): void {
	try {
		check();
	} catch (refusal) {
		if (refusal instanceof Refusal) throw new TwirpError('invalid_argument', refusal.message);
		throw refusal;
	}
}

/** Runs a validation of what an update made of an object: LiveKit answers most of these refusals as 500 unknown. */
export function checkResult(check: () => void): void {
	try {
		check();
	} catch (refusal) {
		if (!(refusal instanceof Refusal)) throw refusal;
		throw refusal.inner
			? busError('invalid_argument', refusal.message)
			: new TwirpError('unknown', refusal.message);
	}
}
