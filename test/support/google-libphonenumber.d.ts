// What the tests use of a package that has no types.
declare module 'google-libphonenumber' {
	export interface PhoneNumber {
		getNationalNumberOrDefault(): number;
		getCountryCodeOrDefault(): number;
	}

	export class PhoneNumberUtil {
		static getInstance(): PhoneNumberUtil;
		parse(number: string): PhoneNumber;
		isValidNumber(number: PhoneNumber): boolean;
		isNumberGeographical(number: PhoneNumber): boolean;
		getRegionCodeForCountryCode(code: number): string;
	}

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
