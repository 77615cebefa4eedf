import type { JsonObject } from '../../../livekit/json';
import { twinsOf } from '../../../livekit/objects/twin';
import { MASK } from '../../../livekit/codec/secrets';
import { storedObjects } from '../../../livekit/schema/rpc';

const given: JsonObject = {
	name: 'New',
	address: 'sip.example.com',
	numbers: ['+15105550100'],
	auth_username: 'u',
	auth_password: 'secret',
};
const stored = { ...given, sip_trunk_id: 'ST_1', name: 'Old', transport: 'SIP_TRANSPORT_AUTO' };

it.each<[string, JsonObject, boolean]>([
	['another name and an ID', stored, true],
	['a password that is hidden', { ...stored, auth_password: MASK }, true],
	[
		'media that the server filled in',
		{ ...stored, media: { encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' } },
		true,
	],
	['no password', { ...stored, auth_password: '' }, false],
	['another address', { ...stored, address: 'sip.example.org' }, false],
	['one number more', { ...stored, numbers: ['+15105550100', '+15105550101'] }, false],
	['headers', { ...stored, headers: { 'X-A': '1' } }, false],
	['another transport', { ...stored, transport: 'SIP_TRANSPORT_TCP' }, false],
])('an outbound trunk with %s', (_title, other, isTwin) => {
	expect(twinsOf(storedObjects.outboundTrunk, given, [other])).toEqual(isTwin ? [other] : []);
});
