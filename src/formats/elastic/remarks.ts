/** Every remark the Elastic format makes, with what it is about. The table is closed: a code that is not here does not compile. */
export const ELASTIC_REMARKS = {
  'elastic/syntax': 'The text is no TOML, or no JSON, at this place.',
  'elastic/unclosed': 'A text, a list or a table is not closed.',
  'elastic/escape': 'A backslash sequence that TOML does not have.',
  'elastic/duplicate-key': 'A key is written twice in one table.',
  'elastic/too-deep': 'Lists or tables are nested too deep to read.',
  'elastic/no-rule': 'The document has no [rule] table.',
  'elastic/no-query': 'The rule type needs a query.',
  'elastic/unknown-type': 'A rule type that Elastic does not have.',
  'elastic/unknown-language': 'A query language that is not read here.',
  'elastic/language-type': 'The rule type does not go with the query language.',
  'elastic/filter': 'A filter of a form that is not read.',
} as const;

export type ElasticRemark = keyof typeof ELASTIC_REMARKS;
