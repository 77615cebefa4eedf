import { MASK } from '../codec/secrets';
import { maskUrl } from '../codec/urlSecrets';
import { type JsonObject, type JsonValue, isJsonObject } from '../json';
import { type WebhookEvent, textIn } from './event';

function listOf(value: JsonValue | undefined): JsonObject[] {
	return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** What a recording came to: null in all fields for events about anything else. */
export function recordingOf({ whole }: WebhookEvent): JsonObject {
	const { egress_info: info } = whole;
	if (!isJsonObject(info))
		return { recording_id: null, recording_status: null, recording_files: [] };
	const single = isJsonObject(info.file) ? [info.file] : [];
	const files = [...listOf(info.file_results), ...single].map(
		(file) => textIn(file, 'location') || textIn(file, 'filename'),
	);
	const playlists = listOf(info.segment_results).map(
		(segments) => textIn(segments, 'playlist_location') || textIn(segments, 'playlist_name'),
	);
	const places = [...files, ...playlists].filter((place) => place !== '');
	return {
		recording_id: textIn(info, 'egress_id') || null,
		recording_status: textIn(info, 'status').replace('EGRESS_', '').toLowerCase() || null,
		recording_files: [...new Set(places)].map((place) => maskUrl(place, MASK)),
	};
}
