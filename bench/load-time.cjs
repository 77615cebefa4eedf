// Prints the milliseconds that the first require of our node and credential takes in a fresh process. n8n has loaded its
// own n8n-workflow long before.
const { join } = require('node:path');
require('n8n-workflow');

const { n8n } = require(join(process.argv[2], 'package.json'));
const start = performance.now();
for (const file of [...n8n.credentials, ...n8n.nodes]) {
	const [className] = file.split('/').at(-1).split('.');
	new (require(join(process.argv[2], file))[className])();
}
console.log(performance.now() - start);
