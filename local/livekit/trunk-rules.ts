import { checkHeaderMaps, checkHeaders, checkHost } from './headers';
import { checkMedia } from './media';
import type { InboundTrunk, OutboundTrunk } from './messages';
import { livekitRegistry } from './schema';
import { Refusal } from './twirp';

/** Refuses a status that is no final refusal. Known statuses come as names of LiveKit's schema, others as numbers. */
function checkRingingStatus(status: string | number | undefined): void {
	if (status === undefined || status === 'SIP_STATUS_UNKNOWN') return;
	const values = livekitRegistry().getEnum('livekit.SIPStatusCode')?.values ?? [];
	const code =
		typeof status === 'number' ? status : (values.find(({ name }) => name === status)?.number ?? 0);
	if (code < 400 || code > 699)
		throw new Refusal(`ringing timeout status must be 4xx-6xx, got ${code}`, true);
}

/** Refuses an inbound trunk that LiveKit would not store (`protocol/livekit/sip.go`). */
export function checkInboundTrunk(trunk: InboundTrunk): void {
	const { auth_username, auth_password, allowed_addresses, numbers } = trunk;
	if (!auth_username && !auth_password && !allowed_addresses.length && !numbers.length) {
		throw new Refusal(
			'for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers',
			true,
		);
	}
	checkMedia(trunk.media);
	checkRingingStatus(trunk.ringing_timeout_status);
	checkHeaders(trunk.headers);
	checkHeaderMaps(trunk);
}

/** Refuses an outbound trunk that LiveKit would not store (`protocol/livekit/sip.go`). */
export function checkOutboundTrunk(trunk: OutboundTrunk): void {
	if (!trunk.numbers.length) throw new Refusal('no trunk numbers specified');
	if (!trunk.address) throw new Refusal('no outbound address specified');
	checkHost(trunk.address, 'trunk address');
	checkHost(trunk.from_host, 'from_host');
	checkHeaders(trunk.headers);
	checkHeaderMaps(trunk);
	checkMedia(trunk.media);
}
