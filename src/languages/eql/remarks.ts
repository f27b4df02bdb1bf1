/** Every remark EQL makes, with what it is about. The table is closed: a code that is not here does not compile. */
export const EQL_REMARKS = {
  'eql/syntax': 'The text does not fit the grammar at this place.',
  'eql/unclosed': 'A bracket, a text or a comment is not closed.',
  'eql/escape': 'A backslash before a character that has no escape.',
  'eql/too-deep': 'Brackets are nested too deep to read.',
  'eql/single-equals': 'A single = where == is meant.',
  'eql/single-quotes': 'Texts stand in double quotes.',
  'eql/keyword-case': 'Keywords are written in lower case.',
  'eql/old-syntax': 'Syntax of an older dialect that Elasticsearch does not have.',
  'eql/unknown-function': 'A function Elasticsearch does not have.',
  'eql/arguments': 'A function has too few or too many arguments.',
  'eql/wrong-type': 'An operator or a function is given a value of a type it does not take.',
  'eql/wrong-kind': 'A value that a field of this type cannot hold.',
  'eql/unknown-pipe': 'A pipe that does not exist.',
  'eql/maxspan': 'A maxspan that is no whole number with a unit.',
  'eql/runs': 'A number of runs that is not at least 2.',
  'eql/by-count': 'Items of a sequence are joined by different numbers of fields.',
  'eql/missing-event': 'A missing event where none may stand.',
  'eql/leading-wildcard': 'A value starts with a star.',
  'eql/plain-star': 'A star after == is a plain character.',
  'eql/not-covers-one': 'not covers only the comparison after it.',
} as const;

export type EqlRemark = keyof typeof EQL_REMARKS;
