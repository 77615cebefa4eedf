import { type Fault, type JsonObject, at, isObject } from '../json';
import { type MessageName, messageOf } from '../schema';

/**
 * Adds to an encoded body the older form of what newer servers take in a new one, since servers drop unknown fields
 * in silence: `media_encryption` beside `media.encryption` (server 1.12, 1.13.2) and `play_dialtone` beside
 * `dialtone` (protocol 1.54). The other way round, a deprecated encryption also gets its current form.
 *
 * @returns faults where both forms are given and contradict each other
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
