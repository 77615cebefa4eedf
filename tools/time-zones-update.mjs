// npm run timezones:update [-- v1.8.1]: Google's newest map from phone numbers to time zones, from the Go module that packs
// it. Needs Go and the network.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { goEnvironment } from '../local/child.mjs';
import { root } from './pack.mjs';

const run = promisify(execFile);
const TARGET = join(root, 'local', 'libphonenumber-timezones.gz');

const [version = 'latest'] = process.argv.slice(2);
// Outside of any Go module, so that none is changed.
const { stdout } = await run(
	'go',
	['mod', 'download', '-json', `github.com/nyaruka/phonenumbers@${version}`],
	{ cwd: tmpdir(), env: goEnvironment() },
);
const { Version: found, Dir: folder } = JSON.parse(stdout);
const [before, after] = await Promise.all([
	readFile(TARGET),
	readFile(join(folder, 'data', 'prefix_to_timezone.xml.gz')),
]);
await writeFile(TARGET, after);
console.log(
	`local/libphonenumber-timezones.gz is that of github.com/nyaruka/phonenumbers ${found} now, ${before.equals(after) ? 'the same as before' : `${after.length} bytes`}.`,
);
console.log('Run: npm run generate');
