/**
 * Where Google's map is wrong or old: zones by the first digits of numbers, longer prefixes included. By the time zone
 * database, whose zones of each country a test compares with what the generated map says.
 */
export const correctedZones: Readonly<Record<string, readonly string[]>> = {
	// Yukon, the Northwest Territories and Nunavut share it.
	1867: ['America/Edmonton', 'America/Iqaluit', 'America/Rankin_Inlet', 'America/Whitehorse'],
	211: ['Africa/Juba'],
	212: ['Africa/Casablanca'],
	213: ['Africa/Algiers'],
	218: ['Africa/Tripoli'],
	505: ['America/Managua'],
	// Puebla.
	52201: ['America/Mexico_City'],
	// Chihuahua left the time of Mazatlan in 2022.
	...Object.fromEntries(
		[614, 621, 625, 627, 628, 629, 635, 636, 639, 648, 649, 652, 659].map((area) => [
			`52${area}`,
			['America/Chihuahua'],
		]),
	),
	// Magallanes, and Aysén, which has the same time.
	5661: ['America/Punta_Arenas'],
	5667: ['America/Punta_Arenas'],
	// Mobile phones.
	569: ['America/Punta_Arenas', 'America/Santiago', 'Pacific/Easter'],
	61889: ['Australia/Darwin'],
	740: ['Europe/Kaliningrad'],
	7840: ['Europe/Moscow'],
	// Saratov, an hour ahead of Moscow.
	7845: ['Europe/Samara'],
	970: ['Asia/Gaza', 'Asia/Hebron'],
};

/** The same for the numbers of a country that no longer prefix names: zones that are added, and others that are not there. */
export const correctedCountries: Readonly<
	Record<string, { readonly without?: readonly string[]; readonly add?: readonly string[] }>
> = {
	299: { add: ['America/Danmarkshavn'] },
	52: { without: ['America/New_York'] },
	56: { add: ['America/Punta_Arenas'] },
	61: { add: ['Australia/Darwin'] },
	675: { add: ['Pacific/Bougainville'] },
	7: { without: ['Europe/Bucharest'], add: ['Europe/Kaliningrad'] },
};
