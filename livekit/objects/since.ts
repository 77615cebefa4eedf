import type { MessageName } from '../schema';

/** The first LiveKit server that keeps a field (docs/livekit.md, Which version brought what), by message and wire path. */
const since: ReadonlyArray<readonly [RegExp, string]> = [
	[/\.(ringing_timeout_status|drop_audio_during_dtmf|dialtone|thread_id)$/, '1.13.6'],
	[/^SIP(In|Out)boundTrunk(Info|Update)\.media(\.|$)/, '1.13.2'],
	[/\.media(\.|$)/, '1.12.0'],
	[/\.(auth_realm)$/, '1.12.0'],
	[/\.(from_host|no_randomness)$/, '1.10.0'],
	[/^SIPDispatchRuleInfo\.numbers$/, '1.9.11'],
	[/\.destination_country$/, '1.9.0'],
	[/\.(include_headers|attributes_to_headers)$/, '1.8.2'],
];

/** The server version that a field needs, undefined if it is not known. */
export function sinceOf(message: MessageName, path: string): string | undefined {
	return since.find(([pattern]) => pattern.test(`${message}.${path}`))?.[1];
}
