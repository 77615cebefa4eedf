/**
 * First digits of numbers that people take along or have anywhere in the country, such as mobile phones, by country code,
 * where the country has several time zones. Google's map has them under the capital; its library does not ask the map for
 * such numbers but takes all zones of the country. By `isNumberGeographical` of google-libphonenumber, with which a test
 * compares them. Mobile numbers of North America, Mexico, Brazil and China belong to a place, as Google has it.
 */
export const numbersOfNoPlace: Readonly<Record<string, readonly string[]>> = {
	7: ['80', '9'],
	34: ['5', '6', '7', '80', '90'],
	52: ['30', '50', '80', '88', '90'],
	55: ['30', '40', '4370', '486', '50', '80', '90'],
	56: ['44', '600', '800'],
	61: ['1', '4'],
	62: ['1', '8'],
	64: ['1', '20', '21', '22', '26', '27', '28', '29', '5', '70', '8', '90'],
	593: ['2890', '3890', '4890', '5890', '6890', '7890', '9'],
	689: ['44', '499', '8'],
	976: ['50', '55', '6', '71', '72', '75', '76', '77', '78', '79', '8', '9'],
};
