// A chat model that says what the test wrote: OpenAI's chat completions on loopback.
import { createServer } from 'node:http';

async function bodyOf(request) {
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	return JSON.parse(Buffer.concat(chunks).toString());
}

/** One turn: uses of the first tool with these arguments, or the last words when there are none. */
function messageOf(uses, tool, turn) {
	if (!uses) return { role: 'assistant', content: 'Done.' };
	const calls = uses.map((given, index) => ({
		id: `call_${turn}_${index}`,
		type: 'function',
		function: { name: tool.function.name, arguments: JSON.stringify(given) },
	}));
	return { role: 'assistant', content: null, tool_calls: calls };
}

/**
 * Starts the model.
 *
 * @param {Record<string, unknown>[][]} script per turn, the arguments of each use of the tool
 * @returns {Promise<{url: string, tools: object[], heard: string[], close: () => Promise<void>}>}
 *   tools: as the model was told of them; heard: what the tool answered, in the order of the uses
 */
export async function startModel(script) {
	const model = { tools: [], heard: [] };
	const server = createServer(async (request, response) => {
		const { messages, tools = [], model: name } = await bodyOf(request);
		model.tools = tools;
		const answers = messages.filter(({ role }) => role === 'tool');
		model.heard = answers.map(({ content }) => content);
		// n8n gives uses of one turn back as turns of their own, so the ids count.
		const turn =
			Math.max(-1, ...answers.map(({ tool_call_id: id }) => Number(id.split('_')[1]))) + 1;
		const message = messageOf(script[turn], tools[0], turn);
		const choice = { index: 0, message, finish_reason: message.tool_calls ? 'tool_calls' : 'stop' };
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(
			JSON.stringify({
				id: `chat-${turn}`,
				object: 'chat.completion',
				created: 0,
				model: name,
				choices: [choice],
				usage,
			}),
		);
	});
	await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
	return Object.assign(model, {
		url: `http://127.0.0.1:${server.address().port}/v1`,
		close: () =>
			new Promise((closed) => {
				server.close(closed);
				server.closeAllConnections();
			}),
	});
}
