// LiveKit's SIP bridge, between a real LiveKit and the SIP network.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../local/child.mjs';
import { missing as missingForLiveKit } from '../real-livekit.mjs';
import { until } from '../until.mjs';
import { Child } from './child.mjs';
import { freeUdpPort } from './sipp.mjs';

const rtpPorts = 200;

const bridgeProgram = process.env.LIVEKIT_SIP_BIN ?? 'livekit-sip';

/** How a program that only tells its version ends: undefined when it is there and runs. */
async function complaint(program, args) {
	try {
		const { output } = await run(program, args);
		return /error while loading shared libraries.*/.exec(output)?.[0];
	} catch (cause) {
		return cause.message;
	}
}

/**
 * What this machine lacks for telephone calls, one line each with the way to get it. Empty means: ready.
 *
 * @returns {Promise<string[]>}
 */
export async function missingForCalls() {
	const bridge = await complaint(bridgeProgram, ['--version']);
	const sipp = await complaint('sipp', ['-v']);
	return [
		...missingForLiveKit(),
		...(bridge
			? [
					`livekit-sip: ${bridge}. Set LIVEKIT_SIP_BIN or have it on the PATH (CGO_ENABLED=1 go install github.com/livekit/sip/cmd/livekit-sip@v1.11.0); ` +
						'it needs the apt packages libopus0 libopusfile0 libsoxr0',
				]
			: []),
		...(sipp ? [`sipp: ${sipp}. Install the apt package sip-tester`] : []),
	];
}

async function launch({ key, secret, wsUrl, redisPort }, folder, { load = 1 }) {
	const [sipPort, someRtpPort] = [await freeUdpPort(), await freeUdpPort()];
	const rtpPort = Math.min(someRtpPort, 65_535 - rtpPorts);
	const config = [
		`api_key: ${key}`,
		`api_secret: ${secret}`,
		`ws_url: ${wsUrl}`,
		`redis: {address: "127.0.0.1:${redisPort}"}`,
		`sip_port: ${sipPort}`,
		'listen_ip: 127.0.0.1',
		'nat_1_to_1_ip: 127.0.0.1',
		`rtp_port: ${rtpPort}-${rtpPort + rtpPorts}`,
		'rtp_draining_idle_timeout: -1s',
		// By default the bridge refuses calls while the machine is more than 90 % busy, as a test machine is.
		`max_cpu_utilization: ${load}`,
		'logging: {level: debug}',
		'',
	].join('\n');
	const configFile = join(folder, 'livekit-sip.yaml');
	await writeFile(configFile, config);
	const child = new Child(bridgeProgram, ['--config', configFile], join(folder, 'livekit-sip.log'));
	try {
		await until('the SIP bridge is ready', () => {
			if (child.ended !== undefined) throw new Error(`livekit-sip ended with ${child.ended}.`);
			return /\tservice ready/.test(child.output);
		});
	} catch (cause) {
		await child.stop();
		throw new Error(`${cause.message} Its log ends with:\n${child.output.slice(-2_000)}`, {
			cause,
		});
	}
	// SIGTERM would let it wait for the end of all calls.
	return { sipPort, logFile: child.logFile, stop: async () => await child.stop('SIGKILL') };
}

/**
 * Starts the bridge on free loopback ports.
 *
 * @param {{key: string, secret: string, wsUrl: string, redisPort: number}} livekit a real LiveKit
 * @param {string} folder for its configuration and log
 * @param {{load?: number}} [options] load: the part of the machine that may be busy while it still takes calls, 0 to 1
 * @returns {Promise<{sipPort: number, logFile: string, stop(): Promise<unknown>}>}
 */
export async function startBridge(livekit, folder, options = {}) {
	for (let tries = 3; tries > 1; tries--) {
		const bridge = await launch(livekit, folder, options).catch(() => undefined);
		if (bridge) return bridge;
		// Somebody else may have taken a port between the search for it and the bridge's start.
	}
	return await launch(livekit, folder, options);
}
