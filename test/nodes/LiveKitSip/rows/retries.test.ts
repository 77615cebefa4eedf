import { provesNoRing } from '../../../../nodes/LiveKitSip/rows/retries';

const refused = (code: string, message = '', meta: Record<string, string> = {}) => ({
	refusal: { status: 400, code, message, meta },
});

describe('an answer that proves that no phone rang', () => {
	it.each([
		'no_answer',
		'no_credential',
		'unauthenticated',
		'malformed',
		'invalid_argument',
		'bad_route',
		'no_service',
		'not_found',
		'wrong_region',
		'too_large',
	])('%s', (code) => {
		expect(provesNoRing(refused(code))).toBe(true);
	});

	it('no SIP service that took the request', () => {
		expect(provesNoRing(refused('unavailable', 'no response from servers'))).toBe(true);
	});
});

describe('an answer after which a phone may have rung', () => {
	it('a call', () => {
		expect(provesNoRing({ value: { sip_call_id: 'SCL_1' } })).toBe(false);
	});

	it.each([
		'unknown_fate',
		'foreign',
		'deadline_exceeded',
		'internal',
		'unknown',
		'canceled',
		'aborted',
		'unavailable',
		'resource_exhausted',
		'failed_precondition',
		'permission_denied',
		'already_exists',
	])('%s', (code) => {
		expect(provesNoRing(refused(code))).toBe(false);
	});

	// LiveKit gives codes of its own to what a carrier answered: 404 is not_found, 400 and 484 are invalid_argument.
	it.each([
		['not_found', '404'],
		['invalid_argument', '400'],
		['invalid_argument', '484'],
		['unauthenticated', '401'],
		['unavailable', '503'],
	])('%s with the SIP status %s of a carrier', (code, status) => {
		expect(
			provesNoRing(refused(code, 'no response from servers', { sip_status_code: status })),
		).toBe(false);
		expect(
			provesNoRing(refused(code, `INVITE failed: sip status: ${status}: x (SIP ${status})`)),
		).toBe(false);
	});
});
