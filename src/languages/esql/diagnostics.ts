import type { DiagnosticTable } from '../../model';

const row = (severity: 'error' | 'warning' | 'info', sentence: string, fixable = false) => ({ severity, sentence, fixable });

/** Every remark ES|QL makes. The table is closed: a code that is not here does not compile. */
export const DIAGNOSTICS = {
  'esql/syntax': row('error', 'The text does not fit the grammar at this place.'),
  'esql/unclosed': row('error', 'A bracket, a text or a comment is not closed.'),
  'esql/escape': row('error', 'A backslash before a character that has no escape.', true),
  'esql/too-deep': row('error', 'Brackets are nested too deep to read.'),
  'esql/no-source': row('error', 'The first command does not read anything.'),
  'esql/unknown-command': row('warning', 'A command that is not known.', true),
  'esql/unknown-function': row('warning', 'A function that is not known.'),
  'esql/arguments': row('warning', 'A function has too few or too many arguments.'),
  'esql/single-equals': row('error', 'A single = where == is meant.', true),
  'esql/single-quotes': row('error', 'Texts stand in double quotes.', true),
  'esql/leading-wildcard': row('info', 'A pattern starts with a star.'),
  'esql/plain-star': row('warning', 'A star after == is a plain character.'),
  'esql/like-percent': row('warning', 'A percent sign in a LIKE pattern is a plain character.', true),
  'esql/like-backslash': row('warning', 'A backslash in a LIKE pattern makes the next character plain.', true),
  'esql/null-comparison': row('warning', 'A comparison with null holds of no row.'),
  'esql/never-equal': row('warning', 'A text in lower case is compared with one that is not, or the other way round.'),
  'esql/unknown-field': row('warning', 'A field one slip away from a field of ECS.', true),
  'esql/wrong-kind': row('warning', 'A value that a field of this type cannot hold.'),
  'esql/not-covers-one': row('warning', 'not covers only the comparison after it.'),
  'esql/not-null': row('info', 'A negated comparison leaves out rows without the field too.'),
  'esql/null-in-list': row('warning', 'A negated list with null never holds.'),
  'esql/dropped-column': row('warning', 'A column that an earlier command has dropped.'),
  'esql/regex': row('warning', 'A regular expression uses what Lucene’s do not have.'),
  'esql/odd-character': row('warning', 'A character that is not seen, or looks like another.', true),
} as const satisfies DiagnosticTable;

export type EsqlCode = keyof typeof DIAGNOSTICS;
