/** Every remark kuery makes, with what it is about. The table is closed: a code that is not here does not compile. */
export const KUERY_REMARKS = {
  'kuery/syntax': 'The text does not fit the grammar at this place.',
  'kuery/unclosed': 'A parenthesis, brace or quote is not closed.',
  'kuery/escape': 'A backslash before a character that needs none.',
  'kuery/blank-around': 'and, or, not need a blank on both sides.',
  'kuery/too-deep': 'Brackets are nested too deep to read.',
  'kuery/leading-wildcard': 'A value starts with a star.',
  'kuery/quoted-star': 'A star in quotes is a plain character.',
  'kuery/blank-in-value': 'Unquoted words with blanks between them are one value.',
  'kuery/equals-sign': 'Fields are compared with a colon.',
  'kuery/not-covers-one': 'not covers only the comparison after it.',
  'kuery/bare-not': 'Kibana wants parentheses around a negated value.',
  'kuery/wrong-kind': 'A value that a field of this type cannot hold.',
} as const;

export type KueryRemark = keyof typeof KUERY_REMARKS;
