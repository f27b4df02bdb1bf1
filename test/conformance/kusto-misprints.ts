/**
 * Printed answers of Kusto's documentation that cannot be what its own query gives, by the case's id, with what is wrong in them; no engine's answers are
 * among them. A case stands here after its query was worked out by hand from the page that defines what it uses.
 */
export const KUSTO_MISPRINTS: ReadonlyMap<string, string> = new Map([
  ['ktd-03a2e21d87', 'blanks that the query has at the ends of a text are lost in the printed table'],
  ['ktd-0b722e5592', 'a list is printed with a quote too many, so that it is no JSON'],
  ['ktd-149bad2934', 'four of the ten rows of `range(1.0, 10, 1)` are printed, and it is not said that there are more'],
  ['ktd-3351817495', 'the printed column `arr` is another than the one that the query makes'],
  ['ktd-36566ba419', 'numbers are printed with commas between their thousands'],
  ['ktd-3aecb17f03', 'the query calls a column `previouLockTime`, the table does not'],
  ['ktd-3ea1a40143', 'the no-break space is printed as a common one'],
  ['ktd-4119adc068', 'a whole number is printed with six decimals; the engine gives `tostring(1)` as `1`'],
  ['ktd-b4e4a7560c', 'the printed column `arr` is another than the one that the query makes'],
  ['ktd-c484314c2f', 'infinity is printed as a sign and false as 0'],
  ['ktd-c8d1d2ecb3', 'the address ends in a slash, what it is encoded to does not'],
  ['ktd-d29fccf4e6', 'two of the three numbers of a list are printed as texts'],
  ['ktd-d2e3aa31c9', 'the text `is not` of the query is printed as `isn’t`'],
  ['ktd-d3af2b0ee9', 'blanks at the ends of texts are lost in the printed table'],
  ['ktd-dbca23c21a', 'the printed column `arr` is another than the one that the query makes'],
  ['ktd-dbf0d49f8c', 'the printed address ends in a slash, that of the query does not'],
  ['ktd-e61430c47e', 'no row was taken from the page: `print` gives one'],
  ['ktd-e6f61e8eec', 'a text of three lines is printed as a numbered list with its column’s name in it'],
  ['ktd-efe320aeb8', 'an object is printed over several lines, and a truth value with a line break'],
  ['ktd-f0bbbc2098', 'the printed column `condition` is another than the one that the query makes'],
  ['ktd-fa9182e21e', 'blanks that the query has at the ends of a text are lost in the printed table'],
]);
