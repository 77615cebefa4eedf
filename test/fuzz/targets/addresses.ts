import * as fc from 'fast-check';

import { hostFault, isIpOrCidr } from '../../../livekit/checks/addresses';
import { headerNameFault } from '../../../livekit/checks/headers';
import {
	callerNumber,
	dtmfFault,
	pinFault,
	ruleNumberWarning,
	transferTarget,
} from '../../../livekit/checks/numbers';
import { grantFor } from '../../../livekit/http/grants';
import { type ScalarName, enumOf } from '../../../livekit/schema';
import { toEnum, toScalar } from '../../../livekit/codec/scalars';
import { scrub, signToken, withoutTokens } from '../../../livekit/http/token';
import { httpBase } from '../../../livekit/http/url';
import { CANARY, CANARY_TOKEN, type Sizes, hostileText, hostileValue } from '../hostile';
import { must, mustHideSecrets } from '../invariants';
import { type Target, target } from '../target';

const prefixes = [
	'',
	'wss://',
	'https://h',
	'ws://h:7880/',
	'http://[::1]',
	'javascript:',
	'ftp://',
	`https://u:${CANARY}@`,
	'/twirp/livekit.SIP/',
	'/twirp/livekit.RoomService/',
	'https://h/twirp////livekit.',
];

function addresses(
	sizes: Sizes,
): fc.Arbitrary<{ readonly prefix: string; readonly value: unknown; readonly text: string }> {
	const long = hostileValue(sizes).map((value) => (typeof value === 'string' ? value : ''));
	return fc.record({
		prefix: fc.constantFrom(...prefixes),
		value: hostileValue(sizes),
		text: fc.oneof(hostileText, long),
	});
}

const fields = fc.constantFrom(
	'string',
	'bool',
	'duration',
	'timestamp',
	'int32',
	'uint32',
	'int64',
	'double',
);

async function checkAddress({
	prefix,
	value,
	text,
}: {
	readonly prefix: string;
	readonly value: unknown;
	readonly text: string;
}): Promise<void> {
	httpBase(value);
	const base = httpBase(prefix + text);
	if ('value' in base) {
		must(
			URL.canParse(base.value) && /^https?:\/\/[^?#]*[^/]$/.test(base.value),
			`${base.value.slice(0, 200)} is no address`,
		);
		mustHideSecrets('the address', base.value);
	} else {
		mustHideSecrets('the message about an address', base.fault);
	}
	const grant = grantFor(prefix + text, value);
	must(
		Object.keys(grant).every((name) => name === 'video' || name === 'sip'),
		'an unknown grant',
	);
	if (/^\/twirp\/livekit\.(SIP|RoomService)\/\w+$/.test(prefix + text))
		must(Object.keys(grant).length > 0, 'no grant for a known service');
	const token = await signToken({ apiKey: text, apiSecret: `s${text}`, grant }).catch(
		(error: unknown) => String(error),
	);
	must(/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token), `no token: ${token.slice(0, 100)}`);
	must(withoutTokens(` ${token} `) === ' [token] ', 'a token was not taken out');
	mustHideSecrets('a scrubbed text', scrub(`${text.slice(0, 5000)} Bearer ${CANARY_TOKEN}`));
}

async function checkTexts({ text }: { readonly text: string }): Promise<void> {
	const messages = [
		hostFault(text),
		headerNameFault(text),
		dtmfFault(text),
		pinFault(text),
		ruleNumberWarning(text),
		transferTarget(text),
		isIpOrCidr(text),
	];
	must(
		messages.every((message) => message !== ''),
		'an empty message',
	);
	const shown = callerNumber(text);
	if ('value' in shown) {
		const again = callerNumber(shown.value);
		must('value' in again && again.value === shown.value, 'a number that was read is read anew');
	}
	await Promise.resolve();
}

const enumNames = ['SIPTransport', 'SIPStatusCode', 'SIPMediaEncryption'] as const;

function checkScalar({
	type,
	value,
}: {
	readonly type: ScalarName;
	readonly value: unknown;
}): void {
	for (const scalar of [toScalar(type, value), ...enumNames.map((name) => toEnum(name, value))]) {
		if ('fault' in scalar) {
			mustHideSecrets('a fault', scalar.fault);
			must(scalar.fault.length < 500, `a fault of ${scalar.fault.length} characters`);
		}
	}
	const transport = toEnum('SIPTransport', value);
	must(
		!('value' in transport) || Object.hasOwn(enumOf('SIPTransport'), String(transport.value)),
		'an unknown transport',
	);
}

/** The ways of single texts and values. */
export function addressTargets(around: (work: () => unknown) => Promise<void>): Target[] {
	return [
		target('addresses and tokens', 3, addresses, checkAddress, around),
		target('single texts', 1, addresses, checkTexts, around),
		target(
			'single values',
			3,
			(sizes) => fc.record({ type: fields, value: hostileValue(sizes) }),
			checkScalar,
			around,
		),
	];
}
