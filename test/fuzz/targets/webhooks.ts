import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';

import { verifyDelivery } from '../../../livekit/events/delivery';
import { type WebhookEvent, readEvent } from '../../../livekit/events/event';
import { type EventFilters, matchesEvent } from '../../../livekit/events/filters';
import { eventItem, readCall } from '../../../livekit/events/item';
import { eventKinds } from '../../../livekit/events/kinds';
import { Sightings } from '../../../livekit/events/sightings';
import { plainLine } from '../../../livekit/plain';
import { type Sizes, hostileText, hostileValue } from '../hostile';
import { must, mustBePlain, mustHideSecrets, textOf } from '../invariants';
import { type Target, target } from '../target';
import { answersFor } from './answers';

const signer = { apiKey: 'devkey', apiSecret: 'secret-of-at-least-32-characters-long' };
const now = 1_800_000_000;

const part = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');
const mac = (text: string, secret: string, hash = 'sha256') =>
	createHmac(hash, secret).update(text).digest('base64url');
const hashOf = (body: Uint8Array) => createHash('sha256').update(body).digest('base64');

/** What somebody who does not know the secret, or LiveKit with a wrong clock, may change; what it leaves may be genuine. */
type Forgery = (
	delivery: { token: string; body: Buffer },
	dice: number,
) => { token: string; body: Buffer };

function tokenOf(
	body: Uint8Array,
	own: object = {},
	secret = signer.apiSecret,
	alg = 'HS256',
): string {
	const claims = { iss: signer.apiKey, nbf: now, exp: now + 300, sha256: hashOf(body), ...own };
	const text = `${part({ alg })}.${part(claims)}`;
	const hashes: Readonly<Record<string, string>> = { HS384: 'sha384', HS512: 'sha512' };
	return `${text}.${alg === 'none' ? '' : mac(text, secret, hashes[alg])}`;
}

function changedAt(text: string, dice: number): string {
	const at = dice % Math.max(text.length, 1);
	return `${text.slice(0, at)}${String.fromCharCode(33 + (dice % 90))}${text.slice(at + 1)}`;
}

const forgeries: Readonly<Record<string, Forgery>> = {
	nothing: (delivery) => delivery,
	'a byte of the body': ({ token, body }, dice) => {
		const other = Buffer.from(body);
		if (other.length > 0) other[dice % other.length] ^= 1 + (dice % 255);
		return { token, body: other };
	},
	'a body that is cut': ({ token, body }, dice) => ({
		token,
		body: body.subarray(0, dice % (body.length + 1)),
	}),
	'a body with something behind': ({ token, body }) => ({
		token,
		body: Buffer.concat([body, Buffer.from(' ')]),
	}),
	'another body': ({ token }) => ({
		token,
		body: Buffer.from('{"event":"room_finished","id":"EV_forged"}'),
	}),
	'a character of the token': ({ token, body }, dice) => ({ token: changedAt(token, dice), body }),
	'a token that is cut': ({ token, body }, dice) => ({
		token: token.slice(0, dice % token.length),
		body,
	}),
	'a token twice': ({ token, body }) => ({ token: `${token}${token}`, body }),
	'another secret': ({ body }, dice) => ({ token: tokenOf(body, {}, `secret-${dice}`), body }),
	'an empty secret': ({ body }) => ({ token: tokenOf(body, {}, ''), body }),
	'the key as secret': ({ body }) => ({ token: tokenOf(body, {}, signer.apiKey), body }),
	'no algorithm': ({ body }) => ({ token: tokenOf(body, {}, signer.apiSecret, 'none'), body }),
	'other claims under the old signature': ({ token, body }, dice) => {
		const [head, , signature] = token.split('.');
		return {
			token: `${head}.${part({ iss: signer.apiKey, exp: now + dice, sha256: hashOf(body) })}.${signature}`,
			body,
		};
	},
};

/** What is signed with the secret and still not for us, with the reason. */
const unfit: Readonly<Record<string, (body: Buffer, dice: number) => string>> = {
	HS512: (body) => tokenOf(body, {}, signer.apiSecret, 'HS512'),
	HS384: (body) => tokenOf(body, {}, signer.apiSecret, 'HS384'),
	'another key': (body, dice) => tokenOf(body, { iss: `${signer.apiKey}${dice}` }),
	expired: (body, dice) => tokenOf(body, { exp: now - 61 - (dice % 1e6) }),
	'of the future': (body, dice) => tokenOf(body, { nbf: now + 61 + (dice % 1e6) }),
	'no end': (body) => tokenOf(body, { exp: undefined }),
	'no hash': (body) => tokenOf(body, { sha256: undefined }),
	'an odd hash': (body, dice) =>
		tokenOf(body, { sha256: [dice, null, { a: 1 }, [hashOf(body)], true][dice % 5] }),
};

interface Sent {
	readonly body: string;
	readonly forgery: string;
	readonly dice: number;
}

function deliveries(sizes: Sizes): fc.Arbitrary<Sent> {
	const body = fc.oneof(
		{ weight: 4, arbitrary: answersFor('WebhookEvent', sizes).map(safeText) },
		{ weight: 1, arbitrary: hostileText },
	);
	return fc.record({
		body,
		forgery: fc.constantFrom(...Object.keys(forgeries), ...Object.keys(unfit)),
		dice: fc.nat(),
	});
}

function safeText(value: unknown): string {
	try {
		return textOf(value);
	} catch {
		return '[[';
	}
}

/** Whether two tokens are the same to who reads base64: the last character of a signature has bits that mean nothing. */
function sameToken(one: string, other: string): boolean {
	const [a, b] = [one, other].map((token) => token.split('.'));
	const same = (index: number) => a[index] === b[index];
	const bytes = (text: string) => Buffer.from(text ?? '', 'base64url');
	return a.length === b.length && same(0) && same(1) && bytes(a[2]).equals(bytes(b[2]));
}

async function checkDelivery({ body: text, forgery, dice }: Sent): Promise<void> {
	const body = Buffer.from(text);
	const right = { token: tokenOf(body), body };
	const sent = Object.hasOwn(unfit, forgery)
		? { token: unfit[forgery](body, dice), body }
		: forgeries[forgery](right, dice);
	const genuine = sameToken(sent.token, right.token) && sent.body.equals(body);
	const verified = await verifyDelivery(sent, signer, now * 1000);
	must(
		'value' in verified === genuine,
		`${forgery}: ${genuine ? 'LiveKit was refused' : 'a forgery was accepted'}`,
	);
}

const filters: readonly EventFilters[] = [
	{},
	{ direction: 'inbound', answered: new Set([null, true]) },
	{ trunk: 'ST_1', rule: 'SDR_1', roomPrefix: 'r' },
	{ numbers: ['+15551234', 'alice', '112'] },
];

/** What verified events hold, in any order: what is seen of rooms is kept between them. */
function checkEvents(bodies: readonly string[]): void {
	const sightings = new Sightings();
	for (const body of bodies) {
		const event = readEvent(Buffer.from(body));
		if ('fault' in event) continue;
		sightings.note(event.value);
		checkItem(event.value, sightings.answeredAt(event.value));
	}
}

function checkItem(event: WebhookEvent, seenAt: number | undefined): void {
	const read = readCall(event, seenAt);
	for (const filter of filters) matchesEvent(filter, read);
	const item = eventItem(read, true);
	mustBePlain(item);
	mustHideSecrets('an item of the call trigger', item);
	must(JSON.stringify(item) !== '', 'an item cannot be stored');
	const { summary, message, answered } = item;
	must(
		typeof summary === 'string' && summary !== '' && typeof message === 'string',
		'an event has no words',
	);
	must(plainLine(`${summary}${message}`) === `${summary}${message}`, 'the words are not plain');
	must(
		[true, false, null].some((known) => known === answered),
		'answered is something else',
	);
}

const names = [
	...eventKinds,
	'participant_joined',
	'participant_left',
	'participant_connection_aborted',
	'track_published',
	'track_unpublished',
	'agent_job_ended',
	'egress_ended',
	'room_finished',
];

function events(sizes: Sizes): fc.Arbitrary<readonly string[]> {
	const named = fc
		.tuple(answersFor('WebhookEvent', sizes), fc.constantFrom(...names))
		.map(([json, event]) =>
			typeof json === 'object' && json !== null ? { ...json, event } : json,
		);
	return fc.array(
		fc
			.oneof(
				{ weight: 9, arbitrary: named },
				{ weight: 1, arbitrary: hostileValue(sizes, 'server') },
			)
			.map(safeText),
		{ maxLength: 4 },
	);
}

/** The ways of the call trigger. */
export function webhookTargets(around: (work: () => unknown) => Promise<void>): Target[] {
	return [
		target('deliveries of webhooks', 4, deliveries, checkDelivery, around),
		target('events of webhooks', 3, events, checkEvents, around),
	];
}
