import { bundle } from '../bundle.cjs';
import { bundledLibraries } from '../licenses.cjs';
import { root } from '../pack.mjs';
import { table } from './table.mjs';

/** What each library is bundled for, by its name on npm. */
const purposes = {
	jose: 'signs tokens',
	'libphonenumber-js': "reads phone numbers, with the numbering plans of Google's libphonenumber",
};

/**
 * The libraries of which the bundle holds code, as SECURITY.md lists them.
 *
 * @param {{name: string, version: string, license: string}[]} libraries
 * @throws when nobody has said yet what one of them is for
 */
export function librariesTable(libraries) {
	const rows = libraries.map(({ name, version, license }) => {
		const purpose = purposes[name];
		if (!purpose)
			throw new Error(`${name} is bundled. Say in tools/generate/libraries.mjs what for.`);
		return [`[${name}](https://www.npmjs.com/package/${name})`, version, license, purpose];
	});
	return table(['Library', 'Version', 'Licence', 'What it does'], rows);
}

/** The libraries of which the bundle of the sources, as they are now, holds code. */
export async function librariesOfBundle() {
	return await bundledLibraries(await bundle({ write: false }), root);
}
