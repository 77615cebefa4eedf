import { create, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { AnySchema } from '@bufbuild/protobuf/wkt';

import { livekitRegistry } from './schema';
import type { TwirpCode, TwirpError } from './twirp';
import { busError } from './twirp';

type Generation = 'current' | 'older' | 'oldest';

/** Reason phrases that carriers send, by SIP status (RFC 3261). */
export const REASONS: Record<number, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	407: 'Proxy Authentication Required',
	408: 'Request Timeout',
	480: 'Temporarily Unavailable',
	484: 'Address Incomplete',
	486: 'Busy Here',
	487: 'Request Terminated',
	488: 'Not Acceptable Here',
	500: 'Server Internal Error',
	503: 'Service Unavailable',
	600: 'Busy Everywhere',
	603: 'Decline',
	604: 'Does Not Exist Anywhere',
	607: 'Unwanted',
	608: 'Rejected',
};

/** Twirp code of a SIP status per generation of the bridge; absent ones follow the class of the status (`protocol/livekit/sip.go`). */
const CODES: Record<Generation, Partial<Record<TwirpCode, number[]>>> = {
	current: {
		failed_precondition: [409, 412, 480, 482, 483, 486, 500, 501, 502, 503],
		resource_exhausted: [440, 600],
		permission_denied: [401, 402, 403, 433, 470, 603, 607, 608],
		not_found: [301, 302, 404, 410, 481, 604],
		deadline_exceeded: [408, 504],
		aborted: [487, 491],
		unauthenticated: [407, 428, 436, 437, 438, 494],
		out_of_range: [416],
		invalid_argument: [505, 513],
	},
	older: {
		failed_precondition: [409, 412, 482, 483, 500, 501, 502, 503],
		resource_exhausted: [440, 480, 486, 600],
		permission_denied: [401, 402, 403, 433, 470, 603, 607, 608],
		not_found: [301, 302, 404, 410, 481, 604],
		deadline_exceeded: [408, 504],
		aborted: [487, 491],
		unauthenticated: [407, 428, 436, 437, 438, 494],
		out_of_range: [416],
		invalid_argument: [505, 513],
	},
	oldest: {
		unavailable: [480, 486, 501, 503, 600, 603],
		permission_denied: [401, 403, 407],
		invalid_argument: [400, 404, 420, 421, 484, 485],
		deadline_exceeded: [408, 504],
		aborted: [487],
	},
};

/** gRPC's numbers of the codes, as they stand in `error_details`. */
const GRPC_NUMBER: Partial<Record<TwirpCode, number>> = {
	invalid_argument: 3,
	deadline_exceeded: 4,
	not_found: 5,
	permission_denied: 7,
	resource_exhausted: 8,
	failed_precondition: 9,
	aborted: 10,
	out_of_range: 11,
	internal: 13,
	unavailable: 14,
	unauthenticated: 16,
};

/** The Twirp code under which a bridge of this generation reports a SIP status. */
export function twirpCode(status: number, generation: Generation): TwirpCode {
	for (const [code, statuses] of Object.entries(CODES[generation]))
		if (statuses.includes(status)) return code as TwirpCode;
	if (generation === 'oldest') return 'internal';
	return status >= 500 && status < 600 ? 'failed_precondition' : 'invalid_argument';
}

/** A serialized google.rpc.Status with a livekit.SIPStatus in its details, in base64 (`meta.error_details`). */
function errorDetails(code: TwirpCode, message: string, status: number, reason: string): string {
	const sipStatus = livekitRegistry().getMessage('livekit.SIPStatus');
	if (!sipStatus) throw new Error('livekit.SIPStatus is not in the descriptor set');
	const value = toBinary(sipStatus, create(sipStatus, { code: status, status: reason }));
	const detail = toBinary(
		AnySchema,
		create(AnySchema, { typeUrl: 'type.googleapis.com/livekit.SIPStatus', value }),
	);
	const writer = new BinaryWriter();
	writer.tag(1, WireType.Varint).int32(GRPC_NUMBER[code] ?? 2);
	writer.tag(2, WireType.LengthDelimited).string(message);
	writer.tag(3, WireType.LengthDelimited).bytes(detail);
	return Buffer.from(writer.finish()).toString('base64');
}

const PLAIN_INVITE_FAILURES = new Set([400, 404, 480, 486, 488]);

/** What an INVITE answered with this SIP status becomes (`sip/pkg/sip/outbound.go`). */
export function inviteFailed(status: number, generation: Generation): TwirpError {
	const what = PLAIN_INVITE_FAILURES.has(status)
		? 'INVITE failed'
		: 'unexpected status from INVITE response';
	return sipError(what, status, generation);
}

/** A SIP status that ended a call or a transfer, with the `meta` of `protocol/livekit/sip.go`. */
export function sipError(
	what: string,
	status: number,
	generation: Generation,
	meta: Record<string, string> = {},
): TwirpError {
	const reason = REASONS[status] ?? '';
	const message = `${what}: sip status: ${status}${reason ? `: ${reason}` : ''}`;
	const code = twirpCode(status, generation);
	return busError(code, message, {
		sip_status_code: String(status),
		sip_status: reason,
		...meta,
		error_details: errorDetails(code, message, status, reason),
	});
}

/** The SIP status that a called number is scripted to answer: the last digits after a zero, as in `+15555550486`. */
export function scriptedStatus(number: string): number | undefined {
	const digits = /0([4-6]\d\d)>?$/.exec(number)?.[1];
	return digits !== undefined && REASONS[Number(digits)] ? Number(digits) : undefined;
}
