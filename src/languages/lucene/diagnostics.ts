import type { DiagnosticTable } from '../../model';

/** Every remark Lucene makes. The table is closed: an id that is not here does not compile. */
export const DIAGNOSTICS = {
  'lucene/syntax': { severity: 'error', sentence: 'The text does not fit the grammar at this place.', fixable: false },
  'lucene/unclosed': { severity: 'error', sentence: 'A bracket, a quote or a regular expression is not closed.', fixable: false },
  'lucene/too-deep': { severity: 'error', sentence: 'Brackets are nested too deep to read.', fixable: false },
  'lucene/equals-sign': { severity: 'error', sentence: 'Fields are compared with a colon.', fixable: true },
  'lucene/field-star': { severity: 'error', sentence: 'A star in the name of a field stands behind a backslash.', fixable: true },
  'lucene/mixed-operators': {
    severity: 'warning',
    sentence: 'AND and OR on one level: Lucene has no precedence, so some clauses are only wished for.',
    fixable: false,
  },
  'lucene/wish': { severity: 'info', sentence: 'A clause beside others that must hold changes only the order of what is found.', fixable: false },
  'lucene/equals-in-text': { severity: 'warning', sentence: 'An equals sign in a text that is searched for.', fixable: true },
  'lucene/or-not': { severity: 'warning', sentence: 'OR NOT excludes whatever the other clauses say.', fixable: true },
  'lucene/keyword-case': { severity: 'warning', sentence: 'and, or, not in lower case are plain words.', fixable: true },
  'lucene/quoted-star': { severity: 'warning', sentence: 'A star in quotes is a plain character.', fixable: false },
  'lucene/leading-wildcard': { severity: 'info', sentence: 'A value starts with a star.', fixable: false },
  'lucene/wrong-kind': { severity: 'warning', sentence: 'A value that a field of this type cannot hold.', fixable: false },
  'lucene/slip': {
    severity: 'warning',
    sentence: 'A field or value reads as another than was meant: one letter off, another sign before it, single quotes.',
    fixable: true,
  },
  'lucene/lone-value': { severity: 'warning', sentence: 'A value without its field beside one with it.', fixable: false },
  'lucene/odd-character': { severity: 'warning', sentence: 'A character that is not seen, or looks like another.', fixable: true },
} as const satisfies DiagnosticTable;

export type LuceneDiagnostic = keyof typeof DIAGNOSTICS;
