import type { CallOutcome, ReasonOf } from '../../livekit/outcome/reasons';

type Meanings = {
	readonly [Outcome in CallOutcome]: Readonly<Record<ReasonOf<Outcome>, string>>;
};

/**
 * What every reason of Call: Place means to a user, for docs/reasons.md. They stand here and not beside the reasons: the
 * package needs none of them, and they name the fields of the form.
 */
export const meanings: Meanings = {
	answered: {
		already_running:
			'Prevent Second Call found a running call to this contact; nobody was called again',
	},
	dialing: {
		already_running: 'The same for a call that is under way and not answered yet',
	},
	busy: {
		busy: 'SIP 486, 600',
	},
	declined: {
		declined: 'The callee declined (SIP 603)',
	},
	no_answer: {
		ring_timeout:
			'Nobody answered within Ring the Callee For (Seconds). A carrier whose address does not react looks the same',
		callee_unavailable: 'The phone is off or nobody answers (SIP 480)',
		callee_unreachable: 'The callee could not be reached in time (SIP 408)',
		call_ended_before_answer: 'The call was ended while it rang (SIP 487), such as by Hang Up',
	},
	invalid_number: {
		unknown_number: 'SIP 404, 604, or the carrier says so',
		number_gone: 'The number is no longer in use (SIP 410)',
		incomplete_number: 'Digits are missing (SIP 484)',
		ambiguous_number: 'It can be several numbers (SIP 485)',
		not_a_number:
			'Number to Call holds no phone number; nobody was called. `message` says what is wrong',
		several_numbers: 'Number to Call holds several numbers; nobody was called',
		impossible:
			'No number of that country has this length or beginning, or nobody has the country code; nobody was called. Unlock Unusual Numbers calls it',
		rounded: 'A spreadsheet has rounded the number; nobody was called',
		two_readings:
			'The digits can be two numbers, of the Country of the Numbers and with a country code that lost its "+"; nobody was called',
	},
	blocked: {
		carrier_forbids:
			"The carrier does not connect calls to this number or country, or takes the call for fraud (SIP 403 and carriers' own texts)",
		callee_blocks:
			"The callee, or a filter of the callee's carrier, does not want this call (SIP 607, 608)",
		anonymous_caller: 'The callee takes no calls without a caller ID (SIP 433)',
		consent_needed: 'The callee has to agree first (SIP 470)',
	},
	rate_limited: {
		carrier_limit:
			"Too many calls at once or per second for the carrier (SIP 429 and carriers' own texts)",
		livekit_limit: 'Too many requests for LiveKit',
		gateway_limit: 'Too many requests for a gateway in front of LiveKit',
	},
	carrier_error: {
		trunk_credentials: "The carrier refused the trunk's user name or password (SIP 401, 407)",
		payment_required: 'SIP 402: look at your account',
		account_blocked: 'The carrier has blocked the account or the trunk',
		caller_id_refused:
			'The carrier does not accept the caller ID (it speaks of the calling, source or from number)',
		caller_identity_refused: 'The carrier wants a signed caller ID (SIP 428, 436 to 438)',
		media_mismatch: 'No codec or encryption that both sides know (SIP 406, 415, 488, 493, 606)',
		carrier_trouble: 'A technical fault at the carrier (SIP 500, 502, 503, 504)',
		redirected: 'The carrier wants the call elsewhere (SIP 300 to 399)',
		carrier_refused: 'Any other status: ask the carrier',
		failed_after_answer:
			'The callee picked up, but the call could not be set up, such as for want of a codec that both sides know. LiveKit ended it at once',
	},
	unknown: {
		connection_lost: 'The connection to LiveKit broke, or no answer came in time',
		server_deadline: 'LiveKit gave up waiting and does not know',
		sip_service_stopped: "LiveKit's SIP service was shut down during the call",
		carrier_silent:
			'The carrier said nothing, or nothing more. With a firewall that drops its answers the phone rings all the same',
		carrier_unreachable:
			"An address of the carrier cannot be reached: the trunk's, or the one that the carrier named when the callee picked up",
		carrier_tls: "The carrier's certificate or TLS, at either of these addresses",
		no_clear_answer: 'An answer that proves nothing, such as a 502 of a gateway',
	},
	not_sent: {
		bad_input: 'A field of the row is wrong; `message` names it',
		check_failed:
			'What the node asks LiveKit before the call (trunk, running call, agent) was not answered. It may work later where LiveKit or the connection was the cause',
		refused_input: 'LiveKit does not accept a value',
		credential: 'API key, secret, or their permissions',
		trunk_missing: 'The trunk does not exist in this project',
		no_connection: 'The LiveKit server cannot be reached',
		no_sip_service: 'No livekit-sip answered. Not retryable if the server runs without Redis',
		sip_service_full: 'All SIP services are busy',
		room_failed: 'The SIP service could not join the room',
		no_livekit: 'Something else than LiveKit answered',
		server_too_old: 'The server does not know calls',
		not_supported: 'The server or the phone number does not do this',
		wrong_region: 'The project is bound to other regions (LiveKit Cloud)',
	},
	skipped: {
		dry_run: 'Dry Run: this number would be called',
		do_not_call:
			'The number, or that of Request URI, To User or a To header, is on the Do Not Call list',
		destination_not_allowed: 'It is not among Allowed Destinations',
		emergency_number: 'It is one, and Unlock Emergency Numbers is off',
		duplicate: 'An earlier row of this run calls the number',
		shared_room: 'An earlier row of this run calls into the room',
		caller_id_not_owned:
			'The trunk does not have this caller: Caller ID, From Header, or a header such as P-Asserted-Identity',
		time_zone_missing:
			'Calling Hours are set and the time zone of the callee is not known, neither by the row nor by the number',
		tries_missing:
			'Call Again is set and Tries So Far, Calls Today or Last Called At of the row cannot be read',
		no_tries_left: 'Call Again: the contact has had all its tries',
		no_calls_left_today:
			'Call Again: the contact has had its calls of today. `next_allowed_at` says when the next one is allowed',
		outside_calling_hours:
			'`next_allowed_at` says when calling is allowed again. Not retryable if that is not within a year',
		no_place:
			'There was no place or turn for the call in the time of Give Up Waiting After (Seconds). Nobody was called',
		call_limit: 'Maximum Calls per Execution is reached',
		circuit_open:
			'Too many failures of the carrier or LiveKit, in a row or as a share of the calls of the last minutes',
		no_agent: 'The agent did not come into the room in time',
		canceled: 'The execution was cancelled before this call (n8n keeps no output then)',
	},
};
