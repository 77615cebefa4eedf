import { loadTs } from './load-ts.mjs';

/** What the local LiveKit of the start command is like: phones ring, people talk and hang up, any agent comes. */
const demonstration = {
	answerAfterMs: 1500,
	hangUpAfterMs: 8000,
	agents: 'any',
	agentJoinsAfterMs: 500,
};

/** Starts the local LiveKit that the start command shows. @param {number} port on 127.0.0.1 */
export async function startDemonstration(port) {
	const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
	return await startLocalLiveKit({ ...demonstration, port });
}

/** What a person can try there, as lines for the terminal. @param {string} url of the local LiveKit */
export function whatToTry(url) {
	return `
To try: the workflow of that address, "1 - Your first call", then "3 - Call a list" with a list of yours.
Numbers: +15555550486 is busy, +15555550603 declines, +15555550404 does not exist,
any other number answers and hangs up after 8 seconds (+15555550725: after 25). Any agent comes, but "missing-agent".
To be called: ${url}/phone is a telephone. Workflows with a LiveKit Call Trigger are told of all calls by themselves.
The local LiveKit forgets everything when it ends; your workflows stay.`;
}
