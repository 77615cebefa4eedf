import { contactOf, isSameNumber } from '../../../livekit/callees/stored';

it.each([
	['+1 (415) 555-0101', '', '+14155550101'],
	['14155550101', '', '+14155550101'],
	['415-555-0101', 'US', '+14155550101'],
	['+5215512345678', '', '+525512345678'],
	// Whoever sits behind extensions is somebody else.
	['+14155550101 ext 5', '', '+14155550101 ext 5'],
	['4711', 'DE', '4711'],
	['ann', '', 'ann'],
	['20261130', '', '20261130'],
	['ORDER-2026-0001', 'US', 'ORDER-2026-0001'],
])('the key %s (country: %s) stands for %s', (key, country, contact) =>
	expect(contactOf(key, country)).toBe(contact),
);

it('what is no phone number is compared as it is', () => {
	expect(isSameNumber('alice', 'alice')).toBe(true);
	expect(isSameNumber('alice', 'bob')).toBe(false);
	expect(isSameNumber('+1 510 555 0100', '+15105550100')).toBe(true);
});
