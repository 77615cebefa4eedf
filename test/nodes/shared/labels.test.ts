import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { LiveKitApi } from '../../../credentials/LiveKitApi.credentials';
import { nodeProperties } from '../../../nodes/LiveKitSip/properties';
import { labels, withLabels } from '../../../nodes/shared/labels';
import { labelsOf } from '../../support/labels';

const core = join(__dirname, '..', '..', '..', 'livekit');
const sources = readdirSync(core, { recursive: true })
	.map(String)
	.filter((file) => file.endsWith('.ts'))
	.map((file) => readFileSync(join(core, file), 'utf8'));
// A dollar sign in front makes it a value of a template, an initial capital a class of characters.
const named = sources.flatMap((source) =>
	[...source.matchAll(/(?<!\$)\{([a-z]\w*)\}/g)].map(([, name]) => name),
);

it('every name in braces of livekit/ has a label, and every label such a name', () => {
	expect([...new Set(named)].sort()).toEqual(Object.keys(labels).sort());
});

const ofForm = labelsOf([...nodeProperties, ...new LiveKitApi().properties]);
// Several fields share what stands in front of a colon, such as "Request URI: User".
const groups = ofForm.filter((label) => label.includes(': ')).map((label) => label.split(': ')[0]);

it.each(Object.values(labels))('the form has the label "%s"', (label) => {
	expect([...ofForm, ...groups]).toContain(label);
});

it('labels stand in the place of names, and braces of other people stay', () => {
	expect(withLabels('Fill in {numbers}. The server said: {"code": {x}, {toString}}')).toBe(
		'Fill in Your Phone Numbers. The server said: {"code": {x}, {toString}}',
	);
});
