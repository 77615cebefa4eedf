import type { INodeProperties } from 'n8n-workflow';
import { ROWS } from '../../../livekit/codec/given';
import { to } from './form';
import { type Rows, rowsUpdateField } from './listUpdate';

const codecRows: Rows = {
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Codec',
	default: {},
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
};

function codecsField(media: string, isUpdate: boolean): INodeProperties {
	const about = {
		displayName: 'Codecs',
		name: 'codecs',
		description: "Audio codecs to offer besides LiveKit's own (PCMU, PCMA, G722)",
	};
	const path = `${media}.codecs`;
	return isUpdate
		? rowsUpdateField({
				...about,
				path,
				cleared: "Only LiveKit's own are offered",
				rows: codecRows,
			})
		: { ...codecRows, ...about, routing: to(path) };
}

/** Codecs, encryption and timeouts of the voice stream, written to `path.media`. */
export function mediaFields(path: string): INodeProperties[] {
	const media = `${path ? `${path}.` : ''}media`;
	const isUpdate = path === 'update';
	return [
		codecsField(media, isUpdate),
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
