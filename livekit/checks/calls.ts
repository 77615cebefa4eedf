import { type JsonObject, at, isObject } from '../json';
import { countryFault } from './addresses';
import {
	checkCallDuration,
	checkHeaderMaps,
	checkNotZero,
	checkRingingTime,
	checkText,
	requireField,
} from './fields';
import type { Findings } from './findings';
import { idFault } from './ids';
import { callerNumber, dtmfFault, transferTarget } from './numbers';

function displayNameFault(text: string): string | undefined {
	if (/["\\]/.test(text) || [...text].some((character) => character < ' '))
		return 'must not hold quotes, backslashes or line breaks';
	return new TextEncoder().encode(text).length > 128 ? 'is longer than 128 bytes' : undefined;
}

// Of a whole address LiveKit would make a user: "sip:+1415...@sip.example.com"@the-trunk's-host.
function toUserFault(text: string): string | undefined {
	return /[@<>"\\\s]|^(sips?|tel):|%(?![\da-f]{2})|%(2[25]|3[ce]|5c|[01].)/i.test(text)
		? 'must be only what stands before the @ of an address, such as +14155550123, without sip: and host. The host is that of the trunk'
		: undefined;
}

/**
 * Checks a call as LiveKit does (livekit/protocol livekit/sip.go). The number is not checked here but read by
 * `callees/number.ts`: a wrong number is the outcome of one contact, not a fault of the request.
 */
export function checkParticipant(body: JsonObject, path: string, findings: Findings): void {
	if (!body.sip_trunk_id && !isObject(body.trunk)) {
		findings.faults.push({
			path: at(path, 'sip_trunk_id'),
			message: 'is required: choose a trunk, or {carrier_here} and enter its host name',
		});
	} else if (!body.sip_trunk_id && !body.sip_number) {
		findings.faults.push({
			path: at(path, 'sip_number'),
			message:
				'is required with {carrier_here}, which has no numbers of its own: the number to show',
		});
	}
	checkText(body, 'sip_trunk_id', path, findings, (id) => idFault('sip_trunk_id', id));
	if (body.sip_to_header !== undefined) {
		findings.faults.push({
			path: at(path, 'sip_to_header'),
			message:
				'cannot be used: LiveKit refuses it beside sip_call_to, which it requires. Use to_user_override',
		});
	}
	if (typeof body.sip_number === 'string' && body.sip_number !== '') {
		const shown = callerNumber(body.sip_number);
		if ('value' in shown) body.sip_number = shown.value;
		else findings.faults.push({ path: at(path, 'sip_number'), message: shown.fault });
	}
	checkRinging(body, path, findings);
	checkText(body, 'dtmf', path, findings, dtmfFault);
	checkText(body, 'display_name', path, findings, displayNameFault);
	checkText(body, 'to_user_override', path, findings, toUserFault);
	checkDestination(body, path, findings);
	checkHeaderMaps(body, path, findings);
	checkNotZero(
		body,
		'max_call_duration',
		path,
		findings,
		'must be longer than 0 seconds: LiveKit would let the call run for 24 hours. Enter how many seconds a call may last',
	);
	checkCallDuration(body, path, findings);
}

// With 0, LiveKit gives a transfer up at once, and the bridge lets a call ring for 3 minutes.
function checkRinging(body: JsonObject, path: string, findings: Findings): void {
	checkNotZero(
		body,
		'ringing_timeout',
		path,
		findings,
		'must be longer than 0 seconds. Leave it out for the default',
	);
	checkRingingTime(body, path, findings, {});
}

function checkDestination(body: JsonObject, path: string, findings: Findings): void {
	const destination = body.destination;
	if (!isObject(destination)) return;
	const here = at(path, 'destination');
	checkText(destination, 'country', here, findings, countryFault);
	if (destination.city && !destination.country && !destination.region) {
		findings.faults.push({
			path: at(here, 'city'),
			message: 'needs a country or a region beside it',
		});
	}
}

/** Checks a transfer, and writes its target as the URI that LiveKit wants. */
export function checkTransfer(body: JsonObject, path: string, findings: Findings): void {
	requireField(body, 'room_name', path, findings, 'is required: the room of the call');
	requireField(
		body,
		'participant_identity',
		path,
		findings,
		'is required: the identity of the SIP participant to transfer',
	);
	requireField(
		body,
		'transfer_to',
		path,
		findings,
		'is required: the number or SIP URI to transfer to',
	);
	if (typeof body.transfer_to === 'string' && body.transfer_to !== '') {
		const target = transferTarget(body.transfer_to);
		if ('value' in target) body.transfer_to = target.value;
		else findings.faults.push({ path: at(path, 'transfer_to'), message: target.fault });
	}
	checkRinging(body, path, findings);
	checkHeaderMaps(body, path, findings);
}
