import type { DiagnosticTable } from '../../model';

const row = (severity: 'error' | 'warning' | 'info', sentence: string, fixable = false) => ({ severity, sentence, fixable });

/** Every remark EQL makes. The table is closed: a code that is not here does not compile. */
export const DIAGNOSTICS = {
  'eql/syntax': row('error', 'The text does not fit the grammar at this place.'),
  'eql/unclosed': row('error', 'A bracket, a text or a comment is not closed.'),
  'eql/escape': row('error', 'A backslash before a character that has no escape.', true),
  'eql/too-deep': row('error', 'Brackets are nested too deep to read.'),
  'eql/single-equals': row('error', 'A single = where == is meant.', true),
  'eql/single-quotes': row('error', 'Texts stand in double quotes.', true),
  'eql/keyword-case': row('error', 'Keywords are written in lower case.', true),
  'eql/old-syntax': row('error', 'Syntax of an older dialect that Elasticsearch does not have.'),
  'eql/endpoint': row('info', 'Syntax that Elastic Endpoint has and Elasticsearch does not.'),
  'eql/unknown-function': row('warning', 'A function Elasticsearch does not have.'),
  'eql/arguments': row('error', 'A function has too few or too many arguments.'),
  'eql/wrong-type': row('error', 'An operator or a function is given a value of a type it does not take.'),
  'eql/unknown-field': row('warning', 'A field one slip away from a field of ECS.', true),
  'eql/wrong-kind': row('warning', 'A value that a field of this type cannot hold.'),
  'eql/unknown-pipe': row('error', 'A pipe that does not exist.'),
  'eql/maxspan': row('error', 'A maxspan that is no whole number with a unit.'),
  'eql/runs': row('error', 'A number of runs that is not at least 2.'),
  'eql/unknown-category': row('warning', 'A category of events one slip away from one there is.', true),
  'eql/short-sequence': row('error', 'A sequence or sample of one item.'),
  'eql/by-count': row('error', 'Items of a sequence are joined by different numbers of fields.'),
  'eql/missing-event': row('error', 'A missing event where none may stand.'),
  'eql/leading-wildcard': row('info', 'A value starts with a star.'),
  'eql/plain-star': row('warning', 'A star after == is a plain character.'),
  'eql/not-covers-one': row('warning', 'not covers only the comparison after it.'),
  'eql/regex': row('warning', 'A regular expression uses what Lucene’s do not have.'),
  'eql/odd-character': row('warning', 'A character that is not seen, or looks like another.', true),
} as const satisfies DiagnosticTable;

export type EqlCode = keyof typeof DIAGNOSTICS;
