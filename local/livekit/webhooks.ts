import { createHash } from 'node:crypto';

import { toJson, fromJson } from '@bufbuild/protobuf';
import { SignJWT } from 'jose';

import { newId } from './ids';
import type { WebhookEvent } from './messages';
import type { ResolvedOptions } from './options';
import { livekitRegistry } from './schema';

/** What has waited longer for its turn is dropped. */
const OLDEST_MS = 30_000;
const ATTEMPT_MS = 10_000;
const LOG_LENGTH = 20_000;

/** One HTTP request with an event. `status` is 0 if no answer came. */
export interface Delivery {
	url: string;
	event: string;
	id: string;
	room: string;
	status: number;
	/** Unix milliseconds. */
	at: number;
}

function roomNameOf({ room, job }: WebhookEvent): string {
	return room?.name ?? job?.room.name ?? '';
}

function bodyOf(event: WebhookEvent, id: string): string {
	const registry = livekitRegistry();
	const desc = registry.getMessage('livekit.WebhookEvent');
	if (!desc) throw new Error('livekit.WebhookEvent is not in the descriptor set');
	const created_at = String(Math.floor(Date.now() / 1000));
	const message = fromJson(desc, { ...structuredClone(event), id, created_at } as never, {
		registry,
	});
	return JSON.stringify(toJson(desc, message, { registry }));
}

function isRepeated(status: number): boolean {
	return status === 0 || status === 429 || (status >= 500 && status !== 501);
}

/** Sends events as livekit-server does (`protocol/webhook`): signed, those of one room in order, repeated for a while. */
export class Webhooks {
	/** Requests so far, oldest first. */
	readonly deliveries: Delivery[] = [];
	/** The last delivery of each URL and room, so that the next waits for it. */
	private readonly queues = new Map<string, Promise<void>>();

	constructor(
		private readonly options: ResolvedOptions,
		private readonly sleep: (milliseconds: number) => Promise<void>,
	) {}

	/** Queues an event for each URL that is set at this moment. */
	readonly tell = (event: WebhookEvent): void => {
		const { webhookUrls } = this.options;
		if (webhookUrls.length === 0) return;
		const id = newId('EV');
		const body = bodyOf(event, id);
		const room = roomNameOf(event);
		for (const url of webhookUrls) {
			const key = JSON.stringify([url, room]);
			const queuedAt = Date.now();
			const sent = (this.queues.get(key) ?? Promise.resolve())
				.then(async () => {
					if (Date.now() - queuedAt > OLDEST_MS) return;
					await this.deliver(body, { url, event: event.event, id, room });
				})
				.finally(() => {
					if (this.queues.get(key) === sent) this.queues.delete(key);
				});
			this.queues.set(key, sent);
		}
	};

	/** Forgets what is still to be sent. */
	clear(): void {
		this.queues.clear();
		this.deliveries.length = 0;
	}

	private async deliver(body: string, about: Omit<Delivery, 'status' | 'at'>): Promise<void> {
		for (const waitMs of [...this.options.webhookRetryMs, undefined]) {
			const status = await this.post(about.url, body);
			this.deliveries.push({ ...about, status, at: Date.now() });
			if (this.deliveries.length > LOG_LENGTH) this.deliveries.shift();
			if (!isRepeated(status) || waitMs === undefined) return;
			await this.sleep(waitMs);
		}
	}

	private async post(url: string, body: string): Promise<number> {
		try {
			const answer = await fetch(url, {
				method: 'POST',
				headers: {
					'content-type': 'application/webhook+json',
					authorization: await this.token(body),
				},
				body,
				signal: AbortSignal.timeout(ATTEMPT_MS),
			});
			await answer.arrayBuffer();
			return answer.status;
		} catch {
			return 0;
		}
	}

	private async token(body: string): Promise<string> {
		const [key = '', secret = ''] = Object.entries(this.options.keys)[0] ?? [];
		const now = Math.floor(Date.now() / 1000);
		return await new SignJWT({ sha256: createHash('sha256').update(body).digest('base64') })
			.setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
			.setIssuer(key)
			.setIssuedAt(now)
			.setNotBefore(now)
			.setExpirationTime(now + 300)
			.sign(new TextEncoder().encode(secret));
	}
}
