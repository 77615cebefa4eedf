import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ShortNumberInfo, shortnumbermetadata } = require('google-libphonenumber');
const { version } = require('google-libphonenumber/package.json');

const MOST_DIGITS = 6;
// The place of the emergency numbers in a region's metadata, and of their pattern (phonemetadata.proto).
const EMERGENCY = 27;
const PATTERN = 2;

/** Every text of two to six digits that matches a pattern. */
function* numbersThatMatch(pattern) {
	for (let digits = 2; digits <= MOST_DIGITS; digits++) {
		for (let value = 0; value < 10 ** digits; value++) {
			const number = String(value).padStart(digits, '0');
			if (pattern.test(number)) yield number;
		}
	}
}

/**
 * The emergency numbers of all regions, as libphonenumber's ShortNumberInfo knows them.
 *
 * @returns {Map<string, string[]>} numbers by region, both sorted
 */
export function emergencyNumbers() {
	const info = ShortNumberInfo.getInstance();
	const regions = info.getSupportedRegions().sort();
	// Asking for each region about each of 1,111,100 numbers takes minutes. Only the ones that some pattern knows are asked about.
	const patterns = regions.flatMap(
		(region) => shortnumbermetadata.countryToMetadata[region][EMERGENCY]?.[PATTERN] ?? [],
	);
	const candidates = [...numbersThatMatch(new RegExp(`^(?:${[...new Set(patterns)].join('|')})$`))];
	return new Map(
		regions
			.map((region) => [
				region,
				candidates.filter((number) => info.isEmergencyNumber(number, region)),
			])
			.filter(([, numbers]) => numbers.length > 0),
	);
}

/** The content of livekit/callees/emergencyTable.ts. */
export function emergencyTable() {
	const lines = [...emergencyNumbers()].map(
		([region, numbers]) => `\t${region}: '${numbers.join(' ')}',`,
	);
	return `/**
 * Emergency numbers of two to six digits by country (ISO alpha-2), with spaces between. Written by npm run generate from
 * ShortNumberMetadata of Google's libphonenumber, by isEmergencyNumber of google-libphonenumber ${version} (Apache 2.0).
 */
export const emergencyNumbers: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`;
}
