import type { DiagnosticTable } from '../../model';

/** Every remark kuery makes. The table is closed: an id that is not here does not compile. */
export const DIAGNOSTICS = {
  'kuery/syntax': { severity: 'error', sentence: 'The text does not fit the grammar at this place.', fixable: false },
  'kuery/unclosed': { severity: 'error', sentence: 'A parenthesis, brace or quote is not closed.', fixable: false },
  'kuery/escape': { severity: 'error', sentence: 'A backslash before a character that needs none.', fixable: true },
  'kuery/blank-around': { severity: 'error', sentence: 'and, or, not need a blank on both sides.', fixable: true },
  'kuery/too-deep': { severity: 'error', sentence: 'Brackets are nested too deep to read.', fixable: false },
  'kuery/comma': { severity: 'error', sentence: 'Values of a list are joined by or, not by commas.', fixable: true },
  'kuery/equals-sign': { severity: 'error', sentence: 'Fields are compared with a colon.', fixable: true },
  'kuery/bare-not': { severity: 'warning', sentence: 'Kibana wants parentheses around a negated value.', fixable: false },
  'kuery/leading-wildcard': { severity: 'info', sentence: 'A value starts with a star.', fixable: false },
  'kuery/quoted-star': { severity: 'warning', sentence: 'A star in quotes is a plain character.', fixable: true },
  'kuery/blank-in-value': { severity: 'warning', sentence: 'Unquoted words with blanks between them are one value.', fixable: true },
  'kuery/equals-in-text': { severity: 'warning', sentence: 'An equals sign in a text that is searched for.', fixable: true },
  'kuery/not-covers-one': { severity: 'warning', sentence: 'not covers only the comparison after it.', fixable: false },
  'kuery/wrong-kind': { severity: 'warning', sentence: 'A value that a field of this type cannot hold.', fixable: false },
  'kuery/slip': {
    severity: 'warning',
    sentence: 'A field or value reads as another than was meant: one letter off, another sign before it, single quotes.',
    fixable: true,
  },
  'kuery/lone-value': { severity: 'warning', sentence: 'A value without its field beside one with it.', fixable: false },
  'kuery/odd-character': { severity: 'warning', sentence: 'A character that is not seen, or looks like another.', fixable: true },
} as const satisfies DiagnosticTable;

export type KueryDiagnostic = keyof typeof DIAGNOSTICS;
