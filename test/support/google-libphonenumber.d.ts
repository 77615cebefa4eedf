// What the tests use of a package that has no types.
declare module 'google-libphonenumber' {
	export class ShortNumberInfo {
		static getInstance(): ShortNumberInfo;
		getSupportedRegions(): string[];
		isEmergencyNumber(number: string, region: string): boolean;
		connectsToEmergencyNumber(number: string, region: string): boolean;
	}

	/** Fields of each region by their place in phonemetadata.proto. */
	export const shortnumbermetadata: {
		countryToMetadata: Record<string, Record<number, Record<number, string> | null> | undefined>;
	};
}
