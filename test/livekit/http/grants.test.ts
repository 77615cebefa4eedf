import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

import { grantFor } from '../../../livekit/http/grants';

const descriptors = readFileSync(join(__dirname, '../../../local/livekit-protocol.binpb'));
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptors));

const sipAdmin = { sip: { admin: true } };
const inRoom = { video: { roomAdmin: true, room: 'r1' } };
const between = { video: { roomAdmin: true, room: 'r1', destinationRoom: 'r2' } };
const body = { room: 'r1', destination_room: 'r2' };

/** Reference 2.2 (livekit/livekit pkg/service), by hand: for each RPC of LiveKit's descriptors exactly one grant. */
const EXPECTED: Record<string, Record<string, unknown>> = {
	'livekit.SIP': {
		CreateSIPParticipant: { sip: { call: true } },
		TransferSIPParticipant: { ...inRoom, sip: { call: true } },
		...Object.fromEntries(
			[
				'ListSIPTrunk',
				'CreateSIPInboundTrunk',
				'CreateSIPOutboundTrunk',
				'UpdateSIPInboundTrunk',
				'UpdateSIPOutboundTrunk',
				'GetSIPInboundTrunk',
				'GetSIPOutboundTrunk',
				'ListSIPInboundTrunk',
				'ListSIPOutboundTrunk',
				'DeleteSIPTrunk',
				'CreateSIPDispatchRule',
				'UpdateSIPDispatchRule',
				'ListSIPDispatchRule',
				'DeleteSIPDispatchRule',
			].map((method) => [method, sipAdmin]),
		),
	},
	'livekit.RoomService': {
		CreateRoom: { video: { roomCreate: true } },
		DeleteRoom: { video: { roomCreate: true } },
		ListRooms: { video: { roomList: true } },
		ForwardParticipant: between,
		MoveParticipant: between,
		...Object.fromEntries(
			[
				'ListParticipants',
				'GetParticipant',
				'RemoveParticipant',
				'MutePublishedTrack',
				'UpdateParticipant',
				'UpdateSubscriptions',
				'SendData',
				'UpdateRoomMetadata',
				'PerformRpc',
			].map((method) => [method, inRoom]),
		),
	},
	'livekit.AgentDispatchService': {
		CreateDispatch: inRoom,
		DeleteDispatch: inRoom,
		ListDispatch: inRoom,
	},
	'livekit.Egress': allOf('livekit.Egress', { video: { roomRecord: true } }),
	'livekit.Ingress': allOf('livekit.Ingress', { video: { ingressAdmin: true } }),
	'livekit.PhoneNumberService': allOf('livekit.PhoneNumberService', sipAdmin),
	'livekit.Connector': allOf('livekit.Connector', { video: { roomCreate: true } }),
};

function methodsOf(service: string): string[] {
	return registry.getService(service)!.methods.map(({ name }) => name);
}

function allOf(service: string, grant: unknown): Record<string, unknown> {
	return Object.fromEntries(methodsOf(service).map((method) => [method, grant]));
}

describe('grantFor', () => {
	it("knows every service of LiveKit's descriptors", () => {
		const services = [...registry]
			.filter(({ kind }) => kind === 'service')
			.map(({ typeName }) => typeName);
		expect(services.sort()).toEqual(Object.keys(EXPECTED).sort());
	});

	it.each(Object.keys(EXPECTED))('gives each RPC of %s exactly its grant', (service) => {
		const grants = methodsOf(service).map((method) => [
			method,
			grantFor(`/twirp/${service}/${method}`, body),
		]);
		expect(Object.fromEntries(grants)).toEqual(EXPECTED[service]);
	});

	it.each([
		['an object', { room_name: 'r1' }],
		['camelCase', { roomName: 'r1' }],
		['JSON text', '{"room_name":"r1"}'],
		['a buffer', Buffer.from('{"room_name":"r1"}')],
		['bytes', new TextEncoder().encode('{"room_name":"r1"}')],
	])('reads the room from %s', (_, given) => {
		expect(grantFor('/twirp/livekit.SIP/TransferSIPParticipant', given)).toEqual({
			...inRoom,
			sip: { call: true },
		});
	});

	it.each([
		undefined,
		null,
		'',
		'not json',
		'[]',
		'null',
		7,
		[],
		{ room: 5 },
		{ room: '' },
		{ room: null },
	])('has no room to grant in %j', (given) => {
		expect(grantFor('/twirp/livekit.RoomService/RemoveParticipant', given)).toEqual({
			video: { roomAdmin: true },
		});
	});

	it("gives a method newer than the table its service's grant", () => {
		expect(grantFor('/twirp/livekit.SIP/PauseSIPTrunk', body)).toEqual(sipAdmin);
		expect(grantFor('/twirp/livekit.RoomService/MuteRoom', body)).toEqual(inRoom);
	});

	it.each([
		'',
		'/',
		'/rtc/validate',
		'/twirp/livekit.Unknown/ListSIPTrunk',
		'/twirp/livekit.constructor/name',
		'/twirp/other.SIP/ListSIPTrunk',
		'/twirp/livekit.SIP',
		'/twirp/livekit.sip/ListSIPTrunk',
		'/livekit.SIP/ListSIPTrunk',
		'twirp/livekit.SIP/ListSIPTrunk',
		'//twirp/livekit.SIP/ListSIPTrunk',
		'/twirp//livekit.SIP/ListSIPTrunk',
		'/prefix/twirp/livekit.SIP/ListSIPTrunk',
		'/twirp/livekit.SIP/ListSIPTrunk/',
		'/twirp/livekit.SIP/ListSIPTrunk\n',
		'/twirp/livekit.SIP/ListSIPTrunk?a=1',
		'/twirp/livekit.SIP/List%53IPTrunk',
		'https://x.livekit.cloud/twirp/livekit.SIP/ListSIPTrunk',
		'https://elsewhere.example/?next=/twirp/livekit.SIP/ListSIPTrunk',
		'https://elsewhere.example/#/twirp/livekit.SIP/ListSIPTrunk',
	])('permits nothing at %j', (path) => {
		expect(grantFor(path, body)).toEqual({});
	});

	it('takes no method from the prototype of a table', () => {
		expect(grantFor('/twirp/livekit.RoomService/toString', body)).toEqual(inRoom);
	});
});
