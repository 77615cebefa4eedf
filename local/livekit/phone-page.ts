import { answeredBy, routeAdvice } from '../../livekit/routing/words';
import { withLabels } from '../../nodes/shared/labels';
import type { Answer, Incoming } from './http';
import type { ParticipantInfo } from './messages';
import type { TelephoneCall } from './telephone';
import { hangUp } from './telephone';
import type { Delivery } from './webhooks';
import type { World } from './world';

const HTML = 'text/html; charset=utf-8';
const SHOWN_LINES = 30;
const LONGEST_MESSAGE = 1000;
const LOCAL_HOST = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.2rem .8rem .2rem 0}label{display:inline-block;margin-right:1rem}
input{font:inherit;width:11rem;display:block}button{font:inherit}iframe{border:0;width:100%;height:34rem}`;

/** Text as HTML shows it. */
function html(text: unknown): string {
	return String(text ?? '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function page(title: string, body: string, head = ''): Answer {
	return {
		status: 200,
		contentType: HTML,
		body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${html(title)}</title>${head}<style>${style}</style><body>${body}</body></html>`,
	};
}

function form(numbers: string[], { from, to, pin }: TelephoneCall): string {
	const choices = numbers.map((number) => `<option value="${html(number)}">`).join('');
	return `<form method="post" action="/phone"><p>
<label>Your number <input name="from" value="${html(from)}" required></label>
<label>Number to call <input name="to" list="numbers" value="${html(to)}" required></label>
<datalist id="numbers">${choices}</datalist>
<label>PIN, if asked <input name="pin" value="${html(pin)}"></label></p>
<p><button>Call</button></p></form>`;
}

function telephonePage(world: World, call: TelephoneCall, said = ''): Answer {
	const numbers = world.telephone.numbers();
	const advice =
		numbers.length > 0
			? `Numbers of your trunks: ${numbers.map(html).join(', ')}.`
			: 'No inbound trunk has a number yet. Create one in n8n, or run the workflow that sets up telephony.';
	return page(
		'Telephone',
		`<h1>Telephone</h1><p>Call a number of yours, as a customer would. The call reaches the local LiveKit, which tells your workflows with a LiveKit Call Trigger.</p>
<p>${advice}</p>${form(numbers, call)}<p><strong>${html(said)}</strong></p><iframe src="/phone/calls" title="Calls"></iframe>`,
	);
}

function callRow(room: string, { identity, attributes }: ParticipantInfo): string {
	const direction = 'sip.ruleID' in attributes ? 'inbound' : 'outbound';
	return `<tr><td>${html(attributes['sip.phoneNumber'] ?? identity)}</td><td>${direction}</td><td>${html(attributes['sip.callStatus'])}</td><td>${html(room)}</td>
<td><form method="post" action="/phone/hang-up"><input type="hidden" name="room" value="${html(room)}"><input type="hidden" name="identity" value="${html(identity)}"><button>Hang Up</button></form></td></tr>`;
}

/** What became of a delivery, for people. */
function statusWords({ status, url }: Delivery): string {
	if (status === 0) return 'n8n does not answer';
	if (status === 404)
		return url.includes('/webhook-test/') ? 'nobody listens for a test event' : 'workflow inactive';
	return status < 300 ? 'taken' : `answered ${status}`;
}

function deliveryRow(delivery: Delivery): string {
	const time = new Date(delivery.at).toLocaleTimeString('en-GB');
	const kind = delivery.url.includes('/webhook-test/') ? 'test' : 'production';
	return `<tr><td>${time}</td><td>${html(delivery.event)}</td><td>${html(delivery.room)}</td><td>${kind}: ${html(statusWords(delivery))}</td></tr>`;
}

/** A message as `{"text": "..."}`, which Slack and others take too. */
function takeMessage({ telephone }: World, body: unknown): Answer {
	const text = typeof body === 'object' && body !== null && 'text' in body ? body.text : undefined;
	if (typeof text !== 'string')
		return { status: 400, contentType: 'application/json', body: '{"ok":false}' };
	telephone.messages.push(text.slice(0, LONGEST_MESSAGE));
	if (telephone.messages.length > SHOWN_LINES) telephone.messages.shift();
	return { status: 200, contentType: 'application/json', body: '{"ok":true}' };
}

function callsPage({ rooms, webhooks, telephone }: World): Answer {
	const calls = rooms
		.list([])
		.flatMap(({ info, participants }) =>
			[...participants.values()]
				.filter((other) => other.info.kind === 'SIP')
				.map((other) => callRow(info.name, other.info)),
		);
	const told = webhooks.deliveries.slice(-SHOWN_LINES).reverse().map(deliveryRow);
	const messages = telephone.messages.map((text) => `<tr><td>${html(text)}</td></tr>`).reverse();
	return page(
		'Calls',
		`<h2>Calls now</h2><table>${calls.join('') || '<tr><td>None</td></tr>'}</table>
<h2>Messages of your workflows</h2><table>${messages.join('') || '<tr><td>None</td></tr>'}</table>
<h2>What workflows were told</h2><table>${told.join('') || '<tr><td>Nothing yet</td></tr>'}</table>`,
		'<meta http-equiv="refresh" content="2">',
	);
}

function answerCall(world: World, form: URLSearchParams): Answer {
	const [from = '', to = '', pin = ''] = ['from', 'to', 'pin'].map((name) =>
		(form.get(name) ?? '').trim(),
	);
	const call = { from, to, pin };
	const received = world.telephone.call(call);
	if (received) {
		const state = received.status === 'active' ? 'is answered' : 'rings';
		return telephonePage(world, call, `The call ${state} in the room ${received.room}.`);
	}
	const route = world.telephone.route(call);
	const words = [answeredBy(route, { called: to, caller: from }), routeAdvice(route.reason)];
	return telephonePage(world, call, withLabels(words.join(' ')));
}

function answerHangUp(world: World, form: URLSearchParams): Answer {
	const room = world.rooms.get(form.get('room') ?? '');
	const participant = room?.participants.get(form.get('identity') ?? '');
	if (room && participant) hangUp(world.rooms, room, participant);
	return callsPage(world);
}

/** Another page in the browser must not make calls here. */
function isOwn({ host = '', origin }: Record<string, string>): boolean {
	return LOCAL_HOST.test(host) && (origin === undefined || origin === `http://${host}`);
}

/**
 * A page on which a person makes an inbound call without a carrier. LiveKit has no such page.
 *
 * @returns undefined for all other paths
 */
export function phonePage(
	{ path, httpMethod, body, record }: Incoming,
	world: World,
): Answer | undefined {
	if (path !== '/phone' && !path.startsWith('/phone/')) return undefined;
	if (!isOwn(record.headers)) return { status: 403, contentType: 'text/plain', body: 'forbidden' };
	if (httpMethod !== 'POST')
		return path === '/phone/calls'
			? callsPage(world)
			: telephonePage(world, { from: '+4915112345678', to: world.telephone.numbers()[0] ?? '' });
	if (path === '/phone/messages') return takeMessage(world, record.body);
	const form = new URLSearchParams(body.toString('utf8'));
	return path === '/phone/hang-up' ? answerHangUp(world, form) : answerCall(world, form);
}
