import { type Fault, type JsonObject, at, isObject } from '../json';
import { type MessageName, messageOf } from '../schema';

/**
 * Adds older fields to an encoded body for servers that would silently drop the newer ones: `media_encryption` for
 * `media.encryption` (server 1.12.0, for trunks 1.13.2) and `play_dialtone` for `dialtone` (protocol v1.54.0). A body that
 * holds only the older encryption gets the newer one too.
 *
 * @returns faults for fields that contradict each other
 */
export function addOlderForms(message: MessageName, body: JsonObject, path = ''): Fault[] {
	const fields = messageOf(message).byKey;
	const faults: Fault[] = [];
	if (fields.has('media') && fields.has('mediaencryption'))
		faults.push(...bothEncryptions(body, path));
	if (fields.has('dialtone') && body.dialtone !== undefined) {
		const play = body.dialtone !== 'SIP_DIALTONE_DISABLED';
		if (body.play_dialtone !== undefined && body.play_dialtone !== play) {
			faults.push({
				path: at(path, 'play_dialtone'),
				message: `contradicts dialtone ${String(body.dialtone)}. Keep dialtone only`,
			});
		}
		body.play_dialtone = play;
	}
	for (const field of messageOf(message).fields) {
		const inner = body[field.name];
		if (field.kind === 'message' && field.shape === 'one' && isObject(inner)) {
			faults.push(...addOlderForms(field.type, inner, at(path, field.name)));
		}
	}
	return faults;
}

function bothEncryptions(body: JsonObject, path: string): Fault[] {
	const media = isObject(body.media) ? body.media : undefined;
	const current = media?.encryption;
	const older = body.media_encryption;
	if (current !== undefined && older !== undefined && current !== older) {
		return [
			{
				path: at(path, 'media_encryption'),
				message: 'contradicts media.encryption. Keep media.encryption only',
			},
		];
	}
	if (current !== undefined) body.media_encryption = current;
	else if (older !== undefined) body.media = { ...media, encryption: older };
	return [];
}
