import {
	callOrigin,
	contactNames,
	contactTurn,
	freshRoom,
	freshRoomPrefix,
} from '../../../../nodes/LiveKitSip/dial/identity';
import { rowFor } from '../../../support/row';

const row = rowFor(async () => await Promise.reject(new Error('nothing is sent')));

it('a fresh room is of its row alone, the same on every try', () => {
	expect(freshRoom(row)).toBe(freshRoom({ ...row }));
	expect(freshRoom(row)).not.toBe(freshRoom({ ...row, itemIndex: 1 }));
	expect(freshRoom(row)).not.toBe(freshRoom({ ...row, origin: 'another' }));
	expect(freshRoom(row).startsWith(freshRoomPrefix)).toBe(true);
});

it('the names of a contact hide its key, and follow key, attempt and workflow', () => {
	const names = contactNames('home', { contact: '+14155550101', attempt: 1 });
	expect(contactNames('home', { contact: '+14155550101', attempt: 1 })).toEqual(names);
	expect(JSON.stringify(names)).not.toContain('4155550101');
	const others = [
		contactNames('home', { contact: '+14155550102', attempt: 1 }),
		contactNames('home', { contact: '+14155550101', attempt: 2 }),
		contactNames('other', { contact: '+14155550101', attempt: 1 }),
	];
	expect(new Set([names, ...others].map(({ room }) => room)).size).toBe(4);
	expect(new Set([names, ...others].map(({ identity }) => identity)).size).toBe(4);
});

it('a contact and an attempt identify a call whichever execution makes it', () => {
	const contact = { contact: '4711', attempt: 2 };
	const later = { ...row, origin: 'another execution', itemIndex: 5 };
	expect(callOrigin(later, contact)).toBe(callOrigin(row, contact));
	const none = { contact: '', attempt: null };
	expect(callOrigin(later, none)).not.toBe(callOrigin(row, none));
});

it('all attempts of a contact begin alike, and those of nobody else', () => {
	const { anyRoom, anyIdentity } = contactNames('home', { contact: 'a', attempt: 1 });
	for (const attempt of [0, 2, 1e14, 'second', null]) {
		const { room, identity } = contactNames('home', { contact: 'a', attempt });
		expect(room.startsWith(anyRoom)).toBe(true);
		expect(identity.startsWith(anyIdentity)).toBe(true);
	}
	const others = [
		contactNames('home', { contact: 'b', attempt: 1 }),
		contactNames('other', { contact: 'a', attempt: 1 }),
	];
	for (const { room, identity } of others) {
		expect(room.startsWith(anyRoom)).toBe(false);
		expect(identity.startsWith(anyIdentity)).toBe(false);
	}
});

it('a contact has the same turn among caller IDs in each execution', () => {
	expect(contactTurn({ contact: '4711', attempt: 1 })).toBe(
		contactTurn({ contact: '4711', attempt: 1 }),
	);
	const turns = Array.from(
		{ length: 50 },
		(_, index) => contactTurn({ contact: String(index), attempt: 1 }) % 2,
	);
	expect(new Set(turns)).toEqual(new Set([0, 1]));
});
