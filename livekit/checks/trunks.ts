import { type JsonObject, at, isObject, showEntry } from '../json';
import { enumOf } from '../schema';
import { countryFault, hostFault, hostWarning, isIpOrCidr } from './addresses';
import {
	checkCallDuration,
	checkHeaderMaps,
	checkRingingTime,
	checkText,
	requireField,
	texts,
	warnOfText,
} from './fields';
import type { Allowances, Findings } from './findings';

/** Seconds (livekit/protocol livekit/sip.go). */
const longestMediaTimeout = 600;

function checkAllowedAddresses(
	list: readonly string[],
	path: string,
	findings: Findings,
	allow: Allowances,
): void {
	list.forEach((address, index) => {
		if (isIpOrCidr(address)) return;
		const here = `${path}[${index}]`;
		if (allow.hostNames && /^[A-Za-z0-9.-]+$/.test(address)) {
			findings.warnings.push(
				`${here}: newer LiveKit servers take IP addresses and CIDR blocks only, not ${address}`,
			);
			return;
		}
		findings.faults.push({
			path: here,
			message: `must be an IP address or CIDR block such as 192.0.2.0/24, not ${showEntry(address)}. Older servers also take host names: turn on {allow_host_names} for them`,
		});
	});
}

function checkRingingStatus(body: JsonObject, path: string, findings: Findings): void {
	const status = body.ringing_timeout_status;
	if (typeof status !== 'string') return;
	const code = enumOf('SIPStatusCode')[status];
	if (code !== 0 && (code < 400 || code > 699)) {
		findings.faults.push({
			path: at(path, 'ringing_timeout_status'),
			message: `must be a SIP status from 400 to 699, not ${code}`,
		});
	}
}

/** Checks an inbound trunk: not everybody may call it, its allowed addresses are IP addresses, its header names are legal. */
export function checkInbound(
	body: JsonObject,
	path: string,
	findings: Findings,
	allow: Allowances,
): void {
	const open =
		['numbers', 'allowed_addresses'].every((name) => texts(body[name]).length === 0) &&
		!body.auth_username &&
		!body.auth_password;
	if (open) {
		findings.faults.push({
			path: at(path, 'numbers'),
			message:
				'is empty, and so are {allowed_addresses} and the credentials. An inbound trunk needs at least one of them, or anybody could call in',
		});
	}
	if (!body.auth_username !== !body.auth_password) {
		findings.warnings.push(
			`${at(path, 'auth_username')}: LiveKit asks callers for credentials only when both user name and password are set`,
		);
	}
	checkAllowedAddresses(
		texts(body.allowed_addresses),
		at(path, 'allowed_addresses'),
		findings,
		allow,
	);
	checkRingingTime(body, path, findings, allow);
	checkRingingStatus(body, path, findings);
	checkHeaderMaps(body, path, findings);
	checkCallDuration(body, path, findings);
}

/** Checks the partial update of an inbound trunk. */
export function checkInboundUpdate(
	body: JsonObject,
	path: string,
	findings: Findings,
	allow: Allowances,
): void {
	const change = body.allowed_addresses;
	if (!isObject(change)) return;
	for (const action of ['set', 'add']) {
		checkAllowedAddresses(
			texts(change[action]),
			at(at(path, 'allowed_addresses'), action),
			findings,
			allow,
		);
	}
}

/** Checks an outbound trunk: it needs an address and a number to show. */
export function checkOutbound(body: JsonObject, path: string, findings: Findings): void {
	requireField(
		body,
		'address',
		path,
		findings,
		'is required: the host name or IP address of your carrier, such as sip.example.com',
	);
	requireField(
		body,
		'numbers',
		path,
		findings,
		'is required: at least one number that calls may show as caller ID',
	);
	checkOutboundUpdate(body, path, findings);
	checkHeaderMaps(body, path, findings);
}

/** Checks the partial update of an outbound trunk. */
export function checkOutboundUpdate(body: JsonObject, path: string, findings: Findings): void {
	if (isObject(body.numbers) && body.numbers.clear === true) {
		findings.faults.push({
			path: at(path, 'numbers'),
			message:
				'cannot be cleared: an outbound trunk needs at least one number to show as caller ID. Use {set}',
		});
	}
	checkText(body, 'address', path, findings, hostFault);
	warnOfText(body, 'address', path, findings, hostWarning);
	checkText(body, 'from_host', path, findings, hostFault);
	checkText(body, 'destination_country', path, findings, countryFault);
}

/** Checks the inline trunk of a call. */
export function checkConfig(body: JsonObject, path: string, findings: Findings): void {
	requireField(
		body,
		'hostname',
		path,
		findings,
		'is required: the host name or IP address of your carrier, such as sip.example.com',
	);
	checkText(body, 'hostname', path, findings, hostFault);
	warnOfText(body, 'hostname', path, findings, hostWarning);
	checkOutboundUpdate(body, path, findings);
	checkHeaderMaps(body, path, findings);
}

/** Checks for codecs and timeouts that LiveKit refuses, or that would end every call. */
export function checkMedia(body: JsonObject, path: string, findings: Findings): void {
	const codecs = Array.isArray(body.codecs) ? body.codecs : [];
	if (body.only_listed_codecs === true && codecs.length === 0) {
		findings.faults.push({
			path: at(path, 'codecs'),
			message: 'is empty while {only_listed_codecs} is on: every call would end. Add a codec',
		});
	}
	codecs.forEach((codec, index) => {
		const name =
			typeof codec === 'object' && codec !== null && !Array.isArray(codec)
				? String(codec.name ?? '')
				: '';
		if (name === '' || /[\s/]/.test(name)) {
			findings.faults.push({
				path: `${at(path, 'codecs')}[${index}].name`,
				message: 'must be a codec name without spaces or "/", such as PCMU',
			});
		}
	});
	if (
		typeof body.media_timeout === 'string' &&
		Number.parseFloat(body.media_timeout) > longestMediaTimeout
	) {
		findings.faults.push({
			path: at(path, 'media_timeout'),
			message: `must not be longer than ${longestMediaTimeout} seconds`,
		});
	}
}

/** Checks the change of a list: LiveKit takes one way of changing it at a time (livekit/protocol livekit/types.go). */
export function checkListUpdate(body: JsonObject, path: string, findings: Findings): void {
	const filled = (name: string) => texts(body[name]).length > 0;
	const changes = filled('add') || filled('remove');
	if (body.clear === true ? changes || filled('set') : filled('set') && changes) {
		findings.faults.push({
			path,
			message: 'mixes changes. Use set alone, clear alone, or add and remove together',
		});
	} else if (body.clear !== true && !changes && !filled('set')) {
		findings.faults.push({
			path,
			message:
				'changes nothing: no entries are given. Add entries, or choose {clear} to empty the list',
		});
	}
}
