import { addOlderForms } from '../../../livekit/codec/olderForms';
import type { JsonObject } from '../../../livekit/json';
import type { MessageName } from '../../../livekit/schema';

function both(message: MessageName, body: JsonObject): JsonObject {
	expect(addOlderForms(message, body)).toEqual([]);
	return body;
}

describe('encryption', () => {
	it.each<MessageName>([
		'SIPInboundTrunkInfo',
		'SIPOutboundTrunkUpdate',
		'SIPDispatchRuleInfo',
		'CreateSIPParticipantRequest',
	])('of %s is sent in both forms', (message) => {
		const current = { media: { codecs: [], encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' } };
		expect(both(message, current)).toEqual({
			...current,
			media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
		});
		expect(
			both(message, {
				media: { only_listed_codecs: true },
				media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
			}),
		).toEqual({
			media: { only_listed_codecs: true, encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' },
			media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
		});
		expect(both(message, { media: { only_listed_codecs: true } })).toEqual({
			media: { only_listed_codecs: true },
		});
	});

	it('is found inside requests, and contradictions are refused there', () => {
		expect(
			both('CreateSIPInboundTrunkRequest', {
				trunk: { media: { encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' } },
			}),
		).toMatchObject({ trunk: { media_encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' } });
		const faults = addOlderForms('CreateSIPInboundTrunkRequest', {
			trunk: {
				media: { encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' },
				media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
			},
		});
		expect(faults).toEqual([
			{
				path: 'trunk.media_encryption',
				message: 'contradicts media.encryption. Keep media.encryption only',
			},
		]);
	});
});

describe('dial tone', () => {
	it.each([
		['SIP_DIALTONE_US', true],
		['SIP_DIALTONE_AUTO', true],
		['SIP_DIALTONE_DISABLED', false],
	])('%s goes with play_dialtone %p', (dialtone, play) => {
		for (const message of ['CreateSIPParticipantRequest', 'TransferSIPParticipantRequest'] as const)
			expect(both(message, { dialtone })).toEqual({ dialtone, play_dialtone: play });
	});

	it('keeps the older form alone as it is, and refuses a contradiction', () => {
		expect(both('TransferSIPParticipantRequest', { play_dialtone: true })).toEqual({
			play_dialtone: true,
		});
		expect(
			addOlderForms('TransferSIPParticipantRequest', {
				dialtone: 'SIP_DIALTONE_DISABLED',
				play_dialtone: true,
			}),
		).toHaveLength(1);
	});
});
