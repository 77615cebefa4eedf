import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(__dirname, '..', '..');

/** Where a point in time is meant, as people tell it. All that counts how long something takes uses performance.now(). */
const telling: Readonly<Record<string, string>> = {
	'livekit/http/token.ts': 'from when until when a token is valid',
	'nodes/LiveKitCallTrigger/receive.ts': 'whether the token of a webhook is valid now',
	'nodes/LiveKitSip/dial/addNextCall.ts': 'when a contact is called again',
	'nodes/LiveKitSip/dial/byFailureRate.ts': 'when calling goes on',
	'nodes/LiveKitSip/dial/callAgain.ts': 'whether a contact has calls left today',
	'nodes/LiveKitSip/dial/callingHours.ts': 'whether the calling hours are open',
	'nodes/LiveKitSip/dial/moment.ts': 'times of a call as they are shown',
	'nodes/LiveKitSipTrigger/poll.ts': 'when a change was detected',
};

const shipped = ['livekit', 'nodes', 'credentials'].flatMap((folder) =>
	readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

/** Whether code asks the clock that people and time servers can set: `Date.now`, `new Date()`, `new Date`, `Date()`. */
const asksTheClock = (code: string) =>
	/\bDate\s*(\?\.|\.)\s*now\b|\bDate\s*\[|\bnew\s+Date\s*(\(\s*\)|(?![\s(\w]))|(?<!new\s+)\bDate\s*\(|\bDateTime\b/.test(
		code,
	);

it.each([
	['Date.now()', true],
	['[Date.now].map(call)', true],
	['new Date()', true],
	['+new Date;', true],
	['Number(Date())', true],
	['const { now } = Date["now"]', true],
	['DateTime.now()', true],
	['new Date(milliseconds)', false],
	['Date.parse(text)', false],
	['at: Date;', false],
	['performance.now()', false],
])('%s asks the clock: %s', (code, asks) => {
	expect(asksTheClock(code)).toBe(asks);
});

it('only the files that tell a point in time ask the clock that can be set back', () => {
	const asking = shipped.filter((file) =>
		asksTheClock(readFileSync(join(repository, file), 'utf8')),
	);
	expect(asking.sort()).toEqual(Object.keys(telling).sort());
});
