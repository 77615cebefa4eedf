import type { MediaConfig } from './messages';
import { milliseconds } from './messages';
import { Refusal } from './twirp';

const DISABLED = 'SIP_MEDIA_ENCRYPT_DISABLE';
const MAX_TIMEOUT_MS = 600_000;

/** Checks codecs and media timeout (`protocol/livekit/sip.go`). */
export function checkMedia(media: MediaConfig | undefined): void {
	if (!media) return;
	for (const { name } of media.codecs) {
		if (!name) throw new Refusal('missing codec name');
		if (/[ \t\n\r]/.test(name)) throw new Refusal('invalid codec name');
		if (name.includes('/')) throw new Refusal("codec name must not contain '/'");
	}
	if (media.media_timeout === undefined) return;
	const timeout = milliseconds(media.media_timeout);
	if (timeout < 0) throw new Refusal('media_timeout must not be negative');
	if (timeout > MAX_TIMEOUT_MS) throw new Refusal('media_timeout must not exceed 10m0s');
}

interface MediaOwner {
	media?: MediaConfig;
	media_encryption: string;
}

/** Gives the object a media block, which takes the legacy encryption when it has none of its own. */
export function upgradeMedia(owner: MediaOwner): void {
	owner.media ??= { only_listed_codecs: false, codecs: [] };
	if (owner.media.encryption === undefined && owner.media_encryption !== DISABLED) {
		owner.media.encryption = owner.media_encryption;
	}
}

/** Applies the media part of an update: the block is replaced whole, the legacy field then follows it. */
export function updateMedia(
	owner: MediaOwner,
	update: { media?: MediaConfig; media_encryption?: string },
): void {
	if (update.media) owner.media = structuredClone(update.media);
	if (update.media_encryption !== undefined) owner.media_encryption = update.media_encryption;
	upgradeMedia(owner);
	owner.media_encryption = owner.media?.encryption ?? DISABLED;
}
