import { attemptOf } from '../../../livekit/callees/attempt';

it.each([
	['', null],
	['0', 0],
	['1', 1],
	['01', 1],
	['1.0', 1],
	['1,00', 1],
	['20261130120000', 20261130120000],
	['1.5', '1.5'],
	['12345678901234567890', '12345678901234567890'],
	['first', 'first'],
])('an attempt %j is %j', (words, attempt) => expect(attemptOf(words)).toBe(attempt));
