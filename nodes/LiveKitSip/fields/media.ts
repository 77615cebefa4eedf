import type { INodeProperties } from 'n8n-workflow';
import { ROWS } from '../../../livekit/codec/given';
import { to } from './form';

/** Codecs, encryption and timeouts of the voice stream, written to `path.media`. */
export function mediaFields(path: string): INodeProperties[] {
	const media = `${path ? `${path}.` : ''}media`;
	return [
		{
			displayName: 'Codecs',
			name: 'codecs',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Codec',
			default: {},
			description:
				"Audio codecs to offer besides LiveKit's own (PCMU, PCMA, G722). An update replaces all that are there.",
			options: [
				{
					displayName: 'Codec',
					name: ROWS,
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. PCMU',
						},
						{
							displayName: 'Sample Rate (Hz)',
							name: 'rate',
							type: 'number',
							typeOptions: { minValue: 0 },
							default: 0,
							description: '0 takes the usual rate of the codec',
						},
					],
				},
			],
			routing: to(`${media}.codecs`),
		},
		{
			displayName: 'Media Encryption (SRTP)',
			name: 'mediaEncryption',
			type: 'options',
			options: [
				{
					name: 'Allow',
					value: 'SIP_MEDIA_ENCRYPT_ALLOW',
					description: 'Encrypt when the other side can',
				},
				{
					name: 'Disable',
					value: 'SIP_MEDIA_ENCRYPT_DISABLE',
					description: 'Never encrypt the voice stream',
				},
				{
					name: 'Require',
					value: 'SIP_MEDIA_ENCRYPT_REQUIRE',
					description: 'Refuse calls without encryption',
				},
			],
			default: 'SIP_MEDIA_ENCRYPT_ALLOW',
			description:
				'How the voice stream is encrypted. Disable on a rule or call does not undo what the trunk asks for.',
			routing: to(`${media}.encryption`),
		},
		{
			displayName: 'Media Timeout (Seconds)',
			name: 'mediaTimeout',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 600 },
			default: 15,
			description: 'How long no audio may arrive before the call is ended, up to 600 seconds',
			routing: to(`${media}.media_timeout`),
		},
		{
			displayName: 'Mute Audio During DTMF',
			name: 'dropAudioDuringDtmf',
			type: 'boolean',
			default: false,
			description: 'Whether to send no audio while keypad tones are sent',
			routing: to(`${media}.drop_audio_during_dtmf`),
		},
		{
			displayName: 'Only Listed Codecs',
			name: 'onlyListedCodecs',
			type: 'boolean',
			default: false,
			description:
				"Whether to offer the codecs listed under Codecs alone, without LiveKit's own. List at least one there.",
			routing: to(`${media}.only_listed_codecs`),
		},
	];
}
