// sipp as the carrier that LiveKit dials, and as the phone that dials LiveKit.
import { createSocket } from 'node:dgram';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { until } from '../until.mjs';
import { Child } from './child.mjs';
import { headerOf, messagesOf, Trace } from './trace.mjs';

const scenarios = dirname(fileURLToPath(import.meta.url));
const linuxSockets = '/proc/net/udp';
const endWithinMs = 60_000;

/** A UDP port on loopback that nobody uses at this moment. */
export async function freeUdpPort() {
	return await new Promise((resolve, reject) => {
		const socket = createSocket('udp4');
		socket.once('error', reject);
		socket.bind(0, '127.0.0.1', () => {
			const { port } = socket.address();
			socket.close(() => resolve(port));
		});
	});
}

/** Not sipp's own -key: it wants to see a status as digits when it reads the scenario. */
async function scriptOf(scenario, words) {
	const text = await readFile(join(scenarios, `${scenario}.xml`), 'utf8');
	return text.replace(/\{(\w+)\}/g, (_, word) => words[word]);
}

/** One sipp: takes calls on its port, or makes one. */
export class Phone {
	#child;
	#files;
	#finished;

	constructor({ child, host, port, files, scenario }) {
		this.#child = child;
		this.#files = files;
		this.address = `${host}:${port}`;
		this.scenario = scenario;
	}

	/**
	 * @param {string} scenario name of an XML file of this folder
	 * @param {object} options
	 * @param {string} options.folder for its trace
	 * @param {string} options.name of its files
	 * @param {Record<string, string>} [options.words] what stands in place of {its name} in the scenario
	 * @param {number} [options.ringMs] length of a pause without one
	 * @param {{port: number, number: string}} [options.call] makes one call there instead of taking calls
	 * @param {string} [options.host] loopback address that the phone has
	 */
	static async start(
		scenario,
		{ folder, name, words = {}, ringMs = 100, call, host = '127.0.0.1' },
	) {
		const [port, mediaPort] = [await freeUdpPort(), await freeUdpPort()];
		const files = {
			messages: join(folder, `${name}.messages`),
			errors: join(folder, `${name}.errors`),
		};
		const script = join(folder, `${name}.xml`);
		await writeFile(script, await scriptOf(scenario, words));
		const child = new Child(
			'sipp',
			[
				...['-sf', script, '-i', host, '-p', String(port), '-mp', String(mediaPort), '-nostdin'],
				...[
					'-d',
					String(ringMs),
					'-trace_msg',
					'-message_file',
					files.messages,
					'-trace_err',
					'-error_file',
					files.errors,
				],
				// A phone that takes calls goes on after the first one: a second INVITE must show in its trace.
				...(call ? ['-m', '1', '-s', call.number, `127.0.0.1:${call.port}`] : []),
			],
			join(folder, `${name}.log`),
			folder,
		);
		const phone = new Phone({ child, host, port, files, scenario });
		if (!call)
			await until(`sipp listens on ${phone.address}`, async () => await phone.#listens(port), 50);
		return phone;
	}

	/** Whether it takes packets. Only Linux tells without a packet; a probe that binds the port would be in sipp's way. */
	async #listens(port) {
		if (this.#child.ended !== undefined)
			throw new Error(`sipp ended with ${this.#child.ended}: ${this.complaints}`);
		if (!existsSync(linuxSockets)) return await delay(500, true);
		const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
		const lines = (await readFile(linuxSockets, 'utf8')).split('\n');
		return lines.some((line) => line.trim().split(/\s+/)[1]?.endsWith(local));
	}

	/** Exit code or signal, undefined while it runs. */
	get ended() {
		return this.#child.ended;
	}

	/** What went over the wire so far. */
	get trace() {
		const text = existsSync(this.#files.messages) ? readFileSync(this.#files.messages, 'utf8') : '';
		return new Trace(messagesOf(text));
	}

	/** Tells it, in the middle of its call, to go on where its scenario waits for an INFO. */
	async tell() {
		const invite = this.trace.messages.find(({ start }) => start.startsWith('INVITE '));
		const same = ['Via', 'From', 'To', 'Call-ID'].map(
			(name) => `${name}: ${headerOf(invite, name)}`,
		);
		const [host, port] = this.address.split(':');
		const lines = [
			`INFO sip:${this.address} SIP/2.0`,
			...same,
			'CSeq: 9 INFO',
			'Content-Length: 0',
		];
		const socket = createSocket('udp4');
		await new Promise((resolve, reject) => {
			const text = `${lines.join('\r\n')}\r\n\r\n`;
			socket.send(text, Number(port), host, (fault) => (fault ? reject(fault) : resolve()));
		}).finally(() => socket.close());
	}

	/** Whether it has sent a message whose first line fits. */
	hasSent(pattern) {
		return this.trace.messages.some(
			({ direction, start }) => direction === 'sent' && pattern.test(start),
		);
	}

	/** What did not go by its scenario, in sipp's words. */
	get complaints() {
		const errors = existsSync(this.#files.errors)
			? readFileSync(this.#files.errors, 'utf8')
			: this.#child.output;
		// Of no meaning: sipp says so of every media socket.
		return errors
			.split('\n')
			.filter((line) => !line.includes('delete FD from epoll'))
			.join('\n')
			.slice(0, 2_000);
	}

	/**
	 * Lets the running call end by itself, ends sipp, and reads its trace.
	 *
	 * @throws when a message came otherwise than the scenario has it, with sipp's words
	 */
	async finish() {
		this.#finished ??= this.#child.stop('SIGUSR1', endWithinMs);
		const code = await this.#finished;
		if (code !== 0)
			throw new Error(
				`sipp (${this.scenario}) ended with ${code}; it saw ${this.trace}. ${this.complaints}`,
			);
		return this.trace;
	}

	/** Ends it, whatever it is doing. */
	async close() {
		this.#finished ??= this.#child.stop('SIGKILL');
		await this.#finished;
	}
}
