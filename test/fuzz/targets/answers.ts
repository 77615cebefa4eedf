import * as fc from 'fast-check';

import { notKept } from '../../../livekit/objects/notKept';
import { allTrunkClashes } from '../../../livekit/routing/clashes';
import { routingOf } from '../../../livekit/routing/route';
import { decode } from '../../../livekit/codec/decode';
import { readRefusal } from '../../../livekit/outcome/refusals';
import type { JsonObject } from '../../../livekit/json';
import { listObjects } from '../../../livekit/objects/list';
import { isForeign } from '../../../livekit/codec/answer';
import { readResponse } from '../../../livekit/codec/response';
import { fateOf, isSystemic } from '../../../livekit/outcome/call';
import { callRpcs, storedObjects } from '../../../livekit/schema/rpc';
import { maskSecrets, maskedPaths } from '../../../livekit/codec/secrets';
import { simplifyMessage } from '../../../livekit/objects/simplify';
import { transferFateOf, transferResult } from '../../../livekit/outcome/transfer';
import { type Answer, type HttpAnswer, readAnswer } from '../../../livekit/http/twirp';
import { bodies } from '../../contract/generate';
import { answersOf } from '../../contract/oracle';
import { CANARY, CANARY_TOKEN, type Sizes, hostileText, hostileValue } from '../hostile';
import { must, mustBePlain, mustHideSecrets } from '../invariants';
import { mutated, mutations, withCanaries } from '../mutate';
import { type Target, target } from '../target';
import type { MessageName } from '../../../livekit/schema';

const objects = Object.values(storedObjects);
const answered: readonly MessageName[] = [
	...objects.map(({ info }) => info),
	'ParticipantInfo',
	'SIPParticipantInfo',
	'TransferSIPParticipantResponse',
	'AgentDispatch',
	'Room',
];

interface Given {
	readonly message: MessageName;
	readonly answer: unknown;
	readonly sent: JsonObject;
}

// What servers of the future may answer.
const newer = {
	new_password: CANARY,
	oauth: { client_secret: CANARY, retries: [{ token: CANARY }] },
	newer_field: 1,
};

/** Answers of one object, in the spelling of either kind of server, then mutated. */
export function answersFor(message: MessageName, sizes: Sizes): fc.Arbitrary<unknown> {
	const right = fc.record({
		body: bodies(message),
		style: fc.constantFrom('snake', 'camel'),
		steps: mutations(sizes, 'server'),
		isNewer: fc.boolean(),
	});
	const given = right.map(({ body, style, steps, isNewer }) => {
		const { snake, camel } = answersOf(message, withCanaries(message, body) as JsonObject);
		return mutated({ ...(style === 'snake' ? snake : camel), ...(isNewer ? newer : {}) }, steps);
	});
	return fc.oneof(
		{ weight: 15, arbitrary: given },
		{ weight: 1, arbitrary: hostileValue(sizes, 'server') },
	);
}

function objectAnswers(sizes: Sizes): fc.Arbitrary<Given> {
	return fc.constantFrom(...answered).chain((message) =>
		fc.record({
			message: fc.constant(message),
			answer: answersFor(message, sizes),
			sent: bodies(message),
		}),
	);
}

function checkShown(message: MessageName, value: JsonObject, sent: JsonObject): void {
	const decoded = decode(message, value);
	mustBePlain(decoded);
	const masked = maskSecrets(message, decoded);
	mustBePlain(masked);
	mustHideSecrets('masked output', masked);
	mustHideSecrets('simplified output', simplifyMessage(message, masked));
	mustHideSecrets('what was not kept', notKept(message, sent, decoded));
	mustHideSecrets('the paths of masks', maskedPaths(message, decoded));
	const routing = routingOf([decoded], [decoded]);
	const asked = routing.route({ called: '+15105550100', caller: '', sourceAddress: '192.0.2.1' });
	mustHideSecrets('what became of trunks and rules', asked.candidates());
	allTrunkClashes(routing.trunks, routing.reading);
}

function checkRefusal(answer: Answer): void {
	if (!('refusal' in answer)) return;
	const { refusal } = answer;
	mustHideSecrets('a refusal', refusal);
	must(refusal.message.length <= 5000, `a message of ${refusal.message.length} characters`);
	const { message, advice } = readRefusal(refusal);
	mustHideSecrets('an explanation', [message, advice]);
	for (const text of [message, advice])
		must(!/[\p{Cc}\p{Bidi_Control}]/u.test(text), 'an explanation holds control characters');
	must(message.length > 0 && advice.length > 0, 'an explanation says nothing');
	const fate = fateOf(refusal);
	must(
		fate.message.length > 0 && fate.reason.length > 0 && typeof isSystemic(fate) === 'boolean',
		'a fate says nothing',
	);
	must(!/[\p{Cc}\p{Bidi_Control}]/u.test(fate.message), 'a fate holds control characters');
	must((fate.sipStatus?.phrase.length ?? 0) <= 120, 'a phrase is too long');
	mustHideSecrets('a fate', fate);
	mustHideSecrets("a transfer's fate", transferFateOf(refusal));
}

function checkObject({ message, answer, sent }: Given): void {
	const read = readAnswer({ status: 200, body: answer });
	checkRefusal(read);
	if (!('value' in read)) return;
	isForeign(message, read.value);
	checkShown(message, read.value, sent);
	if (message === 'TransferSIPParticipantResponse') transferResult(decode(message, read.value));
}

const words = fc.oneof(
	hostileText,
	fc.constantFrom(
		`invalid token: ${CANARY_TOKEN}, error: x`,
		`Bearer ${CANARY}`,
		`invalid API key: ${CANARY}`,
		`<pre>Authorization: Bearer ${CANARY_TOKEN}</pre>`,
		`<style>${CANARY_TOKEN}</style>`,
		'twirp error unknown: update SIP participant failed: sip status: 486',
		'no response from servers',
		'sip request timed out',
		'permissions denied',
		'transaction failed to complete (0 intermediate responses)',
	),
);

/** Answers with any status: Twirp's refusals with hostile parts, plain texts, bytes, other websites' pages. */
function refusals(sizes: Sizes): fc.Arbitrary<HttpAnswer> {
	const value = hostileValue(sizes, 'server');
	const code = fc.oneof(
		fc.constantFrom(
			'unauthenticated',
			'not_found',
			'invalid_argument',
			'unavailable',
			'deadline_exceeded',
			'resource_exhausted',
			'bad_route',
			'constructor',
		),
		value,
	);
	const meta = fc.oneof(
		value,
		fc.dictionary(
			fc.constantFrom(
				'sip_status_code',
				'sip_status',
				'sip_transfer_id',
				'sip_transfer_reason',
				'error_details',
				'__proto__',
			),
			fc.oneof(words, fc.constantFrom('486', '99', '1e400', '-1')),
		),
	);
	const twirp = fc.record({ code, msg: fc.oneof(words, value), meta }, { requiredKeys: [] });
	const body = fc.oneof<Array<fc.Arbitrary<unknown>>>(
		twirp,
		words,
		words.map((text) => Buffer.from(text)),
		value,
	);
	return fc.record({
		status: fc.oneof(
			fc.constantFrom(
				200,
				204,
				301,
				400,
				401,
				403,
				404,
				408,
				412,
				413,
				429,
				451,
				500,
				502,
				503,
				504,
			),
			fc.integer(),
		),
		body,
	});
}

interface Pages {
	readonly index: number;
	readonly pages: ReadonlyArray<readonly unknown[]>;
	readonly key: string;
}

function lists(sizes: Sizes): fc.Arbitrary<Pages> {
	return fc.nat(objects.length - 1).chain((index) => {
		const page = fc.array(answersFor(objects[index].info, sizes), { maxLength: 3 });
		return fc.record({
			index: fc.constant(index),
			pages: fc.array(page, { maxLength: 3 }),
			key: fc.constantFrom('items', 'Items', 'rooms', '__proto__'),
		});
	});
}

async function checkLists({ index, pages, key }: Pages): Promise<void> {
	const object = objects[index];
	let asked = 0;
	const ask = async () => {
		const answer = readAnswer({ status: 200, body: { [key]: pages[asked] ?? [] } });
		asked++;
		return await Promise.resolve(readResponse(object.rpcs.list, answer));
	};
	const listed = await listObjects(ask, object, {}, 5, () => true);
	must(asked <= pages.length + 1, `asked ${asked} times for ${pages.length} pages`);
	if ('refusal' in listed) return checkRefusal(listed);
	for (const value of listed.value) checkShown(object.info, value, {});
	const participants = readAnswer({ status: 200, body: { participants: pages.flat() } });
	readResponse(callRpcs.getAll, participants);
}

/** The ways of what servers answer. */
export function answerTargets(around: (work: () => unknown) => Promise<void>): Target[] {
	return [
		target("server's objects", 14, objectAnswers, checkObject, around),
		target('refusals', 10, refusals, (answer) => checkRefusal(readAnswer(answer)), around),
		target("server's lists", 4, lists, checkLists, around),
	];
}
