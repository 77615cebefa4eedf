import { badTokenCharacter, checkHeaderMaps, checkHeaders, checkHost } from './headers';
import { checkMedia } from './media';
import type { CreateParticipantRequest, TransferRequest } from './messages';
import { Refusal } from './twirp';

/** Regions that CLDR names but Go's golang.org/x/text takes for no country, and the other way round. */
const NO_COUNTRIES = new Set(['EU', 'QO', 'XA', 'XB', 'ZZ']);
const MORE_COUNTRIES = new Set(
	'AN BU CS CT DD DY EZ FQ FX HV JT MI NH NQ NT PC PU PZ RH SU TP UK UN VD WK YD YU ZR'.split(' '),
);
const COUNTRY_COMPLAINT =
	"country must be a valid ISO 3166-1 alpha-2 code (2-letter like 'US', 'IN', 'UK')";

/** One character, or one escape that Go allows, of a text inside double quotes. */
const QUOTED_TEXT =
	/^(?:[^"\\\n]|\\[abfnrtv\\"]|\\x[\da-f]{2}|\\[0-3][0-7]{2}|\\u(?!d[89a-f])[\da-f]{4}|\\U(?:000(?!0d[89a-f])|0010)[\da-f]{4,5})*$/i;

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

function isCountry(code: string): boolean {
	if (MORE_COUNTRIES.has(code)) return true;
	if (!/^[A-Z]{2}$/.test(code) || NO_COUNTRIES.has(code)) return false;
	return new Intl.Locale(`und-${code}`).region === code && regionNames.of(code) !== undefined;
}

function checkDestination({
	city,
	country,
	region,
}: NonNullable<CreateParticipantRequest['destination']>): void {
	if (city && !country && !region)
		throw new Refusal('if city is specified, country or region must also be specified');
	if (country && !isCountry(country)) throw new Refusal(COUNTRY_COMPLAINT);
}

/** Refuses a call that LiveKit would not place (`protocol/livekit/sip.go`), in LiveKit's order. */
export function checkDial(request: CreateParticipantRequest): void {
	const {
		trunk,
		sip_call_to: callee,
		display_name: displayName,
		to_user_override: toUser,
	} = request;
	if (!request.sip_trunk_id && !trunk && !request.sip_number)
		throw new Refusal('missing sip trunk id and sip number');
	if (trunk) {
		if (!trunk.hostname) throw new Refusal('no outbound hostname specified');
		checkHost(trunk.hostname, 'trunk hostname');
		checkHost(trunk.from_host, 'from_host');
		checkHeaderMaps(trunk);
	}
	if (!callee) throw new Refusal('missing sip callee number');
	if (callee.includes('@'))
		throw new Refusal('SipCallTo should be a phone number or SIP user, not a full SIP URI');
	if (toUser) {
		if (toUser.includes('@'))
			throw new Refusal('ToUserOverride should be a phone number or SIP user, not a full SIP URI');
		const complaint = badTokenCharacter(toUser);
		if (complaint) throw new Refusal(`ToUserOverride contains invalid characters: ${complaint}`);
	}
	if (!request.room_name) throw new Refusal('missing room name');
	if (displayName !== undefined) {
		if (Buffer.byteLength(displayName) > 128)
			throw new Refusal('DisplayName too long (max 128 characters)');
		if (!QUOTED_TEXT.test(displayName))
			throw new Refusal('DisplayName must be a valid quoted string: invalid syntax');
	}
	if (request.destination) checkDestination(request.destination);
	checkHeaders(request.headers);
	checkMedia(request.media);
}

/** Refuses a transfer target or header that LiveKit would not send. */
export function checkTransfer({ transfer_to: target, headers }: TransferRequest): void {
	if (!target) throw new Refusal('missing transfer to');
	const uri = /^<(.*)>$/s.exec(target)?.[1] ?? target;
	if (!/^(?:sips?|tel):/.test(uri)) {
		throw new Refusal('transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)');
	}
	checkHeaders(headers);
}
