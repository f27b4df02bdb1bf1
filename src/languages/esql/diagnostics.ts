/** Every remark ES|QL makes, with what it is about. The table is closed: a code that is not here does not compile. */
export const ESQL_REMARKS = {
  'esql/syntax': 'The text does not fit the grammar at this place.',
  'esql/unclosed': 'A bracket, a text or a comment is not closed.',
  'esql/escape': 'A backslash before a character that has no escape.',
  'esql/too-deep': 'Brackets are nested too deep to read.',
  'esql/no-source': 'The first command does not read anything.',
  'esql/unknown-command': 'A command that does not exist.',
  'esql/unknown-function': 'A function that is not known.',
  'esql/single-equals': 'A single = where == is meant.',
  'esql/single-quotes': 'Texts stand in double quotes.',
  'esql/leading-wildcard': 'A pattern starts with a star.',
  'esql/plain-star': 'A star after == is a plain character.',
  'esql/wrong-kind': 'A value that a field of this type cannot hold.',
  'esql/not-covers-one': 'not covers only the comparison after it.',
} as const;

export type EsqlRemark = keyof typeof ESQL_REMARKS;
