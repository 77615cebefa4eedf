import { ensureBuilt } from '../../local/n8n/build.mjs';

/** jest calls this before it runs engine tests: they run what is built. */
export default async function buildFirst() {
	await ensureBuilt();
}
