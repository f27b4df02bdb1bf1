/** Every remark Lucene makes, with what it is about. The table is closed: a code that is not here does not compile. */
export const LUCENE_REMARKS = {
  'lucene/syntax': 'The text does not fit the grammar at this place.',
  'lucene/unclosed': 'A bracket, a quote or a regular expression is not closed.',
  'lucene/too-deep': 'Brackets are nested too deep to read.',
  'lucene/keyword-case': 'and, or, not in lower case are plain words.',
  'lucene/leading-wildcard': 'A value starts with a star.',
  'lucene/wrong-kind': 'A value that a field of this type cannot hold.',
} as const;

export type LuceneRemark = keyof typeof LUCENE_REMARKS;
