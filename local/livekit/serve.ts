import type { LocalLiveKit } from './server';
import { startLocalLiveKit } from './server';

/**
 * Runs a local LiveKit until SIGINT or SIGTERM and prints where it is. `LIVEKIT_PORT` sets the port, default 7880.
 * @returns the server, once it listens
 */
export async function main(): Promise<LocalLiveKit> {
	const port = Number(process.env.LIVEKIT_PORT ?? 7880);
	const livekit = await startLocalLiveKit({ port, agents: ['', 'demo-agent'] });
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void livekit.close());
	process.stdout.write(
		`Local LiveKit: ${livekit.url} (API key ${livekit.key}, API secret ${livekit.secret})\n`,
	);
	return livekit;
}
